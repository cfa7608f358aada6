import { afterEach, describe, expect, test } from 'vitest';
import type { ShownWall } from '../helpers/vk-source.ts';
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

describe('a look', () => {
  test('that is short, holed or misdated is asked for again, and what is behind is read', async () => {
    const ways: [string, (items: ShownWall['items']) => ShownWall['items'], number][] = [
      ['cut', (items) => items.slice(0, 5), 20],
      ['hole', (items) => [...items.slice(0, 2), ...items.slice(10)], 20],
      ['early', (items) => items.map((item) => ({ ...item, date: Number(item.date) - 400 * 86_400 })), 20],
      [
        'half early',
        (items) => items.map((item, at) => (at < 9 ? item : { ...item, date: 1_700_000_000 - at })),
        20,
      ],
    ];
    for (const [way, spoilt, shown] of ways) {
      let isOdd = false;
      const { source, calls } = await sourceOf(
        well((owner, offset, count) => {
          const { items } = wallOf(owner, 50, offset, count);
          const shown = isOdd ? spoilt(items) : items;
          isOdd = false;
          return { count: 50, items: shown };
        }),
      );
      await looksOf(source, requestsFor(1));
      calls.length = 0;
      isOdd = true;
      const look = (await looksOf(source, requestsFor(1))).get(1);
      expect([way, look?.outcome, look?.posts.length, calls.length]).toEqual([way, 'ok', shown, 3]);
      expect(look?.window?.ids).toHaveLength(20);
      for (const { published, postId } of look?.posts ?? []) expect(published).toEqual(hours(51 - postId));
      await closeSource();
    }
  });

  test('without some new posts, which VK counts, is asked for again; with hidden ones only the first time', async () => {
    let [size, hidden, isOdd] = [50, 0, false];
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        const items = wallOf(owner, size, offset, count + 9).items.map((item) => {
          return { ...item, date: Date.parse(now) / 1000 - (60 - Number(item.id)) * 3600 };
        });
        // A hole that is filled from further on: as many are shown as were asked for.
        const shown = isOdd ? [...items.slice(0, 1), ...items.slice(4)] : items;
        isOdd = false;
        return { count: size + hidden, items: shown.slice(0, count - hidden) };
      }),
    );
    const asked = async () => {
      calls.length = 0;
      const look = (await looksOf(source, requestsFor(1))).get(1);
      return [look?.posts.length, calls.length - 1];
    };
    expect(await asked()).toEqual([20, 1]);
    [size, isOdd] = [56, true];
    expect(await asked()).toEqual([23, 2]);
    hidden = 3;
    expect([await asked(), await asked()]).toEqual([
      [17, 2],
      [17, 1],
    ]);
  });

  test('that cannot be asked for again has failed, and keeps what it has shown unless dates were odd', async () => {
    for (const [isEarly, kept] of [
      [false, 5],
      [true, 0],
    ] as const) {
      let turn = 0;
      const { source } = await sourceOf(
        well((owner, offset, count) => {
          turn += 1;
          if (turn > 2) return { refused: 15 };
          const { items } = wallOf(owner, 50, offset, count);
          const early = items.map((item) => ({ ...item, date: Number(item.date) - 400 * 86_400 }));
          return { count: 50, items: turn === 1 ? items : isEarly ? early : items.slice(0, 5) };
        }),
      );
      await looksOf(source, requestsFor(1));
      const look = (await looksOf(source, requestsFor(1))).get(1);
      expect(look).toMatchObject({ outcome: 'closed', window: null, posts: { length: kept } });
      await closeSource();
    }
  });

  test('whose gap is answered by the first few posts once has them all', async () => {
    let turn = 0;
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        turn += 1;
        const { items } = wallOf(owner, 400, offset, count);
        return { count: 400, items: turn === 2 ? items.slice(0, 5) : items };
      }),
    );
    const look = (await looksOf(source, requestsFor(1, { since: hours(250) }))).get(1);
    const ids = new Set(look?.posts.map(({ postId }) => postId));
    for (let id = 400; id > 150; id -= 1) expect(ids).toContain(id);
    expect(look).toMatchObject({ outcome: 'ok', doubt: null });
    expect(calls.length).toBeLessThanOrEqual(7);
  });

  test('passes over what its gap hides once that was so for hours, and says so', async () => {
    // VK counts posts that it does not show: their places stay empty, or are filled from further on.
    const hiding = (from: number, to: number, but: number) => (owner: number, offset: number, size: number) =>
      wallOf(owner, 400, offset, size).items.filter(
        ({ id }) => Number(id) > from || Number(id) <= to || id === but,
      );
    const hidden: [string, (owner: number, offset: number, count: number) => ShownWall['items']][] = [
      ['130 in a row', hiding(340, 210, 0)],
      ['180 but for one of them', hiding(340, 160, 300)],
    ];
    for (const [what, itemsAt] of hidden) {
      const { source } = await sourceOf(well((...of) => ({ count: 400, items: itemsAt(...of) })));
      const asked = async (accepts: readonly string[]) => {
        return (await looksOf(source, requestsFor(1, { since: hours(300), accepts }))).get(1);
      };
      const first = await asked([]);
      const detail = first?.doubt?.detail ?? '';
      expect([what, first?.outcome, detail]).toEqual([what, 'error', expect.stringContaining('not shown')]);
      const later = await asked(['another', detail]);
      expect(later).toMatchObject({
        outcome: 'ok',
        doubt: { kind: 'no_posts', detail },
        note: `passed over: ${detail}`,
        window: { after: hours(20) },
      });
      const ids = new Set(later?.posts.map(({ postId }) => postId));
      for (const id of [400, 341, 160, 101]) expect(ids).toContain(id);
      await closeSource();
    }
  });

  test('of a gap that shows one post of a hundred and thirty has what stands behind it', async () => {
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        const { items } = wallOf(owner, 400, offset, count);
        return {
          count: 400,
          items: items.filter(({ id }) => Number(id) > 340 || Number(id) <= 210 || id === 300),
        };
      }),
    );
    const look = (await looksOf(source, requestsFor(1, { since: hours(300) }))).get(1);
    const ids = new Set(look?.posts.map(({ postId }) => postId));
    for (const id of [341, 300, 210, 101]) expect(ids).toContain(id);
    expect(look).toMatchObject({ outcome: 'ok', doubt: null });
    expect(calls.length).toBeLessThanOrEqual(16);
  });

  test('reads what stands behind newest posts half of which are none, once that was so for hours', async () => {
    const { source } = await sourceOf(
      well((owner, offset, count) => {
        const { items, ...wall } = wallOf(owner, 400, offset, count);
        const isOdd = ({ id }: ShownWall['items'][number]) => Number(id) > 380 && Number(id) % 2 === 0;
        return { ...wall, items: items.map((item) => (isOdd(item) ? { ...item, owner_id: -999 } : item)) };
      }),
    );
    const asked = async (accepts: readonly string[]) => {
      return (await looksOf(source, requestsFor(1, { since: hours(100), accepts }))).get(1);
    };
    const first = await asked([]);
    expect(first).toMatchObject({ posts: { length: 10 }, doubt: { kind: 'dropped' } });
    const later = await asked([first?.doubt?.detail ?? '']);
    expect(later).toMatchObject({ outcome: 'ok', window: null, doubt: { kind: 'dropped' } });
    expect(later?.posts.length).toBeGreaterThanOrEqual(90);
  });

  test('whose gap comes to the wanted instant by every second post has all of them', async () => {
    let turn = 0;
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        turn += 1;
        const { items } = wallOf(owner, 400, offset, turn === 2 ? 2 * count : count);
        return { count: 400, items: turn === 2 ? items.filter((_, index) => index % 2 === 0) : items };
      }),
    );
    const look = (await looksOf(source, requestsFor(1, { since: hours(90) }))).get(1);
    const ids = new Set(look?.posts.map(({ postId }) => postId));
    for (let id = 400; id > 310; id -= 1) expect(ids).toContain(id);
    expect(look).toMatchObject({ outcome: 'ok', doubt: null, note: '' });
    expect(calls.length).toBeLessThanOrEqual(8);
  });

  test('with two pinned posts that lack their mark covers the others', async () => {
    const wall = (owner: number, offset: number, size: number) => {
      const { count, items } = wallOf(owner, 50, offset, size);
      const old = [30, 9].map((id) => ({ ...items[0], id, date: Date.parse(now) / 1000 - (51 - id) * 3600 }));
      return { count, items: [...old, ...items.slice(0, 18)] };
    };
    const { source } = await sourceOf(well(wall));
    const look = (await looksOf(source, requestsFor(1))).get(1);
    expect(look?.window).toMatchObject({ after: hours(18) });
  });
});

test('a past whose answers never agree is read on, and says so once', async () => {
  let turn = 0;
  const { source } = await sourceOf(
    well((owner, offset, count) => {
      turn += 1;
      const { items } = wallOf(owner, 300, offset, count);
      return { count: 300, items: items.filter((_, index) => (index + turn) % 9 !== 0) };
    }),
  );
  const chunks = await chunksOf(source);
  const ids = new Set(chunks.flatMap(({ posts }) => posts.map(({ postId }) => postId)));
  expect([ids.size, chunks.at(-1)?.reached]).toEqual([300, 'weak']);
  expect(chunks.map(({ note }) => note).filter((note) => note !== '')).toEqual([
    'history: vk shows the same posts differently each time',
  ]);
});
