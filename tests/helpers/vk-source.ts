import pino from 'pino';
import type { HistoryChunk, HistoryRequest, Look, LookRequest, Source } from '#collector/source.ts';
import { createMemoryQuotaStore } from '#collector/sources/kit/quota-store.ts';
import type { VkSourceOptions } from '#collector/sources/vk/source.ts';
import { createVkSource } from '#collector/sources/vk/source.ts';
import { hastyTimer, setClock } from './collector-clocks.ts';
import type { ScriptedAnswer, ScriptedCall, ScriptedVk } from './scripted-vk.ts';
import { callsIn, refusal, serveScript } from './scripted-vk.ts';

/** The instant of every source under test. */
export const now = '2026-03-10T12:00:00Z';
const second = Date.parse(now) / 1000;
let server: ScriptedVk | null = null;

/** Ends the server of the test; what it took for no VK call is returned, and should be nothing. */
export async function closeSource(): Promise<string[]> {
  const unexpected = server?.unexpected ?? [];
  await server?.close();
  server = null;
  return unexpected;
}

export interface LogLine {
  level: number;
  msg: string;
}

/** The real source against a server with a script: a hundredfold hasty timer, one token `secret-one`. */
export async function sourceOf(
  script: (call: ScriptedCall) => ScriptedAnswer,
  options: Partial<VkSourceOptions> = {},
): Promise<{ source: Source; calls: ScriptedCall[]; log: LogLine[] }> {
  server = await serveScript(script);
  const log: LogLine[] = [];
  const stream = { write: (line: string) => log.push(JSON.parse(line) as LogLine) };
  const source = createVkSource({
    tokens: ['secret-one'],
    url: server.url,
    requestsPerSecond: 500,
    dailyQuota: 5000,
    quotas: createMemoryQuotaStore(),
    clock: setClock(now),
    timer: hastyTimer(100),
    // Five seconds: a busy machine must not look like a network that hangs.
    deadline: 500_000,
    log: pino({ level: 'debug' }, stream),
    ...options,
  });
  return { source, calls: server.calls, log };
}

/** An instant so many hours ago. */
export const hours = (count: number): Date => new Date(Date.parse(now) - count * 3_600_000);

/** What VK answers for a wall. */
export interface ShownWall {
  count: number;
  items: Record<string, unknown>[];
}

/** A wall of `size` posts, an hour apart, the newest an hour ago; a page of it. */
export function wallOf(owner: number, size: number, offset: number, count: number): ShownWall {
  const items = [];
  for (let index = offset; index < Math.min(size, offset + count); index += 1) {
    items.push({
      id: size - index,
      owner_id: owner,
      from_id: owner,
      date: second - (index + 1) * 3600,
      text: '',
    });
  }
  return { count: size, items };
}

/** Answers everything well: each community has 3 posts, unless `wall` says otherwise, or a code by `refused`. */
export function well(
  wall: (owner: number, offset: number, count: number) => unknown = (...of) => wallOf(of[0], 3, of[1], of[2]),
) {
  return (call: ScriptedCall): Exclude<ScriptedAnswer, string> => {
    if (call.method === 'groups.getById') {
      const ids = (call.parameters.group_ids ?? '').split(',').map(Number);
      return { response: { groups: ids.map((id) => ({ id, name: `Group ${id}`, members_count: id * 10 })) } };
    }
    const single = ({ owner_id, offset, count }: Record<string, unknown>) =>
      wall(Number(owner_id), Number(offset), Number(count));
    const refusedOf = (answer: unknown) => (answer as { refused?: number } | null)?.refused;
    if (call.method === 'wall.get') {
      const answer = single(call.parameters);
      const code = refusedOf(answer);
      return code ? refusal(code) : { response: answer };
    }
    const errors: unknown[] = [];
    const response = callsIn(call.parameters.code ?? '').map(({ parameters }) => {
      const answer = single(parameters);
      const code = refusedOf(answer);
      if (!code) return answer;
      errors.push({ method: 'wall.get', error_code: code, error_msg: `error ${code}` });
      return false;
    });
    return errors.length > 0 ? { response, execute_errors: errors } : { response };
  };
}

/** Requests for the pages 1 to `count`, whose native ids are the same numbers. */
export const requestsFor = (count: number, more: Partial<LookRequest> = {}): LookRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    pageId: index + 1,
    nativeId: index + 1,
    name: null,
    newest: 20,
    since: null,
    ...more,
  }));

/** All looks, by page. */
export async function looksOf(source: Source, requests: LookRequest[]): Promise<Map<number, Look>> {
  const looks = new Map<number, Look>();
  for await (const look of source.look(requests)) looks.set(look.pageId, look);
  return looks;
}

/** The steps into the past of the page 1, from a place or from the newest post on. */
export async function chunksOf(
  source: Source,
  request: Partial<HistoryRequest> = {},
): Promise<HistoryChunk[]> {
  const whole = { pageId: 1, nativeId: 1, name: null, from: new Date('2007-01-01T00:00:00Z'), place: null };
  const chunks = [];
  for await (const chunk of source.history([{ ...whole, ...request }])) chunks.push(chunk);
  return chunks;
}

export const methods = (calls: ScriptedCall[]) => calls.map(({ method }) => method);
export const outcomes = (looks: Map<number, Look>) => [...looks.values()].map(({ outcome }) => outcome);
