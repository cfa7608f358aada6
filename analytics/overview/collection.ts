import { coverageWithPages } from '../health/coverage.ts';
import type { Owners } from './owners.ts';
import type { CollectionState, UnreadPageRow } from './types.ts';
import { queryLastSuccesses } from '../queries/last-successes.ts';
import { queryRunWork } from '../queries/run-work.ts';
import type { AnalyticsSources } from '../sources.ts';

/** How many of the pages that could not be read are named. */
const named = 6;

/** Whether collection works: what is read, what is not and why, what the last run did. */
export async function collectionState(
  sources: AnalyticsSources,
  owners: Owners,
  pageIds: readonly number[] | null,
): Promise<CollectionState> {
  const { observations } = sources;
  const { coverage, unread } = await coverageWithPages(sources, pageIds);
  const pages = unread.flatMap(({ outcome, cause, foundAs, unread: looks }) =>
    looks.flatMap((look): UnreadPageRow[] => {
      const owner = owners.get(look.pageId);
      return owner
        ? [{ ...owner, lastSuccess: look.lastSuccess, state: look.state, outcome, cause, foundAs }]
        : [];
    }),
  );
  const unreadShown = pages
    .sort((one, other) => (other.lastSuccess ?? '').localeCompare(one.lastSuccess ?? '') || one.id - other.id)
    .slice(0, named);
  // The newest looks do not go back far enough to tell pages read long ago from those never read.
  const older = await queryLastSuccesses(
    observations,
    unreadShown.filter(({ lastSuccess }) => lastSuccess === null).map(({ id }) => id),
  );
  return {
    coverage,
    // What a run did is told of all pages, and of no part of them.
    run: coverage.slot && !pageIds ? await queryRunWork(observations, coverage.slot) : null,
    unread: unreadShown.map((page) => ({
      ...page,
      lastSuccess: page.lastSuccess ?? older.get(page.id)?.toISOString() ?? null,
    })),
  };
}
