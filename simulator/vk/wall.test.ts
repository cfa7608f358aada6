import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at, startTestServer, type TestServer, type Wall } from './test-server.ts';

let testServer: TestServer;
beforeEach(async () => {
  testServer = await startTestServer();
});
afterEach(() => testServer.server.close());

const call: TestServer['call'] = (...parameters) => testServer.call(...parameters);
const code: TestServer['code'] = (...parameters) => testServer.code(...parameters);
const wall: TestServer['wall'] = (parameters) => testServer.wall(parameters);

describe('wall.get', () => {
  it('puts the pinned post first, newest next, and mixes visitors in unless told not to', async () => {
    const all = await wall({ owner_id: -1 });
    expect(all.count).toBe(6);
    expect(all.items.map((item) => item['id'])).toEqual([1, 7, 6, 5, 3, 2]);
    expect(all.items[0]).toMatchObject({ is_pinned: 1, text: 'Исправленная', edited: at(400) / 1000 });
    const ids = async (filter: string): Promise<unknown[]> =>
      (await wall({ owner_id: -1, filter })).items.map((item) => item['id']);
    expect(await ids('owner')).toEqual([1, 7, 6, 5, 2]);
    expect(await ids('others')).toEqual([3]);
    expect(await ids('donut')).toEqual([6]);
    expect((await wall({ domain: 'page1', offset: 1, count: 2 })).items.map((item) => item['id'])).toEqual([
      7, 6,
    ]);
    expect((await wall({ owner_id: -1, count: 0 })).items).toEqual([]);
  });

  it('says who wrote, what is unknown, paid, advertised and reposted', async () => {
    const { items } = await wall({ owner_id: -1 });
    const post = (id: number): Record<string, unknown> => items.find((item) => item['id'] === id) ?? {};
    expect(post(3)).toMatchObject({ from_id: 78, owner_id: -1 });
    expect(post(2)).toMatchObject({
      from_id: -1,
      signer_id: 77,
      likes: { count: 8 },
      comments: { can_post: 1 },
    });
    expect(post(2)).not.toHaveProperty('views');
    expect(post(2)).not.toHaveProperty('edited');
    expect(post(5)).toMatchObject({ marked_as_ads: 1 });
    expect(post(6)).toMatchObject({ donut: { is_donut: true }, text: '', attachments: [] });
    expect(post(7)).toMatchObject({
      text: '',
      copy_history: [
        { owner_id: -6, id: 70, post_type: 'post', text: 'Источник' },
        { owner_id: -900, id: 71, post_type: 'reply' },
      ],
    });
    expect(post(7)['views']).toMatchObject({ count: 32 });
    const hidden = await wall({ owner_id: -6 });
    expect(hidden.items[0]).not.toHaveProperty('comments');
  });

  it('adds people and communities when extended', async () => {
    const answer = await wall({ owner_id: -1, extended: 1, count: 5 });
    expect(answer.profiles?.map(({ id }) => id)).toEqual([78]);
    expect(answer.groups?.map(({ id }) => id).sort()).toEqual([1, 6]);
    expect(answer.next_from).toBe('5');
    expect((await wall({ owner_id: -1, extended: 1 })).next_from).toBeUndefined();
  });

  it('refuses walls that cannot be read, and nonsense', async () => {
    expect(await code('wall.get', { owner_id: -2 })).toBe(15);
    expect(await code('wall.get', { owner_id: -3 })).toBe(203);
    expect(await code('wall.get', { owner_id: -4 })).toBe(18);
    expect(await code('wall.get', { owner_id: -5 })).toBe(19);
    expect(await code('wall.get', { owner_id: -99 })).toBe(40);
    expect(await code('wall.get', { owner_id: 99 })).toBe(18);
    expect(await code('wall.get', {})).toBe(100);
    expect(await code('wall.get', { domain: 'nobody' })).toBe(100);
    expect(await code('wall.get', { owner_id: 'x' })).toBe(100);
    expect(await code('wall.get', { owner_id: -1, count: 101 })).toBe(100);
    expect(await code('wall.get', { owner_id: -1, offset: -1 })).toBe(100);
    expect(await code('wall.get', { owner_id: -1, filter: 'mine' })).toBe(100);
    expect(await code('wall.get', { owner_id: -1, filter: 'postponed' })).toBe(15);
  });
});

describe('the other methods', () => {
  it('wall.getById gives what is there', async () => {
    const posts = '-1_2,-1_4,-1_8,-3_1,-1_1_hash';
    const answer = (await call('wall.getById', { posts })).response as Wall;
    expect(answer.items.map((item) => item['id'])).toEqual([2, 1]);
    const extended = (await call('wall.getById', { posts: '-1_2', extended: 1 })).response as Wall;
    expect(extended.profiles?.map(({ id }) => id)).toEqual([77]);
    expect(await code('wall.getById', {})).toBe(100);
    expect(await code('wall.getById', { posts: 'x' })).toBe(100);
    expect(await code('wall.getById', { posts: Array(101).fill('-1_1').join(',') })).toBe(100);
  });

  it('groups.getById answers what was asked for, names and ids, and leaves unknown ones out', async () => {
    const ask = async (parameters: Record<string, string>): Promise<Record<string, unknown>[]> =>
      (
        (await call('groups.getById', parameters)).response as {
          groups: Record<string, unknown>[];
        }
      ).groups;
    const plain = await ask({ group_ids: '1,page2,999,club1' });
    expect(plain.map((group) => group['id'])).toEqual([1, 2]);
    expect(plain[0]).not.toHaveProperty('members_count');
    const full = await ask({ group_ids: '1,2,3,4,5', fields: 'members_count,description' });
    expect(full.map((group) => group['members_count'])).toEqual([
      1000,
      1000,
      undefined,
      undefined,
      undefined,
    ]);
    expect(full.map((group) => group['deactivated'])).toEqual([
      undefined,
      undefined,
      undefined,
      'deleted',
      'banned',
    ]);
    expect(full.map((group) => group['is_closed'])).toEqual([0, 1, 2, 0, 0]);
    expect((await ask({ group_id: '2' }))[0]).toMatchObject({ type: 'page', screen_name: 'page2' });
    expect(await code('groups.getById', { group_ids: '998,999' })).toBe(100);
    expect(await code('groups.getById', {})).toBe(100);
    expect(await code('groups.getById', { group_ids: Array(501).fill('1').join(',') })).toBe(100);
  });

  it('utils.resolveScreenName says whose a name is, or gives an empty list', async () => {
    const ask = async (name: string): Promise<unknown> =>
      (await call('utils.resolveScreenName', { screen_name: name })).response;
    expect(await ask('page1')).toEqual({ object_id: 1, group_id: 1, type: 'group' });
    expect(await ask('page2')).toMatchObject({ type: 'page' });
    expect(await ask('page4')).toEqual([]);
    expect(await ask('nobody')).toEqual([]);
    expect(await code('utils.resolveScreenName', {})).toBe(100);
  });
});
