import { instant, unsigned32, unsigned64 } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';
import type { CounterFields, PrecisionFields } from './counters.ts';
import { counterColumns } from './counters.ts';

/** Counters of a post in one slot, written when one has changed; its key is (pageId, postId, slot). */
export interface PostCounterRow extends CounterFields, PrecisionFields {
  pageId: number;
  postId: number;
  /** What it was planned for. */
  slot: Date;
  /** When the network said it. */
  observed: Date;
}

export const postCounters: TableWrite<PostCounterRow> = {
  table: 'post_counters',
  recorded: true,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('post_id', 'postId', unsigned64),
    column('slot', 'slot', instant),
    column('observed', 'observed', instant),
    ...counterColumns<PostCounterRow>(),
  ],
};

/** Writes counters; the same slot again changes nothing but the version. Rejects with `ValueRefused`. */
export async function insertPostCounters(
  observations: Observations,
  rows: readonly PostCounterRow[],
): Promise<void> {
  await observations.insert(postCounters, rows);
}
