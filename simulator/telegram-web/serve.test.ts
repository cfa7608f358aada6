import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SimulatorClock } from '../clock.ts';
import { curatedWorld } from '../world/curated.ts';
import { serveTelegramWeb } from './serve.ts';
import { idsOn, startTestServer, type TestServer } from './test-server.ts';

let testServer: TestServer;
beforeEach(async () => {
  testServer = await startTestServer();
});
afterEach(() => testServer.server.close());

const get: TestServer['get'] = (...parameters) => testServer.get(...parameters);

describe('faults on demand', () => {
  test('refuse for a while with Retry-After, by kind of address, name, place and number', async () => {
    const { faults } = testServer.server;
    const rule = faults.add({
      kind: 'too-many',
      of: 'history',
      name: 'Channel1',
      retryAfter: 7,
      after: 1,
      times: 2,
    });
    const statuses: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) statuses.push((await get('/s/channel1')).status);
    expect(statuses).toEqual([200, 429, 429, 200, 200]);
    expect(rule.hits).toBe(2);
    const all = faults.add({ kind: 'too-many', of: 'card' });
    const refused = await get('/channel2');
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.text()).toContain('Too Many Requests');
    expect((await get('/s/channel10')).status).toBe(200);
    all.remove();
    expect((await get('/channel2')).status).toBe(200);
    faults.add({ kind: 'too-many' });
    faults.clear();
    expect((await get('/channel2')).status).toBe(200);
  });

  test('fail with HTML of a proxy', async () => {
    testServer.server.faults.add({ kind: 'server-error', times: 1 });
    testServer.server.faults.add({ kind: 'server-error', status: 503, times: 1 });
    const [first, second] = [await get('/channel1'), await get('/channel1')];
    expect([first.status, second.status]).toEqual([502, 503]);
    expect(await second.text()).toContain('<h1>503');
    expect((await get('/channel1')).status).toBe(200);
  });

  test('leave out of pages of posts what is there, at one place or all', async () => {
    const { faults } = testServer.server;
    const page = async (path: string) => load(await (await get(path)).text());
    const links = ($: Awaited<ReturnType<typeof page>>) => [
      $('a.tme_messages_more[data-before]').length,
      $('link[rel="prev"]').length,
    ];
    const whole = await page('/s/channel10');
    expect(links(whole)).toEqual([1, 1]);
    faults.add({ kind: 'no-older-link', times: 1 });
    faults.add({ kind: 'no-older-link', keepsHead: true, times: 1 });
    expect(links(await page('/s/channel10'))).toEqual([0, 0]);
    expect(links(await page('/s/channel10'))).toEqual([0, 1]);
    const few = faults.add({ kind: 'few-posts', before: null, times: 1 });
    const none = faults.add({ kind: 'no-posts', before: 41, times: 1 });
    const again = faults.add({ kind: 'newest-again', before: 21, times: 1 });
    expect((await get('/channel10')).status).toBe(200);
    const asked = await page('/s/channel10?before=41');
    expect([idsOn(asked), asked('.tme_no_messages_found').text(), few.hits]).toEqual([
      [],
      'No posts found',
      0,
    ]);
    expect(idsOn(await page('/s/channel10?before=21'))).toEqual(idsOn(whole));
    const newest = await page('/s/channel10');
    expect(idsOn(newest)).toEqual(idsOn(whole).slice(-3));
    expect(links(newest)).toEqual([0, 0]);
    expect([few.hits, none.hits, again.hits]).toEqual([1, 1, 1]);
    expect(idsOn(await page('/s/channel10?before=41'))).toHaveLength(20);
  });

  test('say nothing, break off, and are late', async () => {
    const { faults, calls } = testServer.server;
    faults.add({ kind: 'hang', times: 1 });
    await expect(get('/s/channel1', { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/u);
    faults.add({ kind: 'reset', times: 1 });
    await expect(get('/s/channel1')).rejects.toThrow('fetch failed');
    expect(calls.latest.map(({ status }) => status)).toEqual([null, null]);
    faults.add({ kind: 'truncated', times: 2 });
    for (const path of ['/s/channel1', '/s/channel3']) {
      const cut = await get(path);
      expect(cut.status).toBe(200);
      await expect(cut.text()).rejects.toThrow('terminated');
    }
    faults.add({ kind: 'delay', delay: 120, times: 1 });
    const start = performance.now();
    expect((await get('/s/channel1')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  test('show half a page, somebody else’s, and the home page of telegram.org', async () => {
    const { faults } = testServer.server;
    const whole = await (await get('/s/channel1')).text();
    const shown = async (kind: 'broken-html' | 'foreign-html' | 'home-page'): Promise<string> => {
      faults.add({ kind, times: 1 });
      const response = await get('/s/channel1');
      expect(response.status).toBe(200);
      return response.text();
    };
    const half = await shown('broken-html');
    expect(whole.startsWith(half)).toBe(true);
    expect(half.length).toBeGreaterThan(1000);
    expect(half).not.toContain('</html>');
    expect(load(await shown('foreign-html'))('h1').text()).toBe('Доступ к ресурсу ограничен');
    const home = await shown('home-page');
    expect(load(home)('title').text()).toBe('Telegram Messenger');
    faults.add({ kind: 'home-redirect', times: 1 });
    const sent = await fetch(`${testServer.server.url}/s/channel1`);
    expect([sent.redirected, await sent.text()]).toEqual([true, home]);
  });
});

describe('the server', () => {
  test('refuses what it was not made for, and writes it down', async () => {
    const { server } = testServer;
    const paths = [
      '/s/channel1?before=x',
      '/s/channel1?before=0',
      '/s/channel1?before=3&after=1',
      '/s/channel1?q=word',
      '/channel1?before=3',
      '/channel1/5',
      '/s/channel1/',
      '/?a=1',
      '/joinchat/AAAA-bbb',
    ];
    for (const path of paths) expect((await get(path)).status, path).toBe(404);
    const posted = await get('/channel1', { method: 'POST', body: 'a=1' });
    expect(posted.status).toBe(405);
    expect(await posted.text()).toContain('GET /<name>');
    expect(server.unexpected.map(({ what }) => what)).toEqual([
      ...paths.map((path) => `GET ${path}`),
      'POST /channel1',
    ]);
    expect(server.calls.count('other')).toBe(paths.length);
  });

  test('counts its requests and keeps the latest', async () => {
    const { calls } = testServer.server;
    await get('/s/Channel1?before=5');
    await get('/s/channel3');
    await get('/channel3');
    await get('/');
    expect([calls.count('history'), calls.count('card'), calls.count('home'), calls.count()]).toEqual([
      2, 1, 1, 4,
    ]);
    expect(calls.latest.map(({ kind, name, path, status }) => [kind, name, path, status])).toEqual([
      ['history', 'channel1', '/s/Channel1?before=5', 200],
      ['history', 'channel3', '/s/channel3', 302],
      ['card', 'channel3', '/channel3', 200],
      ['home', '', '/', 200],
    ]);
    calls.reset();
    expect([calls.count(), calls.latest.length]).toEqual([0, 0]);
  });

  test('does not start on a port that is taken', async () => {
    const parts = {
      world: curatedWorld({ organisations: [], pages: [], posts: [] }),
      clock: new SimulatorClock(),
    };
    await expect(serveTelegramWeb(parts, { port: testServer.server.port })).rejects.toThrow('EADDRINUSE');
  });
});
