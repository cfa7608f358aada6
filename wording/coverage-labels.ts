import type { RunWork } from '#analytics/queries/run-work.ts';
import type { Coverage } from '#analytics/types.ts';
import { lookDays } from '#domain/look-days.ts';
import type { PagesWithoutKey } from '#domain/networks/without-key.ts';
import { causesText } from './cause-labels.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { listNetworks } from './vocabulary-labels.ts';

/** What is counted of the pages of the whole register. */
export type PageCounts = Pick<Coverage, 'slot' | 'pages' | 'read' | 'waiting' | 'registered' | 'unread'>;

/** Pages whose newest look did not read them: the one number of them that screens say. */
export function failedPages({ pages, read }: Pick<PageCounts, 'pages' | 'read'>): number {
  return pages - read;
}

/** What the last run has done: where it read nothing, it has not found that nothing is new. */
export function collectionText({ pages, read, newPosts }: RunWork, when: string, format: Formatter): string {
  if (pages === 0) return m.overview_collection_idle({ when });
  const looked = m.overview_looked({ count: pages });
  if (read === 0) return m.overview_collection_unread({ when, pages: looked });
  const posts = m.overview_new_seen({ count: newPosts });
  return read < pages
    ? m.overview_collection_partly({ when, pages: looked, read: format.whole(read), posts })
    : m.overview_collection_last({ when, pages: looked, posts });
}

/**
 * Pages that wait for a look: those never looked at, and those looked at too long ago to say how they are. Pages of a
 * network without its key (`withoutKey`) wait for the key, which is said by itself.
 */
export function waitingPages(
  { registered }: Pick<PageCounts, 'registered'>,
  withoutKey: readonly PagesWithoutKey[],
): { never: number; longAgo: number } {
  const others = registered.filter(({ network }) => !withoutKey.some((each) => each.network === network));
  const never = others.reduce((sum, of) => sum + of.never, 0);
  return { never, longAgo: others.reduce((sum, of) => sum + of.waiting, 0) - never };
}

/** What messages about missing keys take: how many pages wait, how many keys are missing, and the networks that these are of. */
export function toKeyInputs(withoutKey: readonly PagesWithoutKey[]): {
  count: number;
  keys: number;
  networks: string;
} {
  const count = withoutKey.reduce((sum, { pages }) => sum + pages, 0);
  const networks = withoutKey.map(({ network }) => network);
  return { count, keys: networks.length, networks: listNetworks(networks, 'of') };
}

/**
 * How many pages of the register were read, in the sentences that every screen uses. `isCaused` adds the reasons of those
 * that were not; `isWhole` says that it is of the whole register, where a screen shows only what filters leave;
 * `withoutKey` are the pages that are not read because the key of their network is not set.
 */
export function coverageText(
  counts: PageCounts,
  format: Formatter,
  {
    isCaused = false,
    isWhole = false,
    withoutKey = [],
  }: { isCaused?: boolean; isWhole?: boolean; withoutKey?: readonly PagesWithoutKey[] } = {},
): string {
  const { slot, pages, read, waiting, unread } = counts;
  const total = pages + waiting;
  if (total === 0) return m.pages_none();
  const isBefore = slot === null && pages === 0;
  const said = [
    isBefore ? m.pages_never() : readText(read, total, format),
    ...failedTexts(failedPages(counts), isCaused ? causesText(unread, format) : ''),
    ...waitingTexts(waitingPages(counts, withoutKey), slot === null),
    ...(withoutKey.length === 0 ? [] : [m.pages_without_key(toKeyInputs(withoutKey))]),
  ].join(' ');
  return isWhole ? m.pages_of_all({ sentence: said.slice(0, 1).toLowerCase() + said.slice(1) }) : said;
}

function readText(read: number, total: number, format: Formatter): string {
  if (total === 1 || (read > 0 && read < total))
    return m.pages_some_read({ count: read, of: format.whole(total) });
  return read === 0 ? m.pages_none_read({ count: total }) : m.pages_all_read({ count: format.whole(total) });
}

function waitingTexts({ never, longAgo }: ReturnType<typeof waitingPages>, isFirst: boolean): string[] {
  if (isFirst) return never + longAgo === 0 ? [] : [m.pages_waiting_first({ count: never + longAgo })];
  return [
    ...(never === 0 ? [] : [m.pages_never_looked({ count: never })]),
    ...(longAgo === 0 ? [] : [m.pages_waiting({ count: longAgo, days: lookDays })]),
  ];
}

function failedTexts(failed: number, causes: string): string[] {
  if (failed === 0) return [];
  return [
    causes === '' ? m.pages_failed({ count: failed }) : m.pages_failed_causes({ count: failed, causes }),
  ];
}
