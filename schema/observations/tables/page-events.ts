import { instant, text, unsigned32, enumText } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

/** `became`: the address is something else by now (`after` says what); `found_again`: the key to it was lost, its name led back. */
export type PageEvent = 'renamed' | 'state' | 'history_reached' | 'title' | 'became' | 'found_again';

/** Something that happened to a page; its key is (pageId, observed, event). */
export interface PageEventRow {
  pageId: number;
  observed: Date;
  event: PageEvent;
  /** The value before and after, as text; '' when there was none. */
  before: string;
  after: string;
}

export const pageEvents: TableWrite<PageEventRow> = {
  table: 'page_events',
  recorded: false,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('observed', 'observed', instant),
    column('event', 'event', enumText<PageEvent>()),
    column('before', 'before', text),
    column('after', 'after', text),
  ],
};

/** Writes events of pages. Rejects with `ValueRefused`. */
export async function insertPageEvents(
  observations: Observations,
  rows: readonly PageEventRow[],
): Promise<void> {
  await observations.insert(pageEvents, rows);
}
