import { describe, expect, test } from 'vitest';
import { createSimulation } from '../index.ts';
import { shortNumber, shortValue } from './short-number.ts';
import type { Page } from './types.ts';
import type { World } from './world.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it makes whole worlds twice');

const anchor = new Date('2026-03-01T04:00:00Z');
const now = anchor.getTime();
const simulation = createSimulation({ seed: 7, anchor, size: { channels: true } });
const { world } = simulation;
const channels = world.pagesIn('telegram');

const idsOf = (of: World, page: Page): number[] => of.messages(page, now).map(({ id }) => id);

describe('channels of Telegram', () => {
  test('stand beside the same communities as without them: some seventy pages', () => {
    const without = createSimulation({ seed: 7, anchor }).world;
    expect(world.pagesIn('vk')).toEqual(without.pages);
    expect(world.pages.length).toBeGreaterThanOrEqual(68);
    expect(world.pages.length).toBeLessThanOrEqual(78);
    const [mine, theirs] = [world.pages[0] as Page, without.pages[0] as Page];
    expect(world.wall(mine, now)).toEqual(without.wall(theirs, now));
  });

  test('of the same seed are the same, message by message', () => {
    const again = createSimulation({ seed: 7, anchor, size: { channels: true } }).world;
    for (const page of channels) {
      expect(idsOf(again, again.page(page.id) as Page)).toEqual(idsOf(world, page));
    }
  });

  test('are found by their name of the time, and never by a name of the other network', () => {
    const page = channels.find(({ screenNames }) => screenNames.length > 1) as Page;
    const [before, after] = page.screenNames as [{ value: string }, { from: number; value: string }];
    expect(world.pageNamed(before.value, after.from - 1, 'telegram')).toBe(page);
    expect(world.pageNamed(before.value, after.from, 'telegram')).toBeUndefined();
    expect(world.pageNamed(after.value, now)).toBeUndefined();
    expect(world.page(page.id, 'vk')).toBeUndefined();
  });

  test('have messages of growing ids from 1 on, the channel’s creation first, and none that is deleted', () => {
    for (const page of channels) {
      const messages = world.messages(page, now);
      const ids = messages.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((one, other) => other - one));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.at(-1)).toBe(1);
      expect(messages.at(-1)?.post.placement).toBe('service');
      expect(Math.max(...ids)).toBeLessThan(2 ** 31);
      const times = messages.map(({ post }) => post.published);
      expect(times).toEqual([...times].sort((one, other) => other - one));
      expect(messages.every(({ post }) => post.deletedAt === null || post.deletedAt > now)).toBe(true);
    }
  });

  test('have albums, of which some have lost their first message', () => {
    const posts = channels.flatMap((page) => world.postsUntil(page, now));
    const albums = posts.filter(({ messages }) => messages > 1);
    expect(albums.length).toBeGreaterThan(50);
    const shortened = albums.filter(
      ({ firstMessageDeletedAt, deletedAt }) => firstMessageDeletedAt !== null && deletedAt === null,
    );
    const [album] = shortened.filter(({ firstMessageDeletedAt }) => (firstMessageDeletedAt ?? now) < now);
    const page = world.page(album?.pageId ?? 0) as Page;
    const ids = idsOf(world, page);
    expect(ids).not.toContain(album?.id);
    expect(ids).toContain((album?.id ?? 0) + 1);
  });

  test('pass on what the federation’s channel says, and repeat what stands on VK', () => {
    const federation = channels[0] as Page;
    const posts = channels.slice(1).flatMap((page) => world.postsUntil(page, now));
    const forwards = posts.filter(({ sources }) => sources[0]?.ownerId === -federation.id);
    expect(forwards.length).toBeGreaterThan(20);
    expect(forwards.every(({ text, sources }) => text === sources[0]?.text)).toBe(true);
    expect(posts.filter(({ copyOf }) => copyOf !== null).length).toBeGreaterThan(50);
  });

  test('are in every state that a channel can come to', () => {
    const states = new Set(channels.map((page) => world.stateOf(page, now)));
    expect([...states].sort()).toEqual(['deleted', 'ok', 'private', 'taken']);
    expect(channels.filter(({ channel }) => !channel?.preview).length).toBeGreaterThan(1);
    expect(new Set(channels.map(({ channel }) => `${channel?.reactions}${channel?.comments}`)).size).toBe(3);
    const taken = channels.find((page) => world.stateOf(page, now) === 'taken');
    expect(taken?.channel?.takenBy).not.toBeNull();
  });

  test('stand in the register by links that people write', () => {
    const links = simulation
      .registerCsv()
      .split('\n')
      .flatMap((line) => line.match(/[^,\s]*_tg[^,\s]*/gu) ?? []);
    expect(links).toHaveLength(channels.length);
    for (const link of links)
      expect(link).toMatch(/^(?:@|(?:https:\/\/)?(?:t|telegram)\.me\/(?:s\/)?)profsim_\w{5,24}$/u);
  });
});

test('numbers are abbreviated by cutting digits off', () => {
  const numbers = [0, 921, 1000, 1234, 9990, 85_912, 505_999, 1_474_933, 12_345_678];
  expect(numbers.map(shortNumber)).toEqual([
    '0',
    '921',
    '1K',
    '1.23K',
    '9.99K',
    '85.9K',
    '505K',
    '1.47M',
    '12.3M',
  ]);
  expect(numbers.map(shortValue)).toEqual([0, 921, 1000, 1230, 9990, 85_900, 505_000, 1_470_000, 12_300_000]);
});
