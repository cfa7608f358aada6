import pino from 'pino';
import type { HistoryChunk, HistoryRequest, LookRequest, Source } from '#collector/source.ts';
import type { TelegramWebSourceOptions } from '#collector/sources/telegram-web/source.ts';
import { createTelegramWebSource } from '#collector/sources/telegram-web/source.ts';
import type { SetClock } from './collector-clocks.ts';
import { hastyTimer, setClock } from './collector-clocks.ts';
import type { ScriptedGet, ScriptedReplyPage, ScriptedWeb } from './scripted-web.ts';
import { serveWebScript } from './scripted-web.ts';
import type { LogLine } from './vk-source.ts';
import type { WrittenChannel } from './web-pages.ts';
import { cardHtml, contactHtml, previewHtml, widgetHtml, writtenAt } from './web-pages.ts';

const servers: ScriptedWeb[] = [];

/** Ends the servers of the test. */
export async function closeWeb(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}

/** A source under test, with what its server and its log saw. */
export interface WebSourceUnderTest {
  source: Source;
  server: ScriptedWeb;
  log: LogLine[];
  clock: SetClock;
}

/** The real source against a server with a script: a hundredfold hasty timer. */
export async function webSourceOf(
  script: (request: ScriptedGet) => ScriptedReplyPage,
  options: Partial<TelegramWebSourceOptions> = {},
): Promise<WebSourceUnderTest> {
  const server = await serveWebScript(script);
  servers.push(server);
  const log: LogLine[] = [];
  const stream = { write: (line: string) => log.push(JSON.parse(line) as LogLine) };
  const clock = setClock(writtenAt);
  const source = createTelegramWebSource({
    url: server.url,
    clock,
    timer: hastyTimer(100),
    // Four seconds: a busy machine must not look like a network that hangs.
    deadline: 400_000,
    requestsPerSecond: 1000,
    log: pino({ level: 'trace' }, stream),
    ...options,
  });
  return { source, server, log, clock };
}

/** Answers as `t.me` does for these channels; a name that nobody has leads to the page to contact its owner. */
export function well(channels: readonly WrittenChannel[]) {
  return ({ kind, name, before, id }: ScriptedGet): ScriptedReplyPage => {
    const channel = channels.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (!channel) return kind === 'preview' ? { redirect: `/${name}` } : { html: contactHtml(name) };
    if (kind === 'preview') return { html: previewHtml(channel, before) };
    if (kind === 'message') return { html: widgetHtml(channel, id ?? 0) };
    const { title = `Title ${channel.id}`, exact = channel.subscribers ?? '921' } = channel;
    return { html: cardHtml(channel.name, title, `${exact} subscribers`) };
  };
}

/** Requests for channels, pages numbered as the channels are. */
export function looksFor(
  channels: readonly WrittenChannel[],
  more: Partial<LookRequest> = {},
): LookRequest[] {
  return channels.map(({ id, name }) => ({
    pageId: id,
    nativeId: id,
    name,
    newest: 20,
    since: null,
    ...more,
  }));
}

/** Requests for the pasts of channels, from the newest on unless `place` is given. */
export function historiesFor(
  channels: readonly WrittenChannel[],
  from: Date,
  place: number | null = null,
): HistoryRequest[] {
  return channels.map(({ id, name }) => ({
    pageId: id,
    nativeId: id,
    name,
    from,
    place: place === null ? null : { id: place, published: null, offset: null },
  }));
}

/** All steps into the past, as they come. */
export async function chunksOf(
  source: Source,
  requests: readonly HistoryRequest[],
  signal?: AbortSignal,
): Promise<HistoryChunk[]> {
  const all: HistoryChunk[] = [];
  for await (const chunk of source.history(requests, signal)) all.push(chunk);
  return all;
}

/** The paths asked for, in order. */
export function pathsOf({ server }: WebSourceUnderTest): string[] {
  return server.requests.map(({ path }) => path);
}
