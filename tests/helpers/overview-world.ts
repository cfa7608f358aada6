import type { Observations } from '#schema/observations/connect.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import { postRow } from './observed-rows.ts';
import { writeTwoNetworks } from './two-networks.ts';

/** Two networks, and besides a repost, a visitor's post and a deleted one: the overview shows none of these. */
export async function writeOverviewWorld(observations: Observations, now: Date): Promise<void> {
  await writeTwoNetworks(observations, now);
  await insertPosts(observations, [
    postRow(2, 9001, '2026-11-24T03:00:00Z', {
      ...{ kind: 'repost', sourceOwner: -1_777_000_004, sourcePost: 3, views: 90_000 },
    }),
    postRow(1, 9002, '2026-11-24T04:00:00Z', { placement: 'visitor' }),
    postRow(1, 9003, '2026-11-24T05:00:00Z', { deleted: new Date('2026-11-24T06:00:00Z') }),
  ]);
}
