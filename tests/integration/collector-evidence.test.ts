import { afterEach, describe, expect, test } from 'vitest';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { insertPosts, posts } from '#schema/observations/tables/posts.ts';
import { decodeRow, selectList } from '#schema/observations/table.ts';
import { updatePage } from '#schema/operations/pages.ts';
import { compare } from '../helpers/odd-answers.ts';
import type { OddStack } from '../helpers/odd-stack.ts';
import { openOddStack } from '../helpers/odd-stack.ts';
import { oddNetworks } from '../helpers/odd-networks.ts';
import { oddTelegram } from '../helpers/odd-telegram.ts';
import { oddVk } from '../helpers/odd-vk.ts';
import type { Wall } from '../helpers/odd-walls.ts';
import { datesOfThePast, seededRandom, wallOf } from '../helpers/odd-walls.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects weeks of walls with one odd answer at each place');

const at = new Date('2026-02-01T03:00:00Z');
const week = 7 * 24;
let stack: OddStack;

afterEach(async () => {
  await stack.close();
});

/** A wall of so many posts. */
function wallWith(size: number, id = 1000): Wall {
  return wallOf(id, size, at, seededRandom(size), 5);
}

async function open(networkOf: (typeof oddNetworks)[number][1], ...walls: Wall[]): Promise<OddStack> {
  stack = await openOddStack(networkOf, walls, { at, historyFrom: '2024-01-01' });
  return stack;
}

/** All rows of posts, to be written again as something wrong. */
async function rowsOf({ observations }: OddStack): Promise<PostRow[]> {
  const rows = await observations.rows<Record<string, unknown>>(
    `SELECT ${selectList(posts)} FROM ${observations.tables.posts} FINAL`,
  );
  return rows.map((row) => decodeRow(posts, row));
}

describe.each(oddNetworks)('%s', (_, networkOf, oddities) => {
  /** A wall of so many posts for each way of answering oddly. */
  const wallsWith = (size: number): [string, Wall][] =>
    oddities.map((oddity, index) => [oddity, wallWith(size, 1000 + index)]);

  test('one odd answer to a look at a known wall deletes nothing, and the next good one makes all whole', async () => {
    const walls = wallsWith(120);
    const all = walls.map(([, wall]) => wall);
    const { network, collect } = await open(networkOf, ...all);
    await collect();
    await collect(1);
    expect(await compare(stack, all)).toEqual([]);
    for (const [oddity, wall] of walls) network.arm(wall, oddity, 1);
    await collect(1);
    expect((await stack.posts()).filter(({ deleted }) => deleted)).toEqual([]);
    for (const wall of all) expect((await stack.page(wall)).historyReached).toBe('2024-01-01');
    network.disarm();
    await collect(1);
    expect(await compare(stack, all)).toEqual([]);
  });

  test('one odd answer while new posts appear loses none of them', async () => {
    const walls = wallsWith(60);
    const all = walls.map(([, wall]) => wall);
    const { network, collect, clock } = await open(networkOf, ...all);
    await collect();
    for (const [oddity, wall] of walls) {
      const newest = wall.posts[0]?.id ?? 0;
      for (let index = 1; index <= 45; index += 1) {
        const published = new Date(clock.now().getTime() + index * 1000);
        wall.posts.unshift({ id: newest + index, published });
      }
      network.arm(wall, oddity, 1);
    }
    await collect(2);
    network.disarm();
    await collect(1);
    await collect(1);
    expect(await compare(stack, all)).toEqual([]);
  });

  test('one odd answer anywhere in a first history is asked for again', async () => {
    const walls = [1, 3].flatMap((number) =>
      oddities.map((oddity, index) => ({ number, oddity, wall: wallWith(250, number * 1000 + index) })),
    );
    const all = walls.map(({ wall }) => wall);
    const { network, collect } = await open(networkOf, ...all);
    for (const { wall, oddity, number } of walls) network.arm(wall, oddity, 1, number);
    await collect();
    network.disarm();
    // The same answers for hours, then the second reading a week later, and that of dates which it finds to be others.
    for (const hours of [1, 7, week + 1, 7]) await collect(hours);
    expect(await compare(stack, all)).toEqual([]);
  });

  test('a few posts that go are gone at once, many only when it is said twice, hours apart', async () => {
    const wall = wallWith(80);
    const { collect } = await open(networkOf, wall);
    await collect();
    wall.gone.push(...wall.posts.splice(3, 2));
    await collect(1);
    expect(await compare(stack, [wall])).toEqual([]);
    wall.gone.push(...wall.posts.splice(2, 12));
    const { outcomes } = await collect(1);
    expect(outcomes.suspect).toBe(1);
    expect((await stack.posts(wall)).filter(({ deleted }) => deleted)).toHaveLength(2);
    expect((await collect(5)).outcomes.suspect).toBe(1);
    expect((await collect(1)).outcomes.ok).toBe(1);
    expect(await compare(stack, [wall])).toEqual([]);
  });

  test('a wall whose posts are all gone is empty when it has said so for hours', async () => {
    const wall = wallWith(30);
    const { collect } = await open(networkOf, wall);
    await collect();
    wall.gone.push(...wall.posts.splice(0));
    expect((await collect(1)).outcomes.suspect).toBe(1);
    await collect(7);
    // Where each is asked for singly, they go in portions.
    await collect(1);
    expect((await stack.posts(wall)).filter(({ deleted }) => deleted)).toHaveLength(30);
    expect((await stack.page(wall)).lastOutcome).toBe('empty');
  });

  test('what an earlier version deleted and completed wrongly is asked for again, once', async () => {
    const wall = wallWith(300);
    const { collect, observations, operations } = await open(networkOf, wall);
    await collect();
    const rows = await rowsOf(stack);
    const wrong = rows.filter(({ postId }) => postId % 2 === 0);
    const deleted = new Date(at.getTime() + 1000);
    await insertPosts(
      observations,
      wrong.map((row) => ({ ...row, deleted })),
    );
    await updatePage(operations, (await stack.page(wall)).id, { review: 'due' });
    await collect(1);
    expect(await compare(stack, [wall])).toEqual([]);
    const back = (await stack.posts(wall)).filter(({ returned }) => returned);
    expect(back).toHaveLength(wrong.length);
    expect(new Date(back[0]?.last_deleted ?? '').getTime()).toBe(deleted.getTime());
    expect(new Date(back[0]?.returned ?? '').getTime()).toBe(stack.clock.now().getTime());
    expect((await stack.page(wall)).review).toContain('done');
  });

  test('a post that comes back is back at the weekly look, at any depth', async () => {
    const wall = wallWith(300);
    const { collect, observations } = await open(networkOf, wall);
    await collect();
    const deep = (await rowsOf(stack)).filter(({ postId }) => postId === wall.posts[250]?.id);
    expect(deep).toHaveLength(1);
    await insertPosts(
      observations,
      deep.map((row) => ({ ...row, deleted: at })),
    );
    await collect(1);
    expect((await stack.posts(wall)).filter((row) => row.deleted)).toHaveLength(1);
    await collect(week);
    expect(await compare(stack, [wall])).toEqual([]);
    expect((await stack.posts(wall)).filter(({ returned }) => returned)).toHaveLength(1);
  });

  test('items that are no posts whenever asked for, and get more, end a past after hours, and are counted', async () => {
    const wall = wallWith(300);
    const { collect, observations } = await open(networkOf, wall);
    const dropped = async () => {
      const [outcome] = await observations.rows<{ dropped: Record<string, number> }>(
        `SELECT dropped FROM ${observations.tables.outcomes} FINAL ORDER BY slot DESC LIMIT 1`,
      );
      return Object.values(outcome?.dropped ?? {});
    };
    for (const [hours, broken, said, reached] of [
      [0, 5, [5], false],
      [1, 6, [6], false],
      // Seen twice, it is looked at again when that would convince.
      [1, 7, [], false],
      [5, 8, [8], true],
      [1, 9, [], true],
    ] as const) {
      wall.broken = new Set(wall.posts.slice(150, 150 + broken).map(({ id }) => id));
      await collect(hours);
      expect([hours, broken, await dropped()]).toEqual([hours, broken, said]);
      expect((await stack.page(wall)).historyReached === '2024-01-01').toBe(reached);
    }
    expect(await stack.posts(wall)).toHaveLength(295);
  });

  test('a wall that is misdated at its first look, and its past ended by that, gets the right dates', async () => {
    const wall = wallWith(150);
    stack = await openOddStack(networkOf, [wall], { at, historyFrom: '2024-10-01' });
    const { network, collect } = stack;
    network.arm(wall, datesOfThePast, 999);
    await collect();
    expect(await compare(stack, [wall])).not.toEqual([]);
    network.disarm();
    expect((await collect(1)).outcomes.suspect).toBe(1);
    // Twice for what a look shows; what is behind it is read twice from then on.
    expect((await collect(7)).outcomes.ok).toBe(1);
    await collect(7);
    expect(await compare(stack, [wall])).toEqual([]);
  });

  test('an odd answer that goes on for hours deletes nothing, and no new post is lost by it', async () => {
    const wall = wallWith(60);
    const { network, collect, clock } = await open(networkOf, wall);
    await collect();
    network.arm(wall, oddities.find((oddity) => /^(nothing, and says|no posts)/u.test(oddity)) ?? '', 999);
    for (let look = 0; look < 3; look += 1) {
      const newest = wall.posts[0]?.id ?? 0;
      for (let index = 1; index <= 45; index += 1) {
        const published = new Date(clock.now().getTime() + index * 1000);
        wall.posts.unshift({ id: newest + index, published });
      }
      expect((await collect(7)).outcomes.suspect).toBe(1);
    }
    network.disarm();
    await collect(1);
    expect(await compare(stack, [wall])).toEqual([]);
  });

  test('posts under dates of the future that an earlier version stored get the right ones', async () => {
    const wall = wallWith(30);
    const { collect, observations } = await open(networkOf, wall);
    await collect();
    const rows = await rowsOf(stack);
    await observations.command(
      `ALTER TABLE ${observations.tables.posts} DELETE WHERE 1 SETTINGS mutations_sync = 2`,
    );
    const later = (date: Date) => new Date(date.getTime() + 400 * 24 * 3_600_000);
    await insertPosts(
      observations,
      rows.map((row) => ({ ...row, published: later(row.published) })),
    );
    await updatePage(stack.operations, (await stack.page(wall)).id, { review: 'due' });
    await collect(1);
    expect(await compare(stack, [wall])).toEqual([]);
  });
});

test('a wall of VK that counts posts it never shows is known after hours', async () => {
  const wall = { ...wallWith(300), hidden: 30 };
  const { collect } = await open(oddVk, wall);
  await collect();
  expect((await stack.page(wall)).historyReached).not.toBe('2024-01-01');
  const [outcome] = await stack.observations.rows<{ outcome: string; cause: string }>(
    `SELECT outcome, cause FROM ${stack.observations.tables.outcomes} FINAL`,
  );
  expect(outcome).toMatchObject({ outcome: 'ok', cause: expect.stringMatching(/^history: suspect: /) });
  await collect(7);
  expect(await compare(stack, [wall])).toEqual([]);
  expect((await stack.page(wall)).reachProof).toBe('weak');
  await collect(week);
  await collect(7);
  expect(await compare(stack, [wall])).toEqual([]);
});

test('a channel that becomes a group is told of once, in words, and read again when it is a channel', async () => {
  const wall = wallWith(10);
  const { collect, observations } = await open(oddTelegram, wall);
  const events = async () =>
    await observations.rows<{ event: string; after: string }>(
      `SELECT event, after FROM ${observations.tables.page_events} FINAL WHERE event = 'became'`,
    );
  await collect();
  wall.group = true;
  expect((await collect(1)).outcomes.gone).toBe(1);
  expect(await stack.page(wall)).toMatchObject({ state: 'unresolved', foundAs: 'group_chat' });
  await collect(1);
  expect(await events()).toEqual([{ event: 'became', after: 'group_chat' }]);
  expect((await stack.posts(wall)).filter(({ deleted }) => deleted)).toEqual([]);
  wall.group = false;
  expect((await collect(1)).outcomes.ok).toBe(1);
  expect(await stack.page(wall)).toMatchObject({ state: 'ok', foundAs: null });
});
