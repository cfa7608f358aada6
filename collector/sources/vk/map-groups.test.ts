import { expect, test } from 'vitest';
import { BrokenAnswer } from './errors.ts';
import { mapCommunities, mapResolvedName } from './map-groups.ts';

test('communities of either form, with members where they are said', () => {
  const group = { id: 5, name: 'Профсоюз', screen_name: 'union', members_count: 0, is_closed: 0 };
  const mapped = { nativeId: 5, name: 'union', title: 'Профсоюз', subscribers: 0, deactivated: null };
  expect(mapCommunities({ groups: [group], profiles: [] })).toEqual([mapped]);
  expect(mapCommunities([group])).toEqual([mapped]);
});

test('members are handed on as they are said, banned and deleted are states', () => {
  const groups = [
    { id: 5, name: 'a' },
    { id: 6, members_count: -1, deactivated: 'banned' },
    { id: 7, members_count: 5e12, deactivated: 'deleted', screen_name: '' },
    { id: 8, members_count: 'many' },
    { name: 'without id' },
    null,
  ];
  expect(
    mapCommunities({ groups }).map(({ subscribers, deactivated }) => [subscribers, deactivated]),
  ).toEqual([
    [null, null],
    [-1, 'blocked'],
    [5e12, 'deleted'],
    [Number.NaN, null],
  ]);
});

test('something else than a list is refused, naming the field', () => {
  expect(() => mapCommunities({ profiles: [] })).toThrow(BrokenAnswer);
  expect(() => mapCommunities(null)).toThrow('`groups` of groups.getById is null');
});

test('names lead to communities, to somebody, to nobody', () => {
  expect(mapResolvedName({ type: 'group', object_id: 10639516.0 })).toEqual({ community: 10639516 });
  expect(mapResolvedName({ type: 'page', object_id: 3 })).toEqual({ community: 3 });
  expect(mapResolvedName({ type: 'event', group_id: 4 })).toEqual({ community: 4 });
  expect(mapResolvedName({ type: 'user', object_id: 1 })).toEqual({ other: 'user' });
  expect(mapResolvedName({ type: 'vk_app', object_id: 1 })).toEqual({ other: 'vk_app' });
  expect(mapResolvedName([])).toBeNull();
  expect(mapResolvedName({})).toBeNull();
  expect(() => mapResolvedName(null)).toThrow(BrokenAnswer);
  expect(() => mapResolvedName({ type: 'group' })).toThrow(
    '`object_id` of utils.resolveScreenName is missing',
  );
});
