import type { Coverage } from '../../../analytics/types.ts';
import { causeWords } from './cause-words.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** What is counted of the pages of the whole register. */
export type PageCounts = Pick<Coverage, 'slot' | 'pages' | 'read' | 'waiting' | 'unread'>;

/** Pages whose newest look did not read them: the one number of them that screens say. */
export function failedPages({ pages, read }: Pick<PageCounts, 'pages' | 'read'>): number {
  return pages - read;
}

/**
 * How many pages of the register were read, in the sentences that every screen uses. `isCaused` adds the reasons of those
 * that were not; `isWhole` says that it is of the whole register, where a screen shows only what filters leave.
 */
export function coverageWords(
  counts: PageCounts,
  format: Formatter,
  { isCaused = false, isWhole = false }: { isCaused?: boolean; isWhole?: boolean } = {},
): string {
  const { slot, pages, read, waiting, unread } = counts;
  const total = pages + waiting;
  if (total === 0) return m.pages_none();
  const isBefore = slot === null && pages === 0;
  const said = [
    isBefore ? m.pages_never() : readWords(read, total, format),
    ...failedWords(failedPages(counts), isCaused ? causeWords(unread, format) : ''),
    ...(waiting === 0
      ? []
      : [slot === null ? m.pages_waiting_first({ count: waiting }) : m.pages_waiting({ count: waiting })]),
  ].join(' ');
  return isWhole ? m.pages_of_all({ sentence: said.slice(0, 1).toLowerCase() + said.slice(1) }) : said;
}

function readWords(read: number, total: number, format: Formatter): string {
  if (total === 1 || (read > 0 && read < total))
    return m.pages_some_read({ count: read, of: format.whole(total) });
  return read === 0 ? m.pages_none_read({ count: total }) : m.pages_all_read({ count: format.whole(total) });
}

function failedWords(failed: number, causes: string): string[] {
  if (failed === 0) return [];
  return [
    causes === '' ? m.pages_failed({ count: failed }) : m.pages_failed_causes({ count: failed, causes }),
  ];
}
