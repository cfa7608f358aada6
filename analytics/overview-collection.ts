import { coverageWithPages } from './coverage.ts';
import type { Owners } from './overview-owners.ts';
import type { CollectionState, UnreadPageRow } from './overview-types.ts';
import { askRunWork } from './questions/run-work.ts';
import type { AnalyticsSources } from './sources.ts';

/** How many of the pages that could not be read are named. */
const named = 6;

/** Whether collection works: what is read, what is not and why, what the last run did. */
export async function collectionState(sources: AnalyticsSources, owners: Owners): Promise<CollectionState> {
  const { observations } = sources;
  const { coverage, unread } = await coverageWithPages(sources);
  const pages = unread.flatMap(({ outcome, cause, foundAs, unread: looks }) =>
    looks.flatMap((look): UnreadPageRow[] => {
      const owner = owners.get(look.pageId);
      return owner ? [{ ...owner, ...look, outcome, cause, foundAs }] : [];
    }),
  );
  return {
    coverage,
    run: coverage.slot && (await askRunWork(observations, coverage.slot)),
    unread: pages
      .sort(
        (one, other) =>
          (other.lastSuccess ?? '').localeCompare(one.lastSuccess ?? '') || one.pageId - other.pageId,
      )
      .slice(0, named),
  };
}
