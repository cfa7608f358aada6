import type { Outcome, PageState } from '#domain/vocabulary.ts';
import { instant, mapOf, text, unsigned32, enumText } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

/** How the look at a page ended; exactly one for a page and a slot it was due in. */
export interface OutcomeRow {
  pageId: number;
  slot: Date;
  outcome: Outcome;
  /** Why, readable, e.g. `vk:15 Access denied`; '' when all went well. */
  cause: string;
  /** The state of the page as seen. */
  state: PageState;
  started: Date;
  finished: Date;
  postsSeen: number;
  postsNew: number;
  /** Items not stored, by the name of the reason. */
  dropped: Readonly<Record<string, number>>;
}

export const outcomes: TableWrite<OutcomeRow> = {
  table: 'outcomes',
  recorded: false,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('slot', 'slot', instant),
    column('outcome', 'outcome', enumText<Outcome>()),
    column('cause', 'cause', text),
    column('state', 'state', enumText<PageState>()),
    column('started', 'started', instant),
    column('finished', 'finished', instant),
    column('posts_seen', 'postsSeen', unsigned32),
    column('posts_new', 'postsNew', unsigned32),
    column('dropped', 'dropped', mapOf(unsigned32)),
  ],
};

/** Writes outcomes: after what was seen has been written, never before. Rejects with `ValueRefused`. */
export async function insertOutcomes(observations: Observations, rows: readonly OutcomeRow[]): Promise<void> {
  await observations.insert(outcomes, rows);
}
