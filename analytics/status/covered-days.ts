import { dayOf, overlap } from '#domain/period.ts';
import type { PageLooks } from '../queries/looks.ts';
import { queryLastSuccesses } from '../queries/last-successes.ts';
import type { RegisteredPage } from '../queries/register.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day, Period } from '../types.ts';

/**
 * The local days of each page whose posts are known, by page: from the history reached to the day of the last successful
 * look. A page that was never read, or whose history is not known, is not in it.
 */
export type CoveredDays = ReadonlyMap<number, Period>;

/**
 * The days covered of the pages. `looks` are those asked for already: they say when a page was last read, but for one
 * that has not been read for so long that they do not go back to it, which is asked for here.
 */
export async function loadCoveredDays(
  sources: AnalyticsSources,
  pages: readonly RegisteredPage[],
  looks: readonly ReadonlyMap<number, PageLooks>[] = [],
): Promise<CoveredDays> {
  const { observations, zone } = sources;
  const reached = pages.filter((page) => page.historyReached !== null);
  const seen = new Map<number, Date>();
  for (const { pageId, lastSuccess } of looks.flatMap((each) => [...each.values()])) {
    const instant = lastSuccess === null ? null : new Date(lastSuccess);
    if (instant !== null && instant >= (seen.get(pageId) ?? instant)) seen.set(pageId, instant);
  }
  const others = reached.map(({ id }) => id).filter((id) => !seen.has(id));
  const successes = new Map([...seen, ...(await queryLastSuccesses(observations, others))]);
  return new Map(
    reached.flatMap(({ id, historyReached: from }) => {
      const success = successes.get(id);
      const to = success && dayOf(success, zone);
      return from !== null && to !== undefined && from <= to ? [[id, { from, to }] as const] : [];
    }),
  );
}

/** Whether a day of the period is covered on one of the pages: without that, how many posts there were is not known. */
export function isCovered(
  pages: readonly Pick<RegisteredPage, 'id'>[],
  period: Period,
  covered: CoveredDays,
): boolean {
  return pages.some(({ id }) => {
    const days = covered.get(id);
    return days !== undefined && overlap(days, period) !== null;
  });
}

/** The first day from which the posts of all pages that have been read are known; `null` when none has been. */
export function historyReachedBy(pages: readonly RegisteredPage[]): Day | null {
  return (
    pages
      .flatMap((page) => page.historyReached ?? [])
      .sort()
      .at(-1) ?? null
  );
}

/**
 * The days that a series of posts shows as known: from the beginning of tracking (of every page that has been read) to
 * the last day covered on one of them; `null` when there are none.
 */
export function knownDays(
  pages: readonly RegisteredPage[],
  covered: CoveredDays,
  beginnings: { historyFrom: Day; started: Day | null },
): Period | null {
  const [reached, to] = [historyReachedBy(pages), coveredUntil(pages, covered)];
  if (reached === null || to === null) return null;
  const from = [reached, beginnings.historyFrom, beginnings.started ?? ''].sort().at(-1) ?? reached;
  return from <= to ? { from, to } : null;
}

/** The last day that is covered on one of the pages; `null` when none is. */
export function coveredUntil(pages: readonly Pick<RegisteredPage, 'id'>[], covered: CoveredDays): Day | null {
  return (
    pages
      .flatMap(({ id }) => covered.get(id)?.to ?? [])
      .sort()
      .at(-1) ?? null
  );
}
