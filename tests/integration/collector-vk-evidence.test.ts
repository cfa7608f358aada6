import { afterEach, describe, expect, test } from 'vitest';
import { setClock } from '../helpers/collector-clocks.ts';
import { refusal } from '../helpers/scripted-vk.ts';
import {
  chunksOf,
  closeSource,
  hours,
  looksOf,
  now,
  requestsFor,
  sourceOf,
  wallOf,
  well,
} from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeSource()).toEqual([]);
});

/** The look at one page whose wall answers so. */
async function lookAt(wall: Parameters<typeof well>[0], since: Date | null = null) {
  const { source } = await sourceOf(well(wall));
  return { source, look: (await looksOf(source, requestsFor(1, { since }))).get(1) };
}

describe('a look', () => {
  test('at a wall that is said to be empty shows a window on nothing, weakly proven', async () => {
    const { look } = await lookAt(() => ({ count: 0, items: [] }));
    expect(look).toMatchObject({
      outcome: 'empty',
      doubt: null,
      window: { after: null, ids: [], proof: 'weak' },
    });
  });

  test('that shows no posts of a wall with some is doubtful', async () => {
    const detail = 'no posts are shown, though the wall is said to have some';
    for (const count of [339, 340]) {
      const { look } = await lookAt(() => ({ count, items: [] }));
      expect(look).toMatchObject({ window: null, posts: [], doubt: { kind: 'no_posts', detail } });
      await closeSource();
    }
    const { look } = await lookAt(() => ({ items: [] }));
    expect(look?.doubt).toMatchObject({ kind: 'no_posts' });
  });

  test('of which half are no posts of the page is doubtful; fewer are counted, and close the window', async () => {
    const foreign = (every: number) => (owner: number, offset: number, count: number) => {
      const { items, ...wall } = wallOf(owner, 50, offset, count);
      return {
        ...wall,
        items: items.map((item, index) => (index % every ? item : { ...item, owner_id: -999 })),
      };
    };
    const all = await lookAt(foreign(1));
    expect(all.look).toMatchObject({
      window: null,
      dropped: { other_wall: 20 },
      doubt: { kind: 'dropped', detail: 'at least half of the items are no posts of this page: other_wall' },
    });
    await closeSource();
    const half = await lookAt(foreign(2));
    expect(half.look).toMatchObject({ posts: { length: 10 }, window: null, doubt: { kind: 'dropped' } });
    await closeSource();
    const some = await lookAt(foreign(3));
    expect(some.look).toMatchObject({ dropped: { other_wall: 7 }, window: null, doubt: null });
  });

  test('of posts dated ahead is doubtful', async () => {
    const { look } = await lookAt((...of) => {
      const wall = wallOf(of[0], 50, of[1], of[2]);
      for (const item of wall.items) item.date = Number(item.date) + 400 * 86_400;
      return wall;
    }, hours(10));
    expect(look).toMatchObject({ posts: { length: 20 }, window: null, doubt: { kind: 'dropped' } });
  });

  test('says how well the end of a wall is proven', async () => {
    const first = await lookAt((...of) => wallOf(of[0], 7, of[1], of[2]));
    expect(first.look?.window).toMatchObject({ after: null, proof: 'proven' });
    await closeSource();
    const later = await lookAt((...of) => {
      const wall = wallOf(of[0], 7, of[1], of[2]);
      for (const item of wall.items) item.id = Number(item.id) + 100;
      return wall;
    });
    expect(later.look?.window).toMatchObject({ after: null, proof: 'weak' });
  });

  test('whose gap is answered doubtfully has failed, and keeps what it has found', async () => {
    const { look } = await lookAt(
      (owner, offset, count) =>
        offset > 100 ? { count: 400, items: [] } : wallOf(owner, 400, offset, count),
      hours(150),
    );
    expect(look).toMatchObject({
      outcome: 'error',
      cause: 'vk: the posts behind post 286 are not shown, though the wall is said to have more',
      window: null,
      posts: { length: 115 },
      doubt: { kind: 'no_posts' },
    });
  });

  test('at a closed wall tells what the community says of itself', async () => {
    const { look } = await lookAt(() => ({ refused: 15 }));
    expect(look).toMatchObject({
      outcome: 'closed',
      state: 'closed',
      profile: { title: 'Group 1', subscribers: 10, subscribersPrecision: 'exact' },
    });
  });

  test('keeps the subscribers when its gap could not be filled', async () => {
    const { look } = await lookAt(
      (owner, offset, count) => (offset > 0 ? { refused: 1 } : wallOf(owner, 400, offset, count)),
      hours(150),
    );
    expect(look).toMatchObject({ posts: { length: 20 }, profile: { subscribers: 10 } });
  });
});

describe('a history', () => {
  test('has an answer that leaves items out asked for again, and counts what the second leaves out', async () => {
    let spoilt = 1;
    const { source } = await sourceOf(
      well((owner, offset, count) => {
        const wall = wallOf(owner, 150, offset, count);
        if (offset === 0 && spoilt-- > 0) for (const item of wall.items.slice(0, 30)) delete item.date;
        return wall;
      }),
    );
    const chunks = await chunksOf(source);
    expect(chunks.map(({ dropped, reached }) => [dropped, reached])).toEqual([
      [{}, null],
      [{}, null],
      [{}, 'proven'],
    ]);
    expect(new Set(chunks.flatMap(({ posts }) => posts.map(({ postId }) => postId))).size).toBe(150);
  });

  test('ends for this run at a doubt, gives what is good in it, and goes on when answers are good', async () => {
    let isOdd = true;
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        const wall = wallOf(owner, 300, offset, count);
        if (!isOdd || offset < 90) return wall;
        for (const [index, item] of wall.items.entries()) if (index % 2 === 0) item.owner_id = -999;
        return wall;
      }),
    );
    const [first, second, ...more] = await chunksOf(source);
    const place = { id: 201, published: hours(100), offset: 99 };
    expect([first, second, more]).toMatchObject([
      { place, reached: null, doubt: null, oldest: hours(100) },
      { place, posts: { length: 50 }, oldest: null, reached: null, cause: '', doubt: { kind: 'dropped' } },
      [],
    ]);
    isOdd = false;
    calls.length = 0;
    const chunks = await chunksOf(source, { place });
    expect(chunks.at(-1)).toMatchObject({ reached: 'proven', doubt: null });
    expect(calls.map(({ parameters }) => Number(parameters.offset))).toEqual([79, 174, 269]);
  });

  test('of one page that is doubtful leaves the others, packed', async () => {
    const { source } = await sourceOf(
      well((owner, ...of) => (owner === -2 ? { count: 300, items: [] } : wallOf(owner, 150, ...of))),
    );
    const ends = new Map<number, unknown>();
    const requests = requestsFor(3).map(({ pageId, nativeId }) => {
      return { pageId, nativeId, name: null, from: hours(9_999), place: null };
    });
    for await (const { pageId, reached, doubt } of source.history(requests)) {
      ends.set(pageId, reached ?? doubt?.kind);
    }
    expect([...ends].sort()).toEqual([
      [1, 'proven'],
      [2, 'no_posts'],
      [3, 'proven'],
    ]);
  });

  test('that begins has to meet what the look has shown', async () => {
    let turn = 0;
    const { source } = await sourceOf((call) => {
      turn += call.method === 'wall.get' ? 1 : 0;
      // The look is sound; the first step of the history is that of another offset.
      const shift = turn === 2 ? 120 : 0;
      return well((owner, offset, count) => wallOf(owner, 260, offset + shift, count))(call);
    });
    await looksOf(source, requestsFor(1));
    const chunks = await chunksOf(source);
    expect(new Set(chunks.flatMap(({ posts }) => posts.map(({ postId }) => postId))).size).toBe(260);
    expect(chunks.at(-1)?.reached).toBe('proven');
  });

  test('with a place of an older version, which is none, begins anew', async () => {
    const { source, calls } = await sourceOf(well((owner, ...of) => wallOf(owner, 50, ...of)));
    await chunksOf(source, { place: { id: 110, published: null, offset: null } });
    expect(calls.map(({ parameters }) => Number(parameters.offset))).toEqual([0]);
  });
});

describe('posts asked for by their ids', () => {
  const request = { pageId: 1, nativeId: 1, name: null, ids: [1, 2, 3, 9] };
  const post = (id: number, more: object = {}) => {
    return { id, owner_id: -1, from_id: -1, date: Date.parse(now) / 1000 - 60, text: 'x', ...more };
  };

  test('are there or gone, and cost nothing of the quota of walls', async () => {
    const clock = setClock(now);
    const { source, calls } = await sourceOf(
      () => ({ response: { items: [post(1), post(3, { is_deleted: true })] } }),
      { clock },
    );
    expect(await source.confirm(request)).toMatchObject({
      observed: new Date(now),
      there: [1],
      gone: [3, 2, 9],
      posts: [{ postId: 1, text: 'x' }],
      cause: '',
    });
    expect(calls.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['wall.getById', { posts: '-1_1,-1_2,-1_3,-1_9' }],
    ]);
    expect([await source.looksUsed(), source.confirmAtOnce]).toEqual([0, 100]);
  });

  test.each([
    ['a refusal', refusal(15, 'Access denied'), 'vk:15 Access denied'],
    ['a broken shape', { response: { count: 0 } }, '`items` of wall.getById is missing'],
    ['another wall’s', { response: { items: [post(1), post(2, { owner_id: -2 })] } }, 'not asked for'],
    ['no JSON', { raw: '<html>' }, 'network: wall.getById'],
  ])('stay unknown by %s', async (_, answer, cause) => {
    const { source } = await sourceOf(() => answer);
    const known = await source.confirm(request);
    expect(known).toMatchObject({ there: [], gone: [], posts: [] });
    expect(known.cause).toContain(cause);
  });

  test('are asked for a hundred at a time; none, not at all; and not when the run is stopped', async () => {
    const { source, calls } = await sourceOf(() => ({ response: { items: [] } }));
    const ids = Array.from({ length: 101 }, (_, index) => index + 1);
    expect((await source.confirm({ ...request, ids })).gone).toEqual(ids);
    expect(calls).toHaveLength(2);
    expect(await source.confirm({ ...request, ids: [] })).toMatchObject({ gone: [], cause: '' });
    const stopped = await source.confirm(request, AbortSignal.abort());
    expect(stopped).toMatchObject({ there: [], gone: [], cause: 'stopped' });
    expect(calls).toHaveLength(2);
  });
});
