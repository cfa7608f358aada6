import type { MeasuredNetwork } from '../../domain/vocabulary.ts';
import type { Observations } from '../../schema/observations/connect.ts';

/** How many pages of a network are registered. */
export interface RegisteredPages {
  network: MeasuredNetwork;
  pages: number;
}

/** How many pages of each network that is read are registered; a network without pages is left out. */
export async function askRegisteredPages(observations: Observations): Promise<RegisteredPages[]> {
  return observations.rows<RegisteredPages>(`
    SELECT network, toUInt32(count()) AS pages
    FROM ${observations.tables.pages} FINAL
    WHERE is_deleted = 0 AND network != 'site'
    GROUP BY network
    ORDER BY network`);
}
