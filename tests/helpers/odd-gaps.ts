import { compare } from './odd-answers.ts';
import { openOddStack } from './odd-stack.ts';
import type { OddNetworkOf, Wall } from './odd-walls.ts';
import { live, seededRandom, wallOf } from './odd-walls.ts';

const begin = new Date('2026-02-01T03:00:00Z');
const historyFrom = '2024-01-01';
const minute = 60_000;
const away = 9 * 24;

/** So many posts appear while the collector is away. */
const missed = 330;

/** Posts appear on a wall, one every half hour up to the instant. */
function publish(wall: Wall, now: Date, count: number): void {
  for (let index = count; index > 0; index -= 1) {
    const newest = Math.max(0, ...wall.posts.map(({ id }) => id));
    wall.posts.unshift({ id: newest + 1, published: new Date(now.getTime() - index * 30 * minute) });
  }
}

/**
 * Collects walls whose past is read, is away for nine days in which much is published, meets one odd answer on the way
 * back to what is known (each wall its own kind, at its own step), and then looks once a day with good answers. Returns
 * what differs from the truth then.
 */
export async function playGap(
  networkOf: OddNetworkOf,
  { oddities, perPage, steps }: { oddities: readonly string[]; perPage: number; steps: readonly number[] },
): Promise<string[]> {
  const random = seededRandom(7);
  const cases = oddities.flatMap((oddity) => steps.map((from) => ({ oddity, from })));
  const walls = cases.map((_, index) => wallOf(1000 + index, perPage + 10, begin, random));
  const stack = await openOddStack(networkOf, walls, { at: begin, historyFrom });
  const { network, clock } = stack;
  try {
    for (const hours of [0, 12, 24 * 8, 12]) await stack.collect(hours);
    const back = new Date(clock.now().getTime() + away * 60 * minute);
    for (const wall of walls) publish(wall, back, missed);
    for (const [index, { oddity, from }] of cases.entries())
      network.arm(walls[index] as Wall, oddity, 1, from);
    await stack.collect(away);
    network.disarm();
    for (let day = 0; day < 5; day += 1) {
      for (const wall of walls) live(wall, clock.now(), random);
      await stack.collect(24);
    }
    const differences = await compare(stack, walls);
    return differences.map((each) => {
      const index = walls.findIndex(({ name }) => each.startsWith(`${name} `));
      const { oddity, from } = cases[index] ?? { oddity: '', from: 0 };
      return `${oddity}, from answer ${from}: ${each}`;
    });
  } finally {
    await stack.close();
  }
}
