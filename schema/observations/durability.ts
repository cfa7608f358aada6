import type { Observations } from './connect.ts';
import type { TableName } from './table.ts';

const waiting = [
  'posts',
  'post_counters',
  'subscribers',
  'outcomes',
  'runs',
  'page_events',
  'organisations',
  'pages',
  'post_states',
  'page_day_states',
  'organisation_states',
  'page_states',
  'instance',
] as const satisfies readonly TableName[];

/**
 * From now on inserts do not wait until the disk has them: for data that can be made again, like a demo's. A killed
 * process loses nothing by it, a power cut may. It stays with the tables.
 */
export async function relaxDurability(observations: Observations): Promise<void> {
  for (const table of waiting) {
    await observations.command(
      `ALTER TABLE ${observations.tables[table]} MODIFY SETTING fsync_after_insert = 0, fsync_part_directory = 0`,
    );
  }
}
