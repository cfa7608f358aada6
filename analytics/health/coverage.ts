import type { OutcomeCount } from '../queries/last-run.ts';
import { queryLastRun, queryNewestOutcomes } from '../queries/last-run.ts';
import { queryRegisteredPages } from '../queries/registered-pages.ts';
import type { Reach } from '#domain/reach.ts';
import { loadRegisterMirror } from '../ranking/period-facts.ts';
import { isMeasured } from '../status/inputs.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Coverage } from '../types.ts';

const read = new Set(['ok', 'empty']);

/**
 * How many of the registered pages that are read at all were read when last looked at, and why the others were not. Goes
 * by the newest look at each page, for the plan leaves pages that seldom change out of most runs. With a reach of the pages
 * within it.
 */
export async function loadCoverage(
  sources: AnalyticsSources,
  within: Reach | null = null,
): Promise<Coverage> {
  if (!within) return (await coverageWithPages(sources, null)).coverage;
  const { pages } = await loadRegisterMirror(sources);
  const own = pages.filter((page) => isMeasured(page) && within.has(page.organisationId));
  return (
    await coverageWithPages(
      sources,
      own.map(({ id }) => id),
    )
  ).coverage;
}

/** The same, and the pages that were not read: of each kind of failure those read most recently. */
export async function coverageWithPages(
  sources: AnalyticsSources,
  pageIds: readonly number[] | null,
): Promise<{
  coverage: Coverage;
  unread: OutcomeCount[];
}> {
  const [run, counts, registered] = await Promise.all([
    queryLastRun(sources.observations),
    queryNewestOutcomes(sources.observations, pageIds),
    queryRegisteredPages(sources.observations, pageIds),
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
