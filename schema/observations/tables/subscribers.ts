import type { Precision } from '#domain/vocabulary.ts';
import { instant, nullable, unsigned32, nullableEnumText } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

/** Subscribers of a page at one successful look; its key is (pageId, slot). */
export interface SubscribersRow {
  pageId: number;
  slot: Date;
  observed: Date;
  /** `null` when the network did not say it. */
  count: number | null;
  precision: Precision | null;
}

export const subscribers: TableWrite<SubscribersRow> = {
  table: 'subscribers',
  recorded: true,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('slot', 'slot', instant),
    column('observed', 'observed', instant),
    column('count', 'count', nullable(unsigned32)),
    column('precision', 'precision', nullableEnumText<Precision>()),
  ],
};

/** Writes subscribers, on every successful look. Rejects with `ValueRefused`. */
export async function insertSubscribers(
  observations: Observations,
  rows: readonly SubscribersRow[],
): Promise<void> {
  await observations.insert(subscribers, rows);
}
