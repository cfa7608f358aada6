import type { MeasuredNetwork } from '#domain/networks.ts';
import type { Observations } from '#schema/observations/connect.ts';

interface NativePage {
  network: MeasuredNetwork;
  nativeId: number;
}

/** The names of registered pages by their native ids; `null` for one without a name, or not in the register. */
export async function queryPageNames(
  observations: Observations,
  pages: readonly NativePage[],
): Promise<(page: NativePage) => string | null> {
  const nativeIds = [...new Set(pages.map(({ nativeId }) => nativeId))];
  if (nativeIds.length === 0) return () => null;
  const rows = await observations.rows<NativePage & { name: string }>(
    `
    -- queryPageNames
    SELECT network, native_id AS nativeId, name
    FROM ${observations.tables.pages} FINAL
    WHERE is_deleted = 0 AND name != '' AND native_id IN {nativeIds: Array(UInt64)}`,
    { nativeIds },
  );
  const keyOf = ({ network, nativeId }: NativePage): string => `${network} ${nativeId}`;
  const names = new Map(rows.map((row) => [keyOf(row), row.name]));
  return (page) => names.get(keyOf(page)) ?? null;
}
