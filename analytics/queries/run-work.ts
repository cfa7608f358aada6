import type { Observations } from '#schema/observations/connect.ts';

/** What a run has done: pages it looked at, those of them that it could read, and posts it saw for the first time. */
export interface RunWork {
  pages: number;
  read: number;
  newPosts: number;
}

/** What the run of a slot has done. */
export async function queryRunWork(observations: Observations, slot: Date): Promise<RunWork> {
  const [row] = await observations.rows<RunWork>(
    `
    -- queryRunWork
    SELECT toUInt32(count()) AS pages, toUInt32(countIf(outcome IN ('ok', 'empty'))) AS read, toUInt32(sum(posts_new)) AS newPosts
    FROM ${observations.tables.outcomes} FINAL
    WHERE slot = {slot: DateTime64(3, 'UTC')}`,
    { slot },
  );
  return row ?? { pages: 0, read: 0, newPosts: 0 };
}
