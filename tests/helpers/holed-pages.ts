import type { HistoryChunk, HistoryPlace } from '#collector/source.ts';
import type { ScriptedGet, ScriptedReplyPage } from './scripted-web.ts';
import { chunksOf, historiesFor, pathsOf, webSourceOf, well } from './telegram-web-source.ts';
import type { WrittenChannel, WrittenMessage } from './web-pages.ts';
import { hoursAgo, previewHtml } from './web-pages.ts';

/** Which of the messages that are older than asked for a page shows, newest first. */
export type PickMessages = (older: readonly WrittenMessage[]) => readonly WrittenMessage[];

/** A page of `t.me` that shows some of the messages older than `before`, and leads on to those older than all it shows. */
export function holedHtml(
  channel: WrittenChannel,
  before: number | null,
  pick: PickMessages,
  isLinked = true,
): string {
  const older = channel.messages.filter(({ id }) => before === null || id < before);
  const shown = pick(older);
  const messages = [...shown, ...older.filter(({ id }) => id < (shown.at(-1)?.id ?? 0))];
  return previewHtml({ ...channel, messages }, null, {
    only: shown.length,
    ...(isLinked ? {} : { leavesOut: 'links' as const }),
  });
}

/** What a page of twenty messages may leave out. */
export const pageHoles: readonly [string, PickMessages][] = [
  ['all but the three oldest', (older) => older.slice(17, 20)],
  ['all but the three newest', (older) => older.slice(0, 3)],
  ['one', (older) => older.slice(0, 20).toSpliced(9, 1)],
  ['its newest', (older) => older.slice(1, 20)],
  ['the middle', (older) => older.slice(0, 20).toSpliced(5, 10)],
  ['the middle (it is filled from further back)', (older) => older.toSpliced(5, 10).slice(0, 20)],
  ['its newest (it is filled from further back)', (older) => older.slice(10, 30)],
];

/** An odd page; `null` for the right one. `times` counts the requests for the same path. */
export type OddPage = (request: ScriptedGet, times: number) => ScriptedReplyPage | null;

/** A source over the channel some of whose pages are odd. */
export async function oddSourceOver(channel: WrittenChannel, odd: OddPage) {
  const times = new Map<string, number>();
  return await webSourceOf((request) => {
    const count = (times.get(request.path) ?? 0) + 1;
    times.set(request.path, count);
    return odd(request, count) ?? well([channel])(request);
  });
}

/** A past as it was read. */
export interface PastRead {
  chunks: HistoryChunk[];
  last: HistoryChunk | undefined;
  /** The last word on the date of each post, by id ascending. */
  dates: Map<number, Date>;
  notes: string[];
  /** Requests that it took. */
  requests: number;
}

/** The past of a channel some of whose pages are odd. */
export async function oddPast(
  channel: WrittenChannel,
  odd: OddPage,
  {
    from = hoursAgo(99_999),
    place = null,
    accepts = null,
  }: { from?: Date; place?: HistoryPlace | null; accepts?: string | null } = {},
): Promise<PastRead> {
  const under = await oddSourceOver(channel, odd);
  const [request] = historiesFor([channel], from);
  const chunks = await chunksOf(under.source, request ? [{ ...request, place, accepts }] : []);
  const said = new Map(chunks.flatMap(({ posts }) => posts.map((post) => [post.postId, post.published])));
  return {
    chunks,
    last: chunks.at(-1),
    dates: new Map([...said].sort(([one], [other]) => one - other)),
    notes: chunks.map(({ note }) => note).filter((note) => note !== ''),
    requests: pathsOf(under).length,
  };
}
