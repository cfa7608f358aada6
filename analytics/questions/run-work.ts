import type { Observations } from '../../schema/observations/connect.ts';

/** What a run has done: how many pages it looked at, and how many posts it saw for the first time. */
export async function askRunWork(
  observations: Observations,
  slot: Date,
): Promise<{ pages: number; newPosts: number }> {
  const [row] = await observations.rows<{ pages: number; newPosts: number }>(
    `
    SELECT toUInt32(count()) AS pages, toUInt32(sum(posts_new)) AS newPosts
    FROM ${observations.tables.outcomes} FINAL
    WHERE slot = {slot: DateTime64(3, 'UTC')}`,
    { slot },
  );
  return row ?? { pages: 0, newPosts: 0 };
}
