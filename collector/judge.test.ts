import { describe, expect, test } from 'vitest';

import { readDoubt } from './doubts.ts';

import { judgeLook } from './judge.ts';
import { lookOf, observedPost, registeredPage } from '#tests/helpers/looks.ts';
import { at, confirming, knownPosts, nobody, range, shown, whole } from '#tests/helpers/judged-looks.ts';

describe('an answer that leaves out more than is likely', () => {
  const known = knownPosts(120);

  test.each([
    ['nothing at all', lookOf({ outcome: 'empty', window: whole([]) })],
    ['a list without a claim', lookOf({ outcome: 'empty', window: null })],
    [
      'the newest twelve as all',
      lookOf({ posts: shown(known, range(109, 120)), window: whole(range(109, 120)) }),
    ],
  ])('%s: is suspect, and nothing is deleted', async (_, look) => {
    const asking = confirming();
    const judged = await judgeLook(registeredPage(), look, known, asking);
    expect(judged.look.outcome).toBe('suspect');
    expect(judged.look.cause).toMatch(/^suspect: /);
    expect(judged.gone).toEqual([]);
    expect(judged.whole).toBe(false);
    expect(judged.look.posts).toHaveLength(look.posts.length);
    // One odd answer costs no calls.
    expect(asking.asked).toEqual([]);
  });

  test('the same again before six hours have passed is still suspect', async () => {
    const first = await judgeLook(
      registeredPage(),
      lookOf({ outcome: 'empty', window: whole([]), observed: at(0) }),
      known,
      confirming(),
    );
    const page = registeredPage({ lookDoubt: JSON.stringify(first.doubt) });
    const second = lookOf({ outcome: 'empty', window: whole([]), observed: at(5) });
    const judged = await judgeLook(page, second, known, confirming());
    expect(judged.look.outcome).toBe('suspect');
    expect(judged.doubt?.since).toBe(at(0).toISOString());
  });

  test('the same six hours later convinces, as far as posts are gone when asked for by id', async () => {
    const first = await judgeLook(
      registeredPage(),
      lookOf({ outcome: 'empty', window: whole([]), observed: at(0) }),
      known,
      confirming(),
    );
    const page = registeredPage({ lookDoubt: JSON.stringify(first.doubt) });
    const again = lookOf({ outcome: 'empty', window: whole([]), observed: at(6) });
    const judged = await judgeLook(page, again, known, confirming([7, 8]));
    expect(judged.look.outcome).toBe('empty');
    // A hundred are asked for in one look; those two are there, and stay.
    expect(judged.gone.map(({ postId }) => postId)).toEqual(
      range(1, 100).filter((id) => id !== 7 && id !== 8),
    );
    expect(judged.doubt?.accepted).toBe(true);
  });

  test('what goes on after it has convinced is believed at once', async () => {
    const doubt = {
      kind: 'vanished',
      detail: '',
      since: at(0).toISOString(),
      ids: [1],
      count: 120,
      accepted: true,
    };
    const rest = new Map([...known].slice(100));
    const look = lookOf({ outcome: 'empty', window: whole([]), observed: at(7) });
    const judged = await judgeLook(
      registeredPage({ lookDoubt: JSON.stringify(doubt) }),
      look,
      rest,
      confirming(),
    );
    expect(judged.look.outcome).toBe('empty');
    expect(judged.gone).toHaveLength(20);
  });

  test('a good answer in between forgets the doubt', async () => {
    const doubt = { kind: 'vanished', detail: '', since: at(0).toISOString(), ids: [1, 2], count: 120 };
    const good = lookOf({
      posts: shown(known, range(101, 120)),
      window: { after: at(-21 * 24), ids: range(101, 120) },
    });
    const judged = await judgeLook(
      registeredPage({ lookDoubt: JSON.stringify(doubt) }),
      good,
      known,
      confirming(),
    );
    expect(judged.look.outcome).toBe('ok');
    expect(judged.doubt).toBeNull();
  });
});

describe('a few posts that are not shown', () => {
  const known = knownPosts(20);
  const look = (observed = at(0)) =>
    lookOf({ posts: shown(known, range(3, 20)), window: whole(range(3, 20)), observed });

  test('are gone when they are gone by id', async () => {
    const judged = await judgeLook(registeredPage(), look(), known, confirming());
    expect(judged).toMatchObject({ look: { outcome: 'ok', cause: '' }, doubt: null, whole: true });
    expect(judged.gone.map(({ postId }) => postId)).toEqual([1, 2]);
  });

  test('stay when they are there by id, and are asked for once a day', async () => {
    const asking = confirming([1, 2]);
    const judged = await judgeLook(registeredPage(), look(), known, asking);
    expect(judged).toMatchObject({ look: { outcome: 'ok' }, gone: [], doubt: { kind: 'unlisted' } });
    const page = registeredPage({ lookDoubt: JSON.stringify(judged.doubt) });
    const soon = await judgeLook(page, look(at(20)), known, asking);
    expect(asking.asked).toHaveLength(1);
    expect(soon.look.outcome).toBe('ok');
    await judgeLook(registeredPage({ lookDoubt: JSON.stringify(soon.doubt) }), look(at(25)), known, asking);
    expect(asking.asked).toHaveLength(2);
  });

  test('stay when nobody could be asked, which the outcome says', async () => {
    const judged = await judgeLook(registeredPage(), look(), known, nobody);
    expect(judged.gone).toEqual([]);
    expect(judged.look).toMatchObject({
      outcome: 'ok',
      cause: expect.stringContaining('network: no answer'),
    });
  });

  test('named as removed by the network they are asked for as well', async () => {
    const named = lookOf({ posts: shown(known, range(3, 20)), removed: [1], window: null });
    expect((await judgeLook(registeredPage(), named, known, confirming([1]))).gone).toEqual([]);
    expect((await judgeLook(registeredPage(), named, known, confirming())).gone).toHaveLength(1);
  });

  test('shown as removed with all their fields they are asked for too', async () => {
    const removed = shown(known, [1]).map((post) => ({ ...post, removed: true }));
    const look = lookOf({ posts: [...shown(known, range(3, 20)), ...removed], window: null });
    const there = await judgeLook(registeredPage(), look, known, confirming([1]));
    expect(there.gone).toEqual([]);
    expect(there.look.posts).toHaveLength(18);
    expect((await judgeLook(registeredPage(), look, known, confirming())).gone).toHaveLength(1);
  });
});

describe('items that are no posts', () => {
  const known = knownPosts(3);

  test('as many as posts make an answer suspect; what is good in it is kept', async () => {
    const look = lookOf({ posts: shown(known, [1, 2, 3]), dropped: { no_date: 3 } });
    const judged = await judgeLook(registeredPage(), look, known, confirming());
    expect(judged.look).toMatchObject({ outcome: 'suspect', cause: expect.stringContaining('no_date 3') });
    expect(judged.look.posts).toHaveLength(3);
  });

  test('a few leave the look well, but not the mark of new posts, until they are the same for hours', async () => {
    const look = (observed: Date) =>
      lookOf({ posts: shown(known, [1, 2, 3]), dropped: { no_date: 1 }, observed });
    const judged = await judgeLook(registeredPage(), look(at(0)), known, confirming());
    expect(judged).toMatchObject({ look: { outcome: 'ok' }, whole: false });
    const page = registeredPage({ lookDoubt: JSON.stringify(judged.doubt) });
    expect((await judgeLook(page, look(at(5)), known, confirming())).whole).toBe(false);
    expect((await judgeLook(page, look(at(6)), known, confirming())).whole).toBe(true);
  });

  test('move the mark beside posts that are there without being listed', async () => {
    const known = knownPosts(20);
    const look = (observed: Date) =>
      lookOf({
        posts: shown(known, range(3, 20)),
        window: whole(range(3, 20)),
        dropped: { no_date: 1 },
        observed,
      });
    const judged = await judgeLook(registeredPage(), look(at(0)), known, confirming([1, 2]));
    const page = registeredPage({ lookDoubt: JSON.stringify(judged.doubt) });
    const later = await judgeLook(page, look(at(6)), known, confirming([1, 2]));
    expect([judged.whole, later.whole]).toEqual([false, true]);
  });

  test('ordinary ones are no reason for doubt', async () => {
    const look = lookOf({ posts: shown(known, [1]), dropped: { service: 5, postponed: 2 } });
    expect(await judgeLook(registeredPage(), look, known, confirming())).toMatchObject({
      doubt: null,
      whole: true,
    });
  });

  test('posts of the future are none of them: counted, and their ids are there', async () => {
    const future = observedPost({ postId: 3, published: at(400 * 24) });
    const look = lookOf({ posts: [future, ...shown(known, [1, 2])], window: whole([1, 2, 3]) });
    const judged = await judgeLook(registeredPage(), look, known, confirming());
    expect(judged.look.posts.map(({ postId }) => postId)).toEqual([1, 2]);
    expect(judged.look.dropped).toEqual({ future_date: 1 });
    expect(judged).toMatchObject({ gone: [], whole: false });
  });
});

describe('doubts of the source itself', () => {
  const doubt = { kind: 'no_posts', detail: 'VK counts 300 posts and shows none' } as const;

  test('make a look suspect, and are kept until the same is seen hours later', async () => {
    const look = (observed: Date) => lookOf({ outcome: 'empty', doubt, observed });
    const judged = await judgeLook(registeredPage(), look(at(0)), new Map(), confirming());
    expect(judged.look.outcome).toBe('suspect');
    expect(readDoubt(JSON.stringify(judged.doubt))).toEqual(judged.doubt);
    const page = registeredPage({ lookDoubt: JSON.stringify(judged.doubt) });
    expect((await judgeLook(page, look(at(6)), new Map(), confirming())).look.outcome).toBe('empty');
  });

  test('on the way through a gap do not hide what was found', async () => {
    const known = knownPosts(3);
    const look = lookOf({ outcome: 'error', cause: 'a gap', doubt, posts: shown(known, [1, 2, 3]) });
    const judged = await judgeLook(registeredPage(), look, known, confirming());
    expect(judged.look.outcome).toBe('suspect');
    expect(judged.look.posts).toHaveLength(3);
  });

  test('a look that failed stays as it is, and so does the doubt before it', async () => {
    const before = JSON.stringify({ kind: 'no_posts', detail: 'x', since: at(-1).toISOString() });
    const look = lookOf({ outcome: 'error', cause: 'network: away', posts: [] });
    const judged = await judgeLook(registeredPage({ lookDoubt: before }), look, knownPosts(3), confirming());
    expect(judged).toMatchObject({
      look: { outcome: 'error' },
      gone: [],
      doubt: { since: at(-1).toISOString() },
    });
  });
});
