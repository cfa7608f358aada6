import type { Observations } from '../../schema/observations/connect.ts';

/** The names of registered channels of Telegram, by their native ids; those without a name are left out. */
export async function queryChannelNames(
  observations: Observations,
  nativeIds: readonly number[],
): Promise<Map<number, string>> {
  if (nativeIds.length === 0) return new Map();
  const rows = await observations.rows<{ nativeId: number; name: string }>(
    `
    SELECT native_id AS nativeId, name
    FROM ${observations.tables.pages} FINAL
    WHERE is_deleted = 0 AND network = 'telegram' AND name != '' AND native_id IN {nativeIds: Array(UInt64)}`,
    { nativeIds },
  );
  return new Map(rows.map(({ nativeId, name }) => [Number(nativeId), name]));
}
