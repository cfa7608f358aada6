import { describe, expect, it } from 'vitest';
import { createWorld } from '../world/create.ts';
import { curatedWorld, organisationLike, pageLike, postLike } from '../world/curated.ts';
import { Truth } from './truth.ts';

const now = new Date('2026-03-10T04:00:00Z');
const week = { from: '2026-03-02', to: '2026-03-08' };
const instant = (text: string): number => Date.parse(text);
const words = (number: number): string => `Совсем другая новость под номером ${number}`;

describe('places', () => {
  it('are given within leagues, shared by ties, last for those without posts, none for the unknown', () => {
    const ids = [1, 2, 3, 4, 5, 6];
    const day = 86_400_000;
    const posts = ids.slice(0, 4).flatMap((id) =>
      Array.from({ length: 91 }, (_unused, back) => back)
        .filter((back) => back % (id === 4 ? 7 : 2) === 0)
        .map((back) =>
          postLike({
            pageId: id,
            id: 100 - back,
            published: instant('2026-03-08T04:00:00Z') - back * day,
            text: words(id * 1000 + back),
            finalViews: id <= 2 ? 500 : 100,
            finalLikes: id <= 2 ? 200 : 10,
          }),
        ),
    );
    const world = curatedWorld({
      organisations: [...ids, 7].map((id) =>
        organisationLike({ id, members: [{ on: '2026-01-01', count: id === 6 ? 900 : 50 }] }),
      ),
      pages: ids.map((id) =>
        pageLike({ id, organisationId: id, states: [{ from: 0, value: id === 6 ? 'private' : 'ok' }] }),
      ),
      posts,
    });
    const rows = new Truth(world).ranking(week, {
      now,
      historyFrom: '2025-01-01',
      snapshots: [new Date('2026-03-08T10:00:00Z'), now],
    });
    expect(rows.map(({ place, placeTo }) => [place, placeTo])).toEqual([
      [1, 2],
      [1, 2],
      [3, 3],
      [4, 4],
      [5, 5],
      [null, null],
      [null, null],
    ]);
    expect(rows[0]?.window).toEqual({ from: '2025-12-08', to: '2026-03-08' });
    expect(rows[0]?.components).toMatchObject({ frequency: 100, regularity: 100, growth: null });
    expect(rows[0]?.components.reach).toBeCloseTo((100 * 2.5) / 3);
    expect(rows[4]).toMatchObject({ index: 0, placeOf: 5, status: 'dead', league: 'branch:active:0-' });
    expect(rows[6]?.status).toBe('none');
  });

  it('of a whole seeded world are complete', () => {
    const world = createWorld({
      seed: 2,
      anchor: now,
      organisations: 45,
      zone: 'Asia/Irkutsk',
      historyWeeks: 27,
    });
    const rows = new Truth(world).ranking(
      { from: '2026-02-01', to: '2026-02-28' },
      { now, historyFrom: '2025-01-01' },
    );
    for (const [, league] of Map.groupBy(rows, (row) => row.league)) {
      const placed = league.filter((row) => row.place !== null).map((row) => row.place ?? 0);
      expect(Math.min(...placed)).toBe(1);
      expect(Math.max(...league.map((row) => row.placeTo ?? 0))).toBe(placed.length);
    }
    expect(rows.filter((row) => row.status === 'unknown').length).toBeGreaterThan(1);
    expect(rows.filter((row) => row.status === 'none').length).toBeGreaterThan(0);
  });
});
