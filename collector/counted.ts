import type { Page } from '#schema/operations/pages.ts';
import type { StoredDoubt } from './doubts.ts';
import type { Doubt, HistoryChunk } from './source.ts';

/** A few posts may come, go or be hidden while a past is read. */
const aFew = 5;

/** What is doubted of a past whose end was reached by fewer posts than the network counts. */
export const uncounted: Doubt = {
  kind: 'vanished',
  detail: 'the network counts more posts than were read',
};

/** Whether a doubt is that one. */
export function isUncounted({ kind, detail }: Pick<StoredDoubt, 'kind' | 'detail'>): boolean {
  return kind === uncounted.kind && detail === uncounted.detail;
}

/**
 * How many posts a network counts, down to where a step has ended a past, beyond those that are stored and those that were
 * left out; 0 when they are a few, or when it does not say. Deleted posts stay stored, so that it is that many at least.
 */
export function missingByCount(
  { storedPosts }: Pick<Page, 'storedPosts'>,
  { reached, counted = null }: Pick<HistoryChunk, 'reached' | 'counted'>,
  fresh: number,
  dropped: Readonly<Record<string, number>>,
): number {
  if (reached === null || counted === null) return 0;
  const left = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  const missing = counted - storedPosts - fresh - left;
  return missing > aFew ? missing : 0;
}
