import type { Operations } from './connect.ts';

/** Calls made with one token on one day. */
export interface QuotaUsage {
  /** Tells tokens apart without keeping them. */
  tokenFingerprint: string;
  method: string;
  /** `YYYY-MM-DD` as the network counts days. */
  day: string;
  used: number;
}

/** Counts calls made, and returns how many there are now on that day. */
export async function addUsage(
  operations: Operations,
  tokenFingerprint: string,
  method: string,
  day: string,
  calls = 1,
): Promise<number> {
  const row = await operations.db
    .insertInto('quotas')
    .values({ tokenFingerprint, method, day, used: calls })
    .onConflict((conflict) =>
      conflict
        .columns(['tokenFingerprint', 'method', 'day'])
        .doUpdateSet((update) => ({ used: update('quotas.used', '+', calls) })),
    )
    .returning('used')
    .executeTakeFirstOrThrow();
  return row.used;
}

/** How many calls were made with a token on a day; 0 when none were counted. */
export async function usageOn(
  operations: Operations,
  tokenFingerprint: string,
  method: string,
  day: string,
): Promise<number> {
  const row = await operations.db
    .selectFrom('quotas')
    .select('used')
    .where('tokenFingerprint', '=', tokenFingerprint)
    .where('method', '=', method)
    .where('day', '=', day)
    .executeTakeFirst();
  return row?.used ?? 0;
}

/** All that was counted on a day, for showing how much is used. */
export async function usagesOn(operations: Operations, day: string): Promise<QuotaUsage[]> {
  return await operations.db
    .selectFrom('quotas')
    .selectAll()
    .where('day', '=', day)
    .orderBy('tokenFingerprint')
    .orderBy('method')
    .execute();
}
