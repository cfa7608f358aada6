import {
  bool,
  enumText,
  instant,
  list,
  nullable,
  signed64,
  text,
  unsigned32,
  unsigned64,
} from '../codecs.ts';
import type { Placement, PostKind, TextKind } from '#domain/vocabulary.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';
import type { PostRow } from './posts.ts';

/**
 * A state of a post, from one revision to the next: what it was, without its counters, whether it was pinned and when it was seen
 * last. Its key is (pageId, postId, version).
 */
export interface PostStateRow extends Pick<
  PostRow,
  | 'pageId'
  | 'postId'
  | 'published'
  | 'placement'
  | 'kind'
  | 'text'
  | 'textKind'
  | 'signature'
  | 'sourceOwner'
  | 'sourcePost'
  | 'sourceText'
  | 'parts'
  | 'edited'
  | 'deleted'
  | 'lastDeleted'
  | 'returned'
  | 'isDonut'
> {
  /** When the network said so. */
  observed: Date;
  /** From here on it has another publication, and stands under that. */
  isRedated: boolean;
}

export const postStates: TableWrite<PostStateRow> = {
  table: 'post_states',
  recorded: false,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('post_id', 'postId', unsigned64),
    column('observed', 'observed', instant),
    column('published', 'published', instant),
    column('placement', 'placement', enumText<Placement>()),
    column('kind', 'kind', enumText<PostKind>()),
    column('text', 'text', text),
    column('text_kind', 'textKind', enumText<TextKind>()),
    column('signature', 'signature', text),
    column('source_owner', 'sourceOwner', nullable(signed64)),
    column('source_post', 'sourcePost', nullable(unsigned64)),
    column('source_text', 'sourceText', text),
    column('parts', 'parts', list(unsigned64)),
    column('edited', 'edited', nullable(instant)),
    column('deleted', 'deleted', nullable(instant)),
    column('last_deleted', 'lastDeleted', nullable(instant)),
    column('returned', 'returned', nullable(instant)),
    column('is_donut', 'isDonut', bool),
    column('is_redated', 'isRedated', bool),
  ],
};

/** The state that a row of a post is. */
export const stateOfPost = (
  row: PostRow,
  { observed, isRedated }: { observed: Date; isRedated: boolean },
): PostStateRow => ({
  ...row,
  observed,
  isRedated,
});

/** Adds states of posts to their history. Rejects with `ValueRefused`. */
export async function insertPostStates(
  observations: Observations,
  rows: readonly PostStateRow[],
): Promise<void> {
  await observations.insert(postStates, rows);
}
