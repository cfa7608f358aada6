import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now, type Reply, startTestServer, type TestServer } from './test-server.ts';

let testServer: TestServer;
beforeEach(async () => {
  testServer = await startTestServer();
});
afterEach(() => testServer.server.close());

const call: TestServer['call'] = (...parameters) => testServer.call(...parameters);
const code: TestServer['code'] = (...parameters) => testServer.code(...parameters);

describe('execute', () => {
  const wallCall = (owner: number): string => `API.wall.get({"owner_id":-${owner},"count":1})`;

  it('puts false in the place of each refusal, and the refusals in order beside', async () => {
    const reply = await call('execute', {
      code: `return [${wallCall(2)},${wallCall(1)},${wallCall(5)},API.no.method({})];`,
    });
    expect((reply.response as unknown[]).map((item) => item === false)).toEqual([true, false, true, true]);
    expect(reply.execute_errors?.map(({ method, error_code }) => [method, error_code])).toEqual([
      ['wall.get', 15],
      ['wall.get', 19],
      ['no.method', 3],
    ]);
    expect(testServer.server.unexpected.map(({ what }) => what)).toEqual(['method no.method']);
    expect(testServer.server.calls.count('wall.get', 'execute')).toBe(3);
    expect(testServer.server.calls.count('execute')).toBe(1);
    expect(testServer.server.calls.requests).toBe(1);
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
    testServer.clock.set(new Date('2026-03-10T20:59:00Z'));
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(0);
    const packed = await call(
      'execute',
      { code: 'return [API.wall.get({"owner_id":-1}),API.wall.get({"owner_id":-6})];' },
      'poor',
    );
    expect(packed.execute_errors?.map(({ error_code }) => error_code)).toEqual([29]);
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(29);
    expect(testServer.server.tokens.get('poor')?.wallGetsOn(testServer.clock.now())).toBe(2);
    testServer.clock.advance(60_000);
    expect(await code('wall.get', { owner_id: -1 }, 'poor')).toBe(0);
    testServer.clock.set(now);
  });

  it('refuses and reports what it does not know', async () => {
    expect(await code('wall.post', { message: 'x' })).toBe(3);
    expect(await code('wall.get', { owner_id: -1, v: '' })).toBe(8);
    expect(await code('wall.get', { owner_id: -1, need_more: 1 })).toBe(0);
    expect((await fetch(testServer.server.url.replace('/method', '/elsewhere'))).status).toBe(404);
    expect((await fetch(`${testServer.server.url}/wall.get`, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(
      (
        await fetch(`${testServer.server.url}/wall.get`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(405);
    expect(testServer.server.unexpected.map(({ what }) => what)).toEqual([
      'method wall.post',
      'parameter need_more of wall.get',
      'GET /elsewhere',
      'PUT /method/wall.get text/plain;charset=UTF-8',
      'POST /method/wall.get application/json',
    ]);
    const got = await fetch(`${testServer.server.url}/wall.get?access_token=key&v=5.199&owner_id=-1`);
    expect(got.headers.get('content-type')).toContain('application/json');
    expect((await got.json()) as Reply).toHaveProperty('response');
  });

  it('ends a connection that sends too much', async () => {
    const body = new URLSearchParams({ access_token: 'key', v: '5.199', code: 'x'.repeat(3_000_000) });
    await expect(fetch(`${testServer.server.url}/execute`, { method: 'POST', body })).rejects.toThrow();
    expect(testServer.server.unexpected.at(-1)?.what).toContain('too large');
  });

  it('keeps a log that can begin anew', async () => {
    await call('wall.get', { owner_id: -1 });
    expect(testServer.server.calls.latest[0]).toMatchObject({
      method: 'wall.get',
      token: 'key',
      within: 'http',
      error: null,
    });
    expect(testServer.server.calls.counts()).toEqual({ http: { 'wall.get': 1 }, execute: {} });
    testServer.server.calls.reset();
    expect(testServer.server.calls.requests).toBe(0);
  });
});
