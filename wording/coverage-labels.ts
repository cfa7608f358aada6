import type { RunWork } from '#analytics/queries/run-work.ts';
import type { Coverage } from '#analytics/types.ts';
import { lookDays } from '#domain/look-days.ts';
import { causeWords } from './cause-labels.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** What is counted of the pages of the whole register. */
export type PageCounts = Pick<Coverage, 'slot' | 'pages' | 'read' | 'waiting' | 'registered' | 'unread'>;

/** Pages whose newest look did not read them: the one number of them that screens say. */
export function failedPages({ pages, read }: Pick<PageCounts, 'pages' | 'read'>): number {
  return pages - read;
}

/** What the last run has done: where it read nothing, it has not found that nothing is new. */
export function collectionWords({ pages, read, newPosts }: RunWork, when: string, format: Formatter): string {
  if (pages === 0) return m.overview_collection_idle({ when });
  const looked = m.overview_looked({ count: pages });
  if (read === 0) return m.overview_collection_unread({ when, pages: looked });
  const posts = m.overview_new_seen({ count: newPosts });
  return read < pages
    ? m.overview_collection_partly({ when, pages: looked, read: format.whole(read), posts })
    : m.overview_collection_last({ when, pages: looked, posts });
}

/**
 * Pages that wait for a look: those never looked at, and those looked at too long ago to say how they are. Without the
 * key of VK its pages wait for the key, which is said by itself.
 */
export function waitingPages(
  { registered }: Pick<PageCounts, 'registered'>,
  withoutKey: number,
): { never: number; longAgo: number } {
  const others = registered.filter(({ network }) => withoutKey === 0 || network !== 'vk');
  const never = others.reduce((sum, of) => sum + of.never, 0);
  return { never, longAgo: others.reduce((sum, of) => sum + of.waiting, 0) - never };
}

/**
 * How many pages of the register were read, in the sentences that every screen uses. `isCaused` adds the reasons of those
 * that were not; `isWhole` says that it is of the whole register, where a screen shows only what filters leave;
 * `withoutKey` is how many pages are not read because the key of VK is not set.
 */
export function coverageWords(
  counts: PageCounts,
  format: Formatter,
  {
    isCaused = false,
    isWhole = false,
    withoutKey = 0,
  }: { isCaused?: boolean; isWhole?: boolean; withoutKey?: number } = {},
): string {
  const { slot, pages, read, waiting, unread } = counts;
  const total = pages + waiting;
  if (total === 0) return m.pages_none();
  const isBefore = slot === null && pages === 0;
  const said = [
    isBefore ? m.pages_never() : readWords(read, total, format),
    ...failedWords(failedPages(counts), isCaused ? causeWords(unread, format) : ''),
    ...waitingWords(waitingPages(counts, withoutKey), slot === null),
    ...(withoutKey === 0 ? [] : [m.pages_without_key({ count: withoutKey })]),
  ].join(' ');
  return isWhole ? m.pages_of_all({ sentence: said.slice(0, 1).toLowerCase() + said.slice(1) }) : said;
}

function readWords(read: number, total: number, format: Formatter): string {
  if (total === 1 || (read > 0 && read < total))
    return m.pages_some_read({ count: read, of: format.whole(total) });
  return read === 0 ? m.pages_none_read({ count: total }) : m.pages_all_read({ count: format.whole(total) });
}

function waitingWords({ never, longAgo }: ReturnType<typeof waitingPages>, isFirst: boolean): string[] {
  if (isFirst) return never + longAgo === 0 ? [] : [m.pages_waiting_first({ count: never + longAgo })];
  return [
    ...(never === 0 ? [] : [m.pages_never_looked({ count: never })]),
    ...(longAgo === 0 ? [] : [m.pages_waiting({ count: longAgo, days: lookDays })]),
  ];
}

function failedWords(failed: number, causes: string): string[] {
  if (failed === 0) return [];
  return [
    causes === '' ? m.pages_failed({ count: failed }) : m.pages_failed_causes({ count: failed, causes }),
  ];
}
