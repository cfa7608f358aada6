import { measuredNetworks, type MeasuredNetwork } from '#domain/networks.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** How many pages of a network are registered. */
export interface RegisteredPages {
  network: MeasuredNetwork;
  pages: number;
  /** Of those, never looked at. */
  never: number;
}

/** The condition that `page_id` is of a registered page: all of them are a table, and never a list of ids. */
function registeredPages({ tables }: Observations): string {
  return `page_id IN (SELECT page_id FROM ${tables.pages} FINAL WHERE is_deleted = 0)`;
}

/** Ids in one parameter: far below what a server takes in a field. */
const idsAtOnce = 10_000;

/**
 * The condition that `page_id` is of one of these pages, or with `null` of any registered one, and its parameters: as many as
 * the ids need, since a server bounds each.
 */
export function askedPages(
  observations: Observations,
  pageIds: readonly number[] | null,
): { condition: string; parameters: Record<string, number[]> } {
  if (!pageIds) return { condition: registeredPages(observations), parameters: {} };
  const parts = Array.from({ length: Math.max(1, Math.ceil(pageIds.length / idsAtOnce)) }, (_, index) =>
    pageIds.slice(index * idsAtOnce, (index + 1) * idsAtOnce),
  );
  return {
    condition: `(${parts.map((_, index) => `page_id IN {pages${index}: Array(UInt32)}`).join(' OR ')})`,
    parameters: Object.fromEntries(parts.map((ids, index) => [`pages${index}`, ids])),
  };
}

/** How many pages of each network that is read are registered, of all (`null`) or of these; one without any is left out. */
export async function queryRegisteredPages(
  observations: Observations,
  pageIds: readonly number[] | null,
): Promise<RegisteredPages[]> {
  const { tables } = observations;
  const asked = askedPages(observations, pageIds);
  return observations.rows<RegisteredPages>(
    `
    -- queryRegisteredPages
    SELECT network, toUInt32(count()) AS pages,
           toUInt32(countIf(page_id NOT IN (SELECT page_id FROM ${tables.outcomes}))) AS never
    FROM ${tables.pages} FINAL
    WHERE is_deleted = 0 AND network IN {measured: Array(String)} AND ${asked.condition}
    GROUP BY network
    ORDER BY network`,
    { ...asked.parameters, measured: measuredNetworks },
  );
}
