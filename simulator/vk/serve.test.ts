import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from 'node:net';
import { SimulatorClock } from '../clock.ts';
import { serveVk } from './serve.ts';
import { type Reply, startTestServer, type TestServer, world } from './test-server.ts';

let testServer: TestServer;
beforeEach(async () => {
  testServer = await startTestServer();
});
afterEach(() => testServer.server.close());

const call: TestServer['call'] = (...parameters) => testServer.call(...parameters);
const code: TestServer['code'] = (...parameters) => testServer.code(...parameters);

describe('faults on demand', () => {
  it('refuse by method, page, key and number of times', async () => {
    const rule = testServer.faults.add({
      kind: 'refuse',
      code: 10,
      method: 'wall.get',
      page: 1,
      times: 2,
      after: 1,
    });
    const codes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      codes.push(await code('wall.get', { owner_id: -1 }));
    }
    expect(codes).toEqual([0, 10, 10, 0]);
    expect(rule.hits).toBe(2);
    expect(await code('wall.get', { owner_id: -6 })).toBe(0);
    const other = testServer.faults.add({ kind: 'refuse', token: 'single' });
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' })).toBe(0);
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' }, 'single')).toBe(10);
    other.remove();
    expect(await code('utils.resolveScreenName', { screen_name: 'page1' }, 'single')).toBe(0);
    testServer.faults.add({ kind: 'refuse', code: 15, page: 6 });
    expect(await code('wall.getById', { posts: '-6_1' })).toBe(15);
    expect(await code('groups.getById', { group_ids: 'page6' })).toBe(15);
    expect(await code('wall.get', { domain: 'page6' })).toBe(15);
    const packed = await call('execute', {
      code: 'return [API.wall.get({"owner_id":-6}),API.wall.get({"owner_id":-1})];',
    });
    expect(packed.execute_errors).toEqual([
      { method: 'wall.get', error_code: 15, error_msg: 'Access denied' },
    ]);
    testServer.faults.clear();
    expect(await code('wall.getById', { posts: '-6_1' })).toBe(0);
  });

  it('delay an answer, inside execute too', async () => {
    testServer.faults.add({ kind: 'delay', delay: 120, method: 'wall.get' });
    const start = performance.now();
    await call('execute', { code: 'return API.wall.get({"owner_id":-1});' });
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  it('answer in a wrong shape', async () => {
    testServer.faults.add({ kind: 'wrong-shape', shape: 'null', times: 1 });
    expect(await call('wall.get', { owner_id: -1 })).toEqual({ response: null });
    testServer.faults.add({ kind: 'wrong-shape', shape: 'no-items', times: 1 });
    expect(await call('wall.get', { owner_id: -1 })).toEqual({ response: { count: 6 } });
    testServer.faults.add({ kind: 'wrong-shape', shape: 'text', times: 1 });
    expect((await call('wall.get', { owner_id: -1 })).response).toBeTypeOf('string');
  });

  it('hang, reset, break and cut answers', async () => {
    const ask = (signal?: AbortSignal): Promise<Response> =>
      fetch(
        `${testServer.server.url}/wall.get?access_token=key&v=5.199&owner_id=-1`,
        signal ? { signal } : {},
      );
    testServer.faults.add({ kind: 'hang', times: 1 });
    await expect(ask(AbortSignal.timeout(150))).rejects.toThrow(/timeout/);
    testServer.faults.add({ kind: 'reset', times: 1 });
    await expect(ask()).rejects.toThrow();
    testServer.faults.add({ kind: 'bad-gateway', times: 1 });
    const gateway = await ask();
    expect(gateway.status).toBe(502);
    expect(await gateway.text()).toContain('<html>');
    testServer.faults.add({ kind: 'broken-json', times: 1 });
    await expect((await ask()).json()).rejects.toThrow(SyntaxError);
    testServer.faults.add({ kind: 'truncated', times: 1 });
    await expect(ask().then((response) => response.text())).rejects.toThrow();
    expect(((await (await ask()).json()) as Reply).error).toBeUndefined();
  });
});

describe('the server', () => {
  it('says when its port is taken, and ends with connections open', async () => {
    await expect(
      serveVk({ world, clock: new SimulatorClock() }, { port: testServer.server.port }),
    ).rejects.toThrow(/EADDRINUSE/);
    const other = await serveVk({ world, clock: new SimulatorClock() });
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
