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
export function registeredPages({ tables }: Observations): string {
  return `page_id IN (SELECT page_id FROM ${tables.pages} FINAL WHERE is_deleted = 0)`;
}

/** How many pages of each network that is read are registered; a network without pages is left out. */
export async function queryRegisteredPages(observations: Observations): Promise<RegisteredPages[]> {
  const { tables } = observations;
  return observations.rows<RegisteredPages>(
    `
    SELECT network, toUInt32(count()) AS pages,
           toUInt32(countIf(page_id NOT IN (SELECT page_id FROM ${tables.outcomes}))) AS never
    FROM ${tables.pages} FINAL
    WHERE is_deleted = 0 AND network IN {measured: Array(String)}
    GROUP BY network
    ORDER BY network`,
    { measured: measuredNetworks },
  );
}
