import { expect, test } from 'vitest';
import { strangeDrops, strangeReasons } from './dropped.ts';

test('items that a sound answer may hold are not strange', () => {
  expect(strangeDrops({ service: 4, postponed: 1, suggested: 1, reply: 2, twice: 3 })).toBe(0);
  expect(strangeDrops({})).toBe(0);
});

test('all others are, those of reasons to come too', () => {
  expect(strangeDrops({ service: 4, no_date: 2, other_wall: 3, some_later_reason: 1 })).toBe(6);
});

test('their reasons stand in a fixed order, without counts', () => {
  expect(strangeReasons({ service: 4, other_wall: 3, no_date: 20, no_id: 0 })).toBe('no_date, other_wall');
  expect(strangeReasons({ other_wall: 1, no_date: 1 })).toBe('no_date, other_wall');
});
