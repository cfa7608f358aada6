import { describe, expect, test } from 'vitest';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Observation } from './merge.ts';
import { knownAs, mergePost, missed } from './merge.ts';
import type { ObservedPost } from './source.ts';
import { observedPost } from '#tests/helpers/looks.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 10, hours));
const observation: Observation = { pageId: 3, observed: at(5), before: at(4), late: false };

function post(more: Partial<ObservedPost> = {}): ObservedPost {
  return observedPost({ published: at(1), ...more });
}

const known: PostRow = mergePost(post(), null, { ...observation, observed: at(2) }).row;

describe('a post seen', () => {
  test('for the first time has its words for searching, and unknown stays unknown', () => {
    const { row, isNew } = mergePost(post(), null, observation);
    expect(isNew).toBe(true);
    expect(row).toMatchObject({ firstSeen: at(5), lastSeen: at(5), deleted: null, comments: null, likes: 0 });
    expect(row.stems).toContain('профсоюзн');
    expect(row.signature).not.toBe('');
  });

  test('again without any change is not written', () => {
    expect(mergePost(post(), known, observation)).toMatchObject({ isNew: false, changed: false });
  });

  test('with other counters keeps when it was published and first seen', () => {
    const counters = { views: 12, likes: 0, comments: null, reposts: 1 };
    const merged = mergePost(post({ counters, published: at(3) }), known, observation);
    expect(merged).toMatchObject({ changed: true, countersChanged: true });
    expect(merged.row).toMatchObject({ views: 12, published: at(1), firstSeen: at(2), lastSeen: at(5) });
  });

  test('without a counter it once had keeps what was last said', () => {
    const counters = { views: null, likes: 0, comments: null, reposts: 1 };
    expect(mergePost(post({ counters }), known, observation)).toMatchObject({
      changed: false,
      row: { views: 10 },
    });
  });

  test('in a slot made up for later keeps the counters it had', () => {
    const counters = { views: 99, likes: 9, comments: 9, reposts: 9 };
    expect(mergePost(post({ counters }), known, { ...observation, late: true })).toMatchObject({
      changed: false,
    });
  });

  test('edited, pinned or reposted is written', () => {
    expect(mergePost(post({ text: 'Другое', edited: at(3) }), known, observation)).toMatchObject({
      changed: true,
      countersChanged: false,
      row: { text: 'Другое', edited: at(3) },
    });
    expect(mergePost(post({ pinned: true }), known, observation)).toMatchObject({ changed: true });
    expect(mergePost(post({ kind: 'repost', sourceOwner: -4 }), known, observation)).toMatchObject({
      changed: true,
    });
  });

  test('a repost without words of its own is found and compared by its source’s', () => {
    const words = 'Профсоюзный слёт';
    const { row } = mergePost(post({ kind: 'repost', text: '', sourceText: words }), null, observation);
    expect(row).toMatchObject({
      text: '',
      sourceText: words,
      stems: known.stems,
      signature: known.signature,
    });
  });

  test('under a date of the future is corrected, and the row under the wrong one is named', () => {
    const wrong = mergePost(post({ published: at(400 * 24) }), null, observation).row;
    expect(mergePost(post({ published: at(400 * 24) }), wrong, observation).misdated).toBeUndefined();
    const { row, changed, misdated } = mergePost(post(), wrong, { ...observation, observed: at(9) });
    expect([row.published, changed, misdated]).toEqual([at(1), true, at(400 * 24)]);
    // A date that can be right stays, whatever another answer says.
    expect(mergePost(post({ published: at(0) }), known, observation).row.published).toEqual(at(1));
  });

  test('of millions of letters is cut where no post ends', () => {
    const { row } = mergePost(post({ text: '😀'.repeat(3_000_000) }), null, observation);
    expect(row.text).toHaveLength(65_536);
    expect(row.text.endsWith('😀')).toBe(true);
    expect(mergePost(post({ text: `a${'😀'.repeat(40_000)}` }), null, observation).row.text).toHaveLength(
      65_535,
    );
  });

  test('for paying readers only keeps the words it had', () => {
    const { row } = mergePost(post({ donut: true, text: '' }), known, observation);
    expect(row).toMatchObject({ isDonut: true, text: 'Профсоюзный слёт' });
  });
});

describe('a post that goes away', () => {
  test('is kept, with when it was first missed and last there', () => {
    expect(missed(known, observation)).toMatchObject({
      changed: true,
      row: { deleted: at(5), lastSeen: at(4), text: 'Профсоюзный слёт', views: 10 },
    });
    expect(missed(known, { ...observation, before: null }).row.lastSeen).toEqual(at(2));
  });

  test('is missed once, and back when it is there again', () => {
    const gone = missed(known, observation).row;
    expect(missed(gone, { ...observation, observed: at(9) })).toMatchObject({
      changed: false,
      row: { deleted: at(5) },
    });
    expect(mergePost(post(), gone, { ...observation, observed: at(9) })).toMatchObject({
      changed: true,
      row: { deleted: null, lastSeen: at(9), lastDeleted: at(5), returned: at(9) },
    });
  });

  test('is so when the network says it, known or not', () => {
    const removed = post({ removed: true, text: '' });
    expect(mergePost(removed, known, observation)).toMatchObject({
      row: { deleted: at(5), text: 'Профсоюзный слёт' },
    });
    expect(mergePost(removed, null, observation)).toMatchObject({ isNew: true, row: { deleted: at(5) } });
  });
});

describe('an album', () => {
  const album = mergePost(post({ postId: 20, parts: [20, 21, 22] }), null, observation).row;
  const byId = new Map([known, album].map((row) => [row.postId, row]));

  test('stays the post it was when its first message is deleted', () => {
    const seen = post({ postId: 21, parts: [21, 22] });
    expect(knownAs(seen, byId)).toBe(album);
    const { row, isNew, changed } = mergePost(seen, album, observation);
    expect([row.postId, row.parts, isNew, changed]).toEqual([20, [20, 21, 22], false, false]);
  });

  test('stays the post it was when one message is left of it', () => {
    const seen = post({ postId: 22 });
    expect(mergePost(seen, knownAs(seen, byId), observation).row.parts).toEqual([20, 21, 22]);
  });

  test('of which a single message was seen first is the same post, of several', () => {
    const seen = post({ postId: 8, parts: [8, 9] });
    const { row, changed } = mergePost(seen, knownAs(seen, byId), observation);
    expect([row.postId, row.parts, changed]).toEqual([8, [8, 9], true]);
  });

  test('is not taken for a post that is no part of it', () => {
    expect(knownAs(post({ postId: 23 }), byId)).toBeNull();
    expect(mergePost(post({ postId: 23 }), null, observation).row.parts).toEqual([]);
  });
});
