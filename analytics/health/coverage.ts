import type { OutcomeCount } from '../queries/last-run.ts';
import { queryLastRun, queryNewestOutcomes } from '../queries/last-run.ts';
import { queryRegisteredPages } from '../queries/registered-pages.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Coverage } from '../types.ts';

const read = new Set(['ok', 'empty']);

/**
 * How many of the registered pages that are read at all were read when last looked at, and why the others were not. Goes
 * by the newest look at each page, for the plan leaves pages that seldom change out of most runs.
 */
export async function loadCoverage(sources: AnalyticsSources): Promise<Coverage> {
  return (await coverageWithPages(sources)).coverage;
}

/** The same, and the pages that were not read: of each kind of failure those read most recently. */
export async function coverageWithPages(sources: AnalyticsSources): Promise<{
  coverage: Coverage;
  unread: OutcomeCount[];
}> {
  const [run, counts, registered] = await Promise.all([
    queryLastRun(sources.observations),
    queryNewestOutcomes(sources.observations),
    queryRegisteredPages(sources.observations),
  ]);
  const sum = (rows: readonly { pages: number }[]): number =>
    rows.reduce((total, row) => total + row.pages, 0);
  const unread = counts.filter((row) => !read.has(row.outcome));
  return {
    coverage: {
      slot: run ? new Date(run.slot) : null,
      finished: run ? new Date(run.finished) : null,
      pages: sum(counts),
      read: sum(counts.filter((row) => read.has(row.outcome))),
      waiting: Math.max(0, sum(registered) - sum(counts)),
      registered: registered.map((of) => {
        const seen = sum(counts.filter(({ network }) => network === of.network));
        const waiting = Math.max(0, of.pages - seen);
        return { ...of, waiting, never: Math.min(of.never, waiting) };
      }),
      unread: unread.map(({ network, outcome, cause, foundAs, pages }) => ({
        network,
        outcome,
        cause,
        foundAs,
        pages,
      })),
    },
    unread,
  };
}
