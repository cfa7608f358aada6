import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Calendar } from '../calendar.ts';
import { SimulatorClock } from '../clock.ts';
import { handMadeWorld, organisationLike, pageLike, postLike } from '../world/hand-made.ts';
import { Faults } from './faults.ts';
import { serveVk, type VkServer } from './serve.ts';

const now = new Date('2026-03-10T04:00:00Z');
const hour = 3_600_000;
const at = (hoursAgo: number): number => now.getTime() - hoursAgo * hour;

const world = handMadeWorld({
  organisations: [organisationLike({ id: 1 })],
  pages: [
    pageLike({
      id: 1,
      organisationId: 1,
      pin: { week: new Calendar('Asia/Irkutsk').weekOf(at(500)), from: 0 },
      created: at(600),
    }),
    pageLike({ id: 2, organisationId: 1, states: [{ from: 0, value: 'closed' }], type: 'page' }),
    pageLike({ id: 3, organisationId: 1, states: [{ from: 0, value: 'private' }] }),
    pageLike({ id: 4, organisationId: 1, states: [{ from: 0, value: 'deleted' }] }),
    pageLike({ id: 5, organisationId: 1, states: [{ from: 0, value: 'banned' }] }),
    pageLike({ id: 6, organisationId: 1, commentsHidden: true }),
  ],
  posts: [
    postLike({
      pageId: 1,
      id: 1,
      published: at(500),
      text: 'Закреплённая',
      edit: { at: at(400), text: 'Исправленная' },
    }),
    postLike({ pageId: 1, id: 2, published: at(30), finalViews: null, signerId: 77 }),
    postLike({ pageId: 1, id: 3, published: at(20), placement: 'visitor', authorId: 78 }),
    postLike({ pageId: 1, id: 4, published: at(10), deletedAt: at(5) }),
    postLike({ pageId: 1, id: 5, published: at(9), placement: 'advertising' }),
    postLike({ pageId: 1, id: 6, published: at(8), donut: true }),
    postLike({
      pageId: 1,
      id: 7,
      published: at(7),
      text: '',
      sources: [
        { ownerId: -6, postId: 70, authorId: -6, published: at(50), text: 'Источник', type: 'post' },
        { ownerId: -900, postId: 71, authorId: 5, published: at(60), text: 'Ответ', type: 'reply' },
      ],
    }),
    postLike({ pageId: 1, id: 8, published: at(-1) }),
    postLike({ pageId: 6, id: 1, published: at(100), finalComments: null }),
  ],
});

let server: VkServer;
let clock: SimulatorClock;
let faults: Faults;

beforeEach(async () => {
  clock = new SimulatorClock({ at: now, speed: 0 });
  faults = new Faults();
  server = await serveVk(
    { world, clock, faults },
    {
      tokens: [
        { token: 'key', kind: 'service', requestsPerSecond: 1000 },
        { token: 'slow', kind: 'user', requestsPerSecond: 3 },
        { token: 'single', kind: 'service', requestsPerSecond: 1000, execute: false },
        { token: 'group', kind: 'community' },
        { token: 'poor', kind: 'service', requestsPerSecond: 1000, dailyWallGets: 2 },
        { token: 'expired', kind: 'user', dead: 1117 },
        { token: 'captcha', kind: 'user', dead: 14 },
        { token: 'validation', kind: 'user', dead: 17 },
      ],
    },
  );
});

afterEach(() => server.close());

interface Reply {
  response?: never;
  error?: {
    error_code: number;
    error_msg: string;
    request_params: { key: string; value: string }[];
    captcha_sid?: string;
    redirect_uri?: string;
  };
  execute_errors?: { method: string; error_code: number; error_msg: string }[];
}

interface Wall {
  count: number;
  items: Record<string, never>[];
  profiles?: { id: number }[];
  groups?: { id: number }[];
  next_from?: string;
}

async function call(
  method: string,
  parameters: Record<string, string | number>,
  token = 'key',
): Promise<Reply> {
  const body = new URLSearchParams({ access_token: token, v: '5.199' });
  for (const [key, value] of Object.entries(parameters)) {
    body.set(key, String(value));
  }
  const response = await fetch(`${server.url}/${method}`, { method: 'POST', body });
  return (await response.json()) as Reply;
}

async function wall(parameters: Record<string, string | number>): Promise<Wall> {
  return (await call('wall.get', parameters)).response as unknown as Wall;
}

async function code(
  method: string,
  parameters: Record<string, string | number>,
  token = 'key',
): Promise<number> {
  return (await call(method, parameters, token)).error?.error_code ?? 0;
}

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
    const answer = (await call('wall.getById', { posts })).response as unknown as Wall;
    expect(answer.items.map((item) => item['id'])).toEqual([2, 1]);
    const extended = (await call('wall.getById', { posts: '-1_2', extended: 1 })).response as unknown as Wall;
    expect(extended.profiles?.map(({ id }) => id)).toEqual([77]);
    expect(await code('wall.getById', {})).toBe(100);
    expect(await code('wall.getById', { posts: 'x' })).toBe(100);
    expect(await code('wall.getById', { posts: Array(101).fill('-1_1').join(',') })).toBe(100);
  });

  it('groups.getById answers what was asked for, names and ids, and leaves unknown ones out', async () => {
    const ask = async (parameters: Record<string, string>): Promise<Record<string, unknown>[]> =>
      (
        (await call('groups.getById', parameters)).response as unknown as {
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

describe('execute', () => {
  const wallCall = (owner: number): string => `API.wall.get({"owner_id":-${owner},"count":1})`;

  it('puts false in the place of each refusal, and the refusals in order beside', async () => {
    const reply = await call('execute', {
      code: `return [${wallCall(2)},${wallCall(1)},${wallCall(5)},API.no.method({})];`,
    });
    expect((reply.response as unknown as unknown[]).map((item) => item === false)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(reply.execute_errors?.map(({ method, error_code }) => [method, error_code])).toEqual([
      ['wall.get', 15],
      ['wall.get', 19],
      ['no.method', 3],
    ]);
    expect(server.unexpected.map(({ what }) => what)).toEqual(['method no.method']);
    expect(server.calls.count('wall.get', 'execute')).toBe(3);
    expect(server.calls.count('execute')).toBe(1);
    expect(server.calls.requests).toBe(1);
  });

  it('refuses the 26th call, itself, broken and empty code', async () => {
    const calls = (count: number): string => `return [${Array(count).fill(wallCall(1)).join(',')}];`;
    expect(await code('execute', { code: calls(25) })).toBe(0);
    expect(await code('execute', { code: calls(26) })).toBe(13);
    expect(await code('execute', { code: 'return 1' })).toBe(12);
    expect(await code('execute', {})).toBe(100);
    const nested = await call('execute', { code: 'return API.execute({"code":"return 1;"});' });
    expect(nested.execute_errors?.[0]?.error_code).toBe(3);
  });
});

describe('keys and limits', () => {
  it('answers each wrong key with its error, and never repeats the key', async () => {
    expect(await code('wall.get', { owner_id: -1 }, 'nobody')).toBe(5);
    expect(await code('wall.get', { owner_id: -1 }, '')).toBe(5);
    expect(await code('wall.get', { owner_id: -1 }, 'expired')).toBe(1117);
    expect(await code('wall.get', { owner_id: -1 }, 'group')).toBe(27);
    expect(await code('groups.getById', { group_ids: 1 }, 'group')).toBe(0);
    expect(await code('execute', { code: 'return 1;' }, 'single')).toBe(28);
    expect((await call('wall.get', { owner_id: -1 }, 'captcha')).error?.captcha_sid).toBeDefined();
    expect((await call('wall.get', { owner_id: -1 }, 'validation')).error?.redirect_uri).toBeDefined();
    const refused = await call('wall.get', { owner_id: -2, count: 5 });
    expect(refused.error).toEqual({
      error_code: 15,
      error_msg: 'Access denied: this wall available only for community members',
      request_params: [
        { key: 'oauth', value: '1' },
        { key: 'method', value: 'wall.get' },
        { key: 'v', value: '5.199' },
        { key: 'owner_id', value: '-2' },
        { key: 'count', value: '5' },
      ],
    });
  });

  it('lets three requests through in a second of real time', async () => {
    const codes: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      codes.push(await code('groups.getById', { group_ids: 1 }, 'slow'));
    }
    expect(codes).toEqual([0, 0, 0, 6, 6]);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await code('groups.getById', { group_ids: 1 }, 'slow')).toBe(0);
  });

  it('gives the day its quota of walls, inside execute too, until midnight in Moscow', async () => {
    clock.set(new Date('2026-03-10T20:59:00Z'));
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(0);
    const packed = await call(
      'execute',
      { code: 'return [API.wall.get({"owner_id":-1}),API.wall.get({"owner_id":-6})];' },
      'poor',
    );
    expect(packed.execute_errors?.map(({ error_code }) => error_code)).toEqual([29]);
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(29);
    expect(server.tokens.get('poor')?.wallGetsOn(clock.now())).toBe(2);
    clock.advance(60_000);
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(0);
    clock.set(now);
  });

  it('refuses and reports what it does not know', async () => {
    expect(await code('wall.post', { message: 'x' })).toBe(3);
    expect(await code('wall.get', { owner_id: -1, v: '' })).toBe(8);
    expect(await code('wall.get', { owner_id: -1, need_more: 1 })).toBe(0);
    expect((await fetch(server.url.replace('/method', '/elsewhere'))).status).toBe(404);
    expect((await fetch(`${server.url}/wall.get`, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(
      (
        await fetch(`${server.url}/wall.get`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(405);
    expect(server.unexpected.map(({ what }) => what)).toEqual([
      'method wall.post',
      'parameter need_more of wall.get',
      'GET /elsewhere',
      'PUT /method/wall.get text/plain;charset=UTF-8',
      'POST /method/wall.get application/json',
    ]);
    const got = await fetch(`${server.url}/wall.get?access_token=key&v=5.199&owner_id=-1`);
    expect(got.headers.get('content-type')).toContain('application/json');
    expect((await got.json()) as Reply).toHaveProperty('response');
  });

  it('ends a connection that sends too much', async () => {
    const body = new URLSearchParams({ access_token: 'key', v: '5.199', code: 'x'.repeat(3_000_000) });
    await expect(fetch(`${server.url}/execute`, { method: 'POST', body })).rejects.toThrow();
    expect(server.unexpected.at(-1)?.what).toContain('too large');
  });

  it('keeps a log that can begin anew', async () => {
    await call('wall.get', { owner_id: -1 });
    expect(server.calls.latest[0]).toMatchObject({
      method: 'wall.get',
      token: 'key',
      within: 'http',
      error: null,
    });
    expect(server.calls.counts()).toEqual({ http: { 'wall.get': 1 }, execute: {} });
    server.calls.reset();
    expect(server.calls.requests).toBe(0);
  });
});

describe('faults on demand', () => {
  it('refuse by method, page, key and number of times', async () => {
    const rule = faults.add({ kind: 'refuse', code: 10, method: 'wall.get', page: 1, times: 2, after: 1 });
    const codes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      codes.push(await code('wall.get', { owner_id: -1 }));
    }
    expect(codes).toEqual([0, 10, 10, 0]);
    expect(rule.hits).toBe(2);
    expect(await code('wall.get', { owner_id: -6 })).toBe(0);
    const other = faults.add({ kind: 'refuse', token: 'single' });
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' })).toBe(0);
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' }, 'single')).toBe(10);
    other.remove();
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' }, 'single')).toBe(0);
    faults.add({ kind: 'refuse', code: 15, page: 6 });
    expect(await code('wall.getById', { posts: '-6_1' })).toBe(15);
    expect(await code('groups.getById', { group_ids: 'page6' })).toBe(15);
    expect(await code('wall.get', { domain: 'page6' })).toBe(15);
    const packed = await call('execute', {
      code: 'return [API.wall.get({"owner_id":-6}),API.wall.get({"owner_id":-1})];',
    });
    expect(packed.execute_errors).toEqual([
      { method: 'wall.get', error_code: 15, error_msg: 'Access denied' },
    ]);
    faults.clear();
    expect(await code('wall.getById', { posts: '-6_1' })).toBe(0);
  });

  it('delay an answer, inside execute too', async () => {
    faults.add({ kind: 'delay', delay: 120, method: 'wall.get' });
    const start = performance.now();
    await call('execute', { code: 'return API.wall.get({"owner_id":-1});' });
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  it('answer in a wrong shape', async () => {
    faults.add({ kind: 'wrong-shape', shape: 'null', times: 1 });
    expect(await call('wall.get', { owner_id: -1 })).toEqual({ response: null });
    faults.add({ kind: 'wrong-shape', shape: 'no-items', times: 1 });
    expect(await call('wall.get', { owner_id: -1 })).toEqual({ response: { count: 6 } });
    faults.add({ kind: 'wrong-shape', shape: 'text', times: 1 });
    expect((await call('wall.get', { owner_id: -1 })).response).toBeTypeOf('string');
  });

  it('hang, reset, break and cut answers', async () => {
    const ask = (signal?: AbortSignal): Promise<Response> =>
      fetch(`${server.url}/wall.get?access_token=key&v=5.199&owner_id=-1`, signal ? { signal } : {});
    faults.add({ kind: 'hang', times: 1 });
    await expect(ask(AbortSignal.timeout(150))).rejects.toThrow(/timeout/);
    faults.add({ kind: 'reset', times: 1 });
    await expect(ask()).rejects.toThrow();
    faults.add({ kind: 'bad-gateway', times: 1 });
    const gateway = await ask();
    expect(gateway.status).toBe(502);
    expect(await gateway.text()).toContain('<html>');
    faults.add({ kind: 'broken-json', times: 1 });
    await expect((await ask()).json()).rejects.toThrow(SyntaxError);
    faults.add({ kind: 'truncated', times: 1 });
    await expect(ask().then((response) => response.text())).rejects.toThrow();
    expect(((await (await ask()).json()) as Reply).error).toBeUndefined();
  });
});

describe('the server', () => {
  it('says when its port is taken, and ends with connections open', async () => {
    await expect(serveVk({ world, clock }, { port: server.port })).rejects.toThrow(/EADDRINUSE/);
    const other = await serveVk({ world, clock });
    expect([...other.tokens.values()].map(({ settings }) => settings.kind)).toEqual([
      'service',
      'user',
      'community',
    ]);
    const socket = connect(other.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    await other.close();
    socket.destroy();
  });
});
