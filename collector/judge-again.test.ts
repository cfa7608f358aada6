import { describe, expect, test } from 'vitest';
import type { Confirming } from './ask-missing.ts';
import { judgeLook } from './judge.ts';
import { lookOf, observedPost, registeredPage } from '#tests/helpers/looks.ts';
import {
  at,
  confirming,
  hour,
  knownPosts,
  nobody,
  range,
  shown,
  whole,
} from '#tests/helpers/judged-looks.ts';

describe('an odd answer that is repeated hours later', () => {
  const known = knownPosts(120);
  const look = (hours: number) =>
    lookOf({
      posts: shown(known, range(109, 120)),
      window: whole(range(109, 120)),
      observed: at(hours),
    });

  async function repeated(hours: readonly number[], asking: Confirming) {
    let judged = await judgeLook(registeredPage(), look(0), known, asking);
    for (const hour of hours) {
      const page = registeredPage({ lookDoubt: JSON.stringify(judged.doubt) });
      judged = await judgeLook(page, look(hour), known, asking);
    }
    return judged;
  }

  test.each([
    ['all are there', range(1, 120), /asked for by id, 100 of them are there/],
    ['a few are gone', range(4, 120), /asked for by id, 97 of them are there/],
  ])('stays suspect while the missing posts are there by id: %s', async (_, there, cause) => {
    const asking = confirming(there);
    const judged = await repeated([7, 8, 12, 14, 21], asking);
    expect(judged).toMatchObject({ gone: [], whole: false, doubt: { kind: 'vanished' } });
    expect(judged.look).toMatchObject({ outcome: 'suspect', cause: expect.stringMatching(cause) });
    // Asked for when it would convince, and not again before it would once more: at 7, 14 and 21 hours.
    expect(asking.asked).toHaveLength(3);
    expect(judged.doubt?.since).toBe(at(0).toISOString());
  });

  test('stays suspect while nobody could be asked, and is asked again by each look', async () => {
    const judged = await repeated([7, 8], nobody);
    expect(judged).toMatchObject({ gone: [], whole: false, look: { outcome: 'suspect' } });
    expect(judged.look.cause).toContain('could not be asked for: network: no answer');
  });

  test('convinces once those that were asked for are gone', async () => {
    const judged = await repeated([7, 14], confirming(range(2, 3)));
    expect(judged).toMatchObject({ look: { outcome: 'ok' }, whole: true, doubt: { accepted: true } });
    expect(judged.gone).toHaveLength(98);
  });
});

describe('what is passed over because it was the same for hours', () => {
  const known = knownPosts(40);
  const gap = (hours: number) =>
    lookOf({
      posts: shown(known, range(21, 40)),
      window: { after: null, ids: range(1, 40), proof: 'weak' },
      doubt: { kind: 'no_posts', detail: 'the posts behind post 41 are not shown' },
      observed: at(hours),
    });
  const after = async (look: ReturnType<typeof lookOf>, before: unknown, asking = nobody) =>
    await judgeLook(
      registeredPage({ lookDoubt: before ? JSON.stringify(before) : null }),
      look,
      known,
      asking,
    );

  test('is looked for in the past, once', async () => {
    const first = await after(gap(0), null);
    const second = await after(gap(7), first.doubt);
    const third = await after(gap(14), second.doubt);
    expect([first, second, third].map(({ look, passedOver }) => [look.outcome, passedOver])).toEqual([
      ['suspect', false],
      ['ok', true],
      ['ok', false],
    ]);
  });

  test('is never an answer without a single post of a page whose posts are there', async () => {
    const foreign = (hours: number) => lookOf({ dropped: { foreign_owner: 20 }, observed: at(hours) });
    const asking = confirming(range(1, 40));
    const first = await after(foreign(0), null, asking);
    const second = await after(foreign(7), first.doubt, asking);
    expect(second).toMatchObject({ gone: [], whole: false, look: { outcome: 'suspect' } });
    expect(asking.asked.flat().length).toBeGreaterThan(0);
  });
});

test('posts that are gone convince although new ones come between the looks', async () => {
  const known = knownPosts(60);
  const left = range(1, 60).filter((id) => id % 2 === 0);
  const look = (hours: number, newest: number) =>
    lookOf({
      posts: shown(
        known,
        left.filter((id) => id > newest - 40),
      ),
      window: { after: known.get(newest - 40)?.published ?? null, ids: left, proof: 'weak' },
      observed: at(hours),
    });
  const first = await judgeLook(registeredPage(), look(0, 60), known, nobody);
  expect(first.look.outcome).toBe('suspect');
  const page = registeredPage({ lookDoubt: JSON.stringify(first.doubt) });
  const second = await judgeLook(page, look(7, 62), known, confirming(left));
  expect(second.look.outcome).toBe('ok');
  expect(second.gone.length).toBeGreaterThan(15);
});

describe('an answer with other dates', () => {
  const known = knownPosts(20);
  const early = (ids: readonly number[], rows = known) =>
    shown(rows, ids).map((post) => ({
      ...post,
      published: new Date(post.published.getTime() - 9600 * hour),
    }));
  const fresh = observedPost({ postId: 99, published: at(-9601) });

  test('is suspect; what it shows of known posts is kept, and new ones wait', async () => {
    const look = lookOf({ posts: [fresh, ...early(range(1, 20))], window: { after: at(-20_000), ids: [] } });
    const judged = await judgeLook(registeredPage(), look, known, confirming());
    expect(judged).toMatchObject({ gone: [], whole: false, redated: false, doubt: { kind: 'redated' } });
    expect(judged.look).toMatchObject({
      outcome: 'suspect',
      cause: expect.stringContaining('20 of 20 known posts have other dates'),
      dropped: { doubtful_date: 1 },
    });
    expect(judged.look.posts).toHaveLength(20);
  });

  test('is suspect when all it shows is new, and would have been shown by the last look', async () => {
    const look = (hours: number) =>
      lookOf({ posts: range(21, 40).map((postId) => ({ ...fresh, postId })), observed: at(hours) });
    const read = { lastSuccess: at(-2) };
    const judged = await judgeLook(registeredPage(read), look(0), known, confirming());
    expect(judged.look).toMatchObject({ outcome: 'suspect', posts: [], dropped: { doubtful_date: 20 } });
    expect(judged.look.cause).toContain('20 new posts are dated before the last look');
    const page = registeredPage({ ...read, lookDoubt: JSON.stringify(judged.doubt) });
    const later = await judgeLook(page, look(6), known, confirming());
    expect(later.look).toMatchObject({ outcome: 'ok', dropped: {} });
    expect(later.look.posts).toHaveLength(20);
    // What was never known, or was never read, cannot have been shown.
    expect((await judgeLook(registeredPage(read), look(0), new Map(), confirming())).look.outcome).toBe('ok');
    expect((await judgeLook(registeredPage(), look(0), known, confirming())).look.outcome).toBe('ok');
  });

  test('is believed when its posts showed the same dates hours ago, and deletes nothing by them', async () => {
    const doubted = new Map(
      [...known].map(([id, row]) => [
        id,
        {
          ...row,
          otherPublished: new Date(row.published.getTime() - 9600 * hour),
          otherSince: at(-7),
        },
      ]),
    );
    const look = lookOf({
      posts: early(range(11, 20), known),
      window: { after: at(-20_000), ids: range(11, 20) },
    });
    const judged = await judgeLook(registeredPage(), look, doubted, confirming());
    expect(judged).toMatchObject({ look: { outcome: 'ok' }, gone: [], redated: true });
  });

  test('for a post or two is none to doubt', async () => {
    const look = lookOf({ posts: [...early([1, 2]), ...shown(known, range(3, 20))] });
    const judged = await judgeLook(registeredPage(), look, known, confirming());
    expect(judged).toMatchObject({ look: { outcome: 'ok' }, doubt: null, redated: false, whole: true });
  });
});

describe('posts that a page hides, and that are there by id', () => {
  const known = knownPosts(40);
  const hidden = [25, 28, 31, 34, 37, 39];
  const listed = range(21, 40).filter((id) => !hidden.includes(id));
  const look = (hours: number) =>
    lookOf({
      posts: shown(known, listed),
      window: { after: known.get(20)?.published ?? null, ids: listed },
      observed: at(hours),
    });

  test('are a remark after a day; they are asked for daily, and go in two steps when they are gone', async () => {
    let doubt: unknown = null;
    const seen: unknown[] = [];
    const lookAt = async (hours: number, there: readonly number[]) => {
      const asking = confirming(there);
      const page = registeredPage({ lookDoubt: doubt === null ? null : JSON.stringify(doubt) });
      const judged = await judgeLook(page, look(hours), known, asking);
      ({ doubt } = judged);
      seen.push([hours, judged.look.outcome, judged.whole, asking.asked.flat().length, judged.gone.length]);
      return judged;
    };
    const all = range(1, 40);
    for (const hours of [0, 7, 14, 21]) await lookAt(hours, all);
    const accepted = await lookAt(28, all);
    expect(accepted.look.cause).toBe('6 posts that the page does not show are there');
    for (const hours of [29, 53]) await lookAt(hours, all);
    for (const hours of [80, 81, 87]) await lookAt(hours, listed);
    expect(seen).toEqual([
      [0, 'suspect', false, 0, 0],
      [7, 'suspect', false, 6, 0],
      [14, 'suspect', false, 6, 0],
      [21, 'suspect', false, 6, 0],
      [28, 'ok', true, 6, 0],
      [29, 'ok', true, 0, 0],
      [53, 'ok', true, 6, 0],
      [80, 'suspect', false, 6, 0],
      [81, 'suspect', false, 6, 0],
      [87, 'ok', true, 6, 6],
    ]);
  });
});

test('what cannot be of posts asked for by id is unknown, and named', async () => {
  const known = knownPosts(20);
  const listed = range(2, 20);
  const odd = { views: 2 ** 40, likes: 0, comments: null, reposts: 1 };
  const asking: Confirming = {
    confirmAtOnce: 100,
    confirm: ({ ids }) =>
      Promise.resolve({
        observed: at(0),
        ...{ there: [...ids], gone: [], cause: '' },
        posts: shown(known, ids).map((post) => ({ ...post, counters: odd })),
      }),
  };
  const look = lookOf({ posts: shown(known, listed), window: whole(listed), observed: at(0) });
  const judged = await judgeLook(registeredPage(), look, known, asking);
  expect(judged.look.cause).toBe(`values that cannot be were left out: views of post 1 ${2 ** 40}`);
  expect(judged.asked.map(({ counters }) => counters.views)).toEqual([null]);
});
