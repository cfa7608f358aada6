import type { Placement, PostKind, TextKind } from '#domain/vocabulary.ts';
import {
  bool,
  instant,
  list,
  nullable,
  signed64,
  text,
  unsigned32,
  unsigned64,
  enumText,
} from '../codecs.ts';
import type { Observations } from '../connect.ts';
import { inParts } from '../in-parts.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';
import type { CounterFields, PrecisionFields } from './counters.ts';
import { counterColumns } from './counters.ts';

/**
 * The newest state of one publication; its key is (pageId, postId). A `published` that turns out wrong is written under the
 * right one, and the row under the wrong one removed (`removePostRows`).
 */
export interface PostRow extends CounterFields, PrecisionFields {
  pageId: number;
  /** The network's id on that page; of an album the smallest message id ever seen in it. */
  postId: number;
  /** All message ids ever seen in an album, ascending; empty for a post that is one message. */
  parts: readonly number[];
  published: Date;
  /** Another publication that the newest answer showed, and since when; `null` when the newest answer agreed. */
  otherPublished: Date | null;
  otherSince: Date | null;
  placement: Placement;
  kind: PostKind;
  text: string;
  /** What `text` is of. */
  textKind: TextKind;
  /** Stems of the words of `text` (of `sourceText` where it has none), joined by single spaces: what a search looks in. */
  stems: string;
  /** The signature of near-identity (`domain/text`); '' without words. */
  signature: string;
  /** Of a repost: the native id of the source's owner (a group's is negative) and post, when said. */
  sourceOwner: number | null;
  sourcePost: number | null;
  /** Of a repost: the source's text; '' when not said. */
  sourceText: string;
  /** Paid reactions (Telegram's Stars); `null` when not said. In no sum. */
  stars: number | null;
  edited: Date | null;
  /** When it was first missed; `null` while it is there. */
  deleted: Date | null;
  /** Of a post that was missed and came back: when it was missed last, and since when it is there again. */
  lastDeleted: Date | null;
  returned: Date | null;
  firstSeen: Date;
  lastSeen: Date;
  isPinned: boolean;
  isDonut: boolean;
}

export const posts: TableWrite<PostRow> = {
  table: 'posts',
  recorded: true,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('post_id', 'postId', unsigned64),
    column('parts', 'parts', list(unsigned64)),
    column('published', 'published', instant),
    column('other_published', 'otherPublished', nullable(instant)),
    column('other_since', 'otherSince', nullable(instant)),
    column('placement', 'placement', enumText<Placement>()),
    column('kind', 'kind', enumText<PostKind>()),
    column('text', 'text', text),
    column('text_kind', 'textKind', enumText<TextKind>()),
    column('stems', 'stems', text),
    column('signature', 'signature', text),
    column('source_owner', 'sourceOwner', nullable(signed64)),
    column('source_post', 'sourcePost', nullable(unsigned64)),
    column('source_text', 'sourceText', text),
    ...counterColumns<PostRow>(),
    column('stars', 'stars', nullable(unsigned32)),
    column('edited', 'edited', nullable(instant)),
    column('deleted', 'deleted', nullable(instant)),
    column('last_deleted', 'lastDeleted', nullable(instant)),
    column('returned', 'returned', nullable(instant)),
    column('first_seen', 'firstSeen', instant),
    column('last_seen', 'lastSeen', instant),
    column('is_pinned', 'isPinned', bool),
    column('is_donut', 'isDonut', bool),
  ],
};

/** The row of a post under a publication. */
export type PostRowKey = Pick<PostRow, 'pageId' | 'postId' | 'published'>;

/**
 * Removes rows that stand under a publication that was wrong: the right one is another month, in which no newer version
 * would replace them. To be called after the right rows have been written.
 */
export async function removePostRows(observations: Observations, keys: readonly PostRowKey[]): Promise<void> {
  await inParts(keys, async (part) => {
    await removePart(observations, part);
    return [];
  });
}

async function removePart(observations: Observations, keys: readonly PostRowKey[]): Promise<void> {
  await observations.command(
    `ALTER TABLE ${observations.tables.posts} DELETE WHERE (page_id, post_id, published) IN (
       SELECT key.1, key.2, fromUnixTimestamp64Milli(key.3, 'UTC') FROM (
         SELECT arrayJoin(arrayZip({pages: Array(UInt32)}, {posts: Array(UInt64)}, {published: Array(Int64)})) AS key))
     SETTINGS mutations_sync = 2`,
    {
      pages: keys.map(({ pageId }) => pageId),
      posts: keys.map(({ postId }) => postId),
      published: keys.map(({ published }) => published.getTime()),
    },
  );
}

/** Writes posts as they are now; a row replaces what was known of its key. Rejects with `ValueRefused`. */
export async function insertPosts(observations: Observations, rows: readonly PostRow[]): Promise<void> {
  await observations.insert(posts, rows);
}
