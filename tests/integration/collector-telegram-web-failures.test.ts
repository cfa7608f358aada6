import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import type { ScriptedGet, ScriptedReplyPage } from '../helpers/scripted-web.ts';
import { serveHttpProxy, serveSocksProxy } from '../helpers/scripted-proxies.ts';
import { closeWeb, looksFor, pathsOf, webSourceOf, well } from '../helpers/telegram-web-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';
import { previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const channels = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => writtenChannel(id, 3));
const [first] = channels.slice(0, 1);
const one = looksFor(first ? [first] : []);

/** Looks at the first channel; the first answers are those given, the others go well. */
async function lookAfter(replies: ScriptedReplyPage[], options: Parameters<typeof webSourceOf>[1] = {}) {
  const left = [...replies];
  const under = await webSourceOf((request) => left.shift() ?? well(channels)(request), options);
  const look = (await looksOf(under.source, one)).get(1);
  return { ...under, look };
}

const status = (code: number, headers: Record<string, string> = {}) => ({
  html: `<html>${code}</html>`,
  status: code,
  headers,
});

describe('a trouble that passes', () => {
  test.each<[string, ScriptedReplyPage[]]>([
    ['an error of the server', [status(502), status(500), status(503)]],
    ['a connection that is reset', ['reset']],
    ['an answer that is cut', ['truncated']],
    ['a pause that it asks for', [status(429, { 'retry-after': '2' })]],
    [
      'a pause until an instant',
      [status(429, { 'retry-after': new Date(systemClock.now().getTime() + 20_000).toUTCString() })],
    ],
    ['a pause without its length', [status(429), status(429)]],
  ])('%s is tried again', async (_, replies) => {
    const { look, server } = await lookAfter(replies);
    expect(look).toMatchObject({ outcome: 'ok', cause: '' });
    expect(server.requests).toHaveLength(replies.length + 1);
  });

  test('silence ends at the deadline and is tried again', async () => {
    const { look, server } = await lookAfter(['hang'], { deadline: 30_000 });
    expect(look).toMatchObject({ outcome: 'ok' });
    expect(server.requests).toHaveLength(2);
  });
});

describe('a trouble that stays', () => {
  test.each<[string, number, ScriptedReplyPage, RegExp]>([
    ['an error of the server', 4, status(502), /^network: 127\.0\.0\.1:\d+ answered with status 502$/],
    ['a connection that is reset', 4, 'reset', /^network: 127\.0\.0\.1:\d+ cannot be reached \(.+\)$/],
    ['an answer that is cut', 4, 'truncated', /^network: 127\.0\.0\.1:\d+ cannot be reached \(.+\)$/],
    ['silence', 2, 'hang', /^network: 127\.0\.0\.1:\d+ gave no answer within 10 s$/],
  ])('%s is an error after %i tries', async (_, tries, reply, cause) => {
    const { look, server } = await lookAfter([reply, reply, reply, reply, reply], { deadline: 10_000 });
    expect(look).toMatchObject({ outcome: 'error', state: null, profile: null, window: null });
    expect(look?.cause).toMatch(cause);
    expect(server.requests).toHaveLength(tries);
  });

  test('a refusal is not asked again', async () => {
    const { look, server } = await lookAfter([status(403)]);
    expect(look).toMatchObject({ outcome: 'error', state: null });
    expect(look?.cause).toMatch(/refused the request \(status 403\): .*TELEGRAM_WEB_PROXY/);
    expect(server.requests).toHaveLength(1);
  });

  test('an answer without end is given up', async () => {
    const { look } = await lookAfter([{ html: 'x'.repeat(9 * 1024 * 1024) }]);
    expect(look).toMatchObject({ outcome: 'error', cause: 'broken: the answer is larger than 8 MB' });
  });

  test.each([
    ['deep', `<html>${'<div>'.repeat(400)}</html>`, /stand more than 256 deep/],
    ['of endless messages', previewHtml(writtenChannel(1, 300), null, { only: 300 }), /more than 200$/],
  ])('a page that is %s is its own trouble, not that of the others', async (_, html, cause) => {
    const { source } = await webSourceOf((request) =>
      request.name === 'channel1' ? { html } : well(channels)(request),
    );
    const looks = await looksOf(source, looksFor(channels));
    expect(outcomes(looks)).toEqual(channels.map(({ id }) => (id === 1 ? 'error' : 'ok')));
    expect(looks.get(1)?.cause).toMatch(cause);
  });

  test('a post of five million bytes is cut', async () => {
    const text = 'п'.repeat(2_500_000);
    const { source } = await webSourceOf(
      well([{ ...writtenChannel(1, 3), messages: [{ id: 1, hours: 1, text }] }]),
    );
    const look = (await looksOf(source, one)).get(1);
    expect(look).toMatchObject({ outcome: 'ok' });
    expect(look?.posts[0]?.text).toHaveLength(65_536);
  });

  test('a failure on the way back leaves what was found, and fails the look', async () => {
    const channel = writtenChannel(1, 60);
    const { source } = await webSourceOf((request) =>
      request.before === null ? well([channel])(request) : status(403),
    );
    const look = (await looksOf(source, looksFor([channel], { newest: 60 }))).get(1);
    expect(look).toMatchObject({
      outcome: 'error',
      state: 'ok',
      window: null,
      profile: { subscribers: 921 },
    });
    expect(look?.posts).toHaveLength(20);
  });
});

describe('the whole site', () => {
  test('that fails three times in a row is not asked for the remaining pages', async () => {
    const many = Array.from({ length: 24 }, (_, index) => writtenChannel(index + 1, 1));
    const { source, server, log } = await webSourceOf(() => status(502));
    const looks = await looksOf(source, looksFor(many));
    expect(outcomes(looks)).toEqual(many.map(() => 'error'));
    const givenUp = /failed 3 times in a row, the remaining pages were not asked for \(.*status 502\)/;
    const left = [...looks.values()].filter(({ cause }) => givenUp.test(cause));
    // Others were under way when the third one failed.
    expect(left.length).toBeGreaterThanOrEqual(many.length - 6);
    expect(server.requests.length).toBeLessThanOrEqual(6 * 4);
    expect(log.filter(({ level, msg }) => level === 50 && /cannot be reached/.test(msg))).toHaveLength(1);
    const asked = server.requests.length;
    const [again] = (await looksOf(source, one)).values();
    expect(again?.cause).toMatch(givenUp);
    expect(server.requests).toHaveLength(asked);
  });

  test('is not given up for pages that fail between others', async () => {
    const { source } = await webSourceOf((request) =>
      Number(request.name.slice(-1)) % 2 === 0 ? status(502) : well(channels)(request),
    );
    const causes: string[] = [];
    for (const request of looksFor(channels)) {
      for (const { cause } of (await looksOf(source, [request])).values()) causes.push(cause);
    }
    const failed = expect.stringMatching(/answered with status 502$/) as string;
    expect(causes).toEqual(['', failed, '', failed, '', failed, '', failed]);
  });

  test('that wants a long pause is left alone: the pages are rate limited', async () => {
    const { source, server } = await webSourceOf(() => status(429, { 'retry-after': '3600' }), {
      requestsPerSecond: 1,
    });
    const looks = await looksOf(source, looksFor(channels));
    expect(new Set(outcomes(looks))).toEqual(new Set(['rate_limited']));
    expect(looks.get(8)?.cause).toMatch(/^telegram:429 127\.0\.0\.1:\d+ wants to be left alone for 3600 s$/);
    expect(server.requests).toHaveLength(1);
  });
});

test('a site that wants pause after pause is left alone when it has had its share of the hour', async () => {
  const many = Array.from({ length: 40 }, (_, index) => writtenChannel(index + 1, 3));
  const asked = new Set<string>();
  const { source, server } = await webSourceOf(
    (request) => {
      if (asked.has(request.path)) return well(many)(request);
      asked.add(request.path);
      return status(429, { 'retry-after': '60' });
    },
    { timer: hastyTimer(1000), deadline: 4_000_000 },
  );
  const looks = await looksOf(source, looksFor(many));
  expect(new Set(outcomes(looks))).toEqual(new Set(['ok', 'rate_limited']));
  // Four at once, each twice, in five minutes.
  expect(server.requests.length).toBeLessThanOrEqual(2 * 4 * 5 + 4);
});

describe('redirects', () => {
  test('stay at the address that was set, under whatever name the site goes', async () => {
    const seen: ScriptedGet[] = [];
    const under = await webSourceOf((request) => {
      seen.push(request);
      return request.path === '/s/channel1'
        ? { redirect: 'https://telegram.me/s/channel1?before=99' }
        : well(channels)(request);
    });
    expect((await looksOf(under.source, one)).get(1)).toMatchObject({ outcome: 'ok' });
    expect(pathsOf(under)).toEqual(['/s/channel1', '/s/channel1?before=99']);
  });

  test.each([
    ['https://t.me/s/channel1', 'https://t.me'],
    ['http://telegram.me/s/channel1', 'http://telegram.me'],
  ])(
    'from the address that was set to %s cost one request, and say what to set',
    async (redirect, address) => {
      const { look, server } = await lookAfter([{ redirect }]);
      expect(look).toMatchObject({ outcome: 'error', state: null });
      expect(look?.cause).toBe(
        `telegram: ${server.url} only leads on to ${address}: set TELEGRAM_WEB_URL=${address}`,
      );
      expect(server.requests).toHaveLength(1);
    },
  );

  test('to the same page by another scheme do so too, also in the folder of a mirror', async () => {
    const { server } = await webSourceOf(({ path }) => ({
      redirect: `https://${new URL(server.url).host}${path}`,
    }));
    const mirrored = await webSourceOf(() => 'hang', { url: `${server.url}/mirror` });
    const https = server.url.replace('http:', 'https:');
    expect((await looksOf(mirrored.source, one)).get(1)?.cause).toBe(
      `telegram: ${server.url} only leads on to ${https}: set TELEGRAM_WEB_URL=${https}`,
    );
    expect(server.requests).toHaveLength(1);
  });

  test('to somewhere else are not followed', async () => {
    const { look, server } = await lookAfter([{ redirect: 'https://warning.example/blocked' }]);
    expect(look).toMatchObject({ outcome: 'error', state: null });
    expect(look?.cause).toMatch(/redirected to warning\.example, a page of 127\.0\.0\.1:\d+ was expected/);
    expect(server.requests).toHaveLength(1);
  });

  test('in a circle end', async () => {
    const { source, server } = await webSourceOf(() => ({ redirect: '/channel1' }));
    expect((await looksOf(source, one)).get(1)?.cause).toMatch(/redirected more than 5 times/);
    expect(server.requests).toHaveLength(6);
  });

  test('to nowhere are broken', async () => {
    const { look } = await lookAfter([{ html: '', status: 302 }]);
    expect(look?.cause).toMatch(/redirected without a usable address/);
  });

  test('of a mirror in a folder stay in the folder', async () => {
    const { server } = await webSourceOf(({ path }) =>
      path === '/mirror/s/channel1' ? { redirect: 'https://t.me/channel1' } : { redirect: '/mirror/' },
    );
    const mirrored = await webSourceOf(() => 'hang', { url: `${server.url}/mirror/` });
    expect((await looksOf(mirrored.source, one)).get(1)).toMatchObject({
      outcome: 'gone',
      state: 'not_found',
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/mirror/s/channel1', '/mirror/channel1']);
  });
});

describe('a proxy', () => {
  const hosted = 'http://t.me.invalid';

  test('of HTTP is gone through, with who asks', async () => {
    const under = await webSourceOf(well(channels));
    const proxy = await serveHttpProxy(Number(new URL(under.server.url).port));
    try {
      const through = await webSourceOf(() => 'hang', {
        url: hosted,
        proxy: `http://ivan:p%40ss@127.0.0.1:${proxy.port}`,
      });
      expect((await looksOf(through.source, one)).get(1)).toMatchObject({ outcome: 'ok' });
      expect(proxy.asked[0]).toMatch(/t\.me\.invalid/);
      expect(proxy.credentials).toEqual(['ivan:p@ss']);
    } finally {
      await proxy.close();
    }
  });

  test('of SOCKS5 is gone through, with who asks or without', async () => {
    const under = await webSourceOf(well(channels));
    const proxy = await serveSocksProxy(Number(new URL(under.server.url).port));
    try {
      for (const who of ['', 'ivan:p%40ss@']) {
        const through = await webSourceOf(() => 'hang', {
          url: hosted,
          proxy: `socks5://${who}127.0.0.1:${proxy.port}`,
        });
        expect((await looksOf(through.source, one)).get(1)).toMatchObject({ outcome: 'ok', cause: '' });
      }
      expect(proxy.asked).toEqual(['socks5 t.me.invalid:80', 'socks5 t.me.invalid:80']);
      expect(proxy.credentials).toEqual(['ivan:p@ss']);
    } finally {
      await proxy.close();
    }
  });

  test.each(['http', 'socks5'])('of %s that is not there is told of without its password', async (scheme) => {
    const gone = await serveHttpProxy(1);
    await gone.close();
    const { look } = await lookAfter([], {
      url: hosted,
      proxy: `${scheme}://ivan:secret@127.0.0.1:${gone.port}`,
    });
    expect(look).toMatchObject({ outcome: 'error' });
    expect(look?.cause).toMatch(/^network: t\.me\.invalid cannot be reached \(.*ECONNREFUSED.*\)$/);
    expect(look?.cause).not.toMatch(/secret/);
  });
});
