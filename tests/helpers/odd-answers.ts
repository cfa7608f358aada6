import { refreshRollups, verifyRollups } from '#analytics/rollups/rollups.ts';
import { listOwedDays, settleOwedDays } from '#schema/operations/owed-days.ts';
import type { OddStack } from './odd-stack.ts';
import { openOddStack } from './odd-stack.ts';
import type { OddNetworkOf, Wall } from './odd-walls.ts';
import { datesOfThePast, live, seededRandom, wallOf } from './odd-walls.ts';

const begin = new Date('2026-02-01T03:00:00Z');
const historyFrom = '2024-01-01';

/** What a story ended with, as far as it differs from the truth; and what the ledger said on the way. */
export interface StoryEnd {
  differences: string[];
  outcomes: Record<string, number>;
}

export interface Story {
  seed: number;
  walls: number;
  /** Looks while answers may be odd. */
  looks: number;
  /** The share of looks at a wall that are answered oddly. */
  odd: number;
}

/**
 * Collects walls that live on, with odd answers now and then, then for three weeks with good ones, and compares what is
 * stored with what is there: posts and their dates, deletions, how far the past is known, and the rollups.
 */
export async function playStory(networkOf: OddNetworkOf, story: Story): Promise<StoryEnd> {
  const random = seededRandom(story.seed);
  const sizes = [3, 15, 40, 120, 250, 430];
  const walls = Array.from({ length: story.walls }, (_, index) =>
    wallOf(1000 + index, sizes[index % sizes.length] ?? 20, begin, random, index % 3 === 0 ? 1 : 5),
  );
  const stack = await openOddStack(networkOf, walls, { at: begin, historyFrom });
  const { network, clock, analytics } = stack;
  const outcomes: Record<string, number> = {};
  const collect = async (hours: number) => {
    const { outcomes: seen } = await stack.collect(hours);
    for (const [name, count] of Object.entries(seen)) outcomes[name] = (outcomes[name] ?? 0) + count;
    const owed = await listOwedDays(stack.operations);
    await refreshRollups(
      analytics,
      owed.map(({ pageId, fromDay }) => ({ pageId, days: [fromDay] })),
    );
    await settleOwedDays(stack.operations, owed, clock.now());
  };
  /** The same once more, hours later. */
  const again = new Map<Wall, { oddity: string; times: number; from: number }>();
  const arm = (wall: Wall, oddity: string, most: number) => {
    const times = 1 + Math.floor(random() * most);
    network.arm(wall, oddity, times);
    if (random() < 0.3) again.set(wall, { oddity, times, from: clock.now().getTime() + 7 * 3_600_000 });
  };
  try {
    // A first answer, and a first past, may be misdated without anything to compare it with.
    if (story.odd > 0) for (const wall of walls) if (random() < 0.3) arm(wall, datesOfThePast, 6);
    for (let look = 0; look < story.looks; look += 1) {
      for (const wall of walls) {
        live(wall, clock.now(), random);
        const same = again.get(wall);
        if (same && clock.now().getTime() >= same.from) {
          again.delete(wall);
          network.arm(wall, same.oddity, same.times);
        } else if (random() < story.odd && (look > 0 || !same)) {
          arm(wall, network.oddities[Math.floor(random() * network.oddities.length)] ?? '', 3);
        }
      }
      await collect(1 + Math.floor(random() * 12));
    }
    network.disarm();
    for (const hours of [1, 7, 7, 7, 24 * 8, 7, 24 * 8, 7]) {
      for (const wall of walls) live(wall, clock.now(), random);
      await collect(hours);
    }
    const differences = [
      ...(await compare(stack, walls)),
      ...(await verifyRollups(analytics)).map((each) => `rollup ${JSON.stringify(each)}`),
    ];
    return { differences, outcomes };
  } finally {
    await stack.close();
  }
}

/** What is stored of walls and is not so. */
export async function compare(stack: OddStack, walls: readonly Wall[]): Promise<string[]> {
  const differences: string[] = [];
  const { historyFrom } = stack.analytics;
  const postsOf = Map.groupBy(await stack.posts(), ({ page }) => page);
  for (const wall of walls) {
    const page = await stack.page(wall);
    const stored = postsOf.get(page.id) ?? [];
    const byId = new Map(stored.map((row) => [row.id, row]));
    const say = (what: string) => differences.push(`${wall.name} (${wall.posts.length}): ${what}`);
    if (stored.length !== byId.size) say(`${stored.length - byId.size} posts are stored twice`);
    const missing = wall.posts.filter(({ id }) => !byId.has(id));
    if (missing.length > 0) say(`${missing.length} are not collected`);
    const deleted = wall.posts.filter(({ id }) => byId.get(id)?.deleted);
    if (deleted.length > 0) say(`${deleted.length} are taken for deleted`);
    const misdated = wall.posts.filter(({ id, published }) => {
      const row = byId.get(id);
      return row && new Date(row.published).getTime() !== published.getTime();
    });
    if (misdated.length > 0) say(`${misdated.length} have a wrong date`);
    const there = wall.gone.filter(({ id }) => byId.has(id) && !byId.get(id)?.deleted);
    if (there.length > 0) say(`${there.length} are gone and not taken for deleted`);
    if (page.historyReached !== historyFrom) say(`the past is known from ${String(page.historyReached)}`);
    if (page.lastOutcome !== 'ok') say(`the last outcome is ${String(page.lastOutcome)}`);
  }
  return differences;
}
