import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { refusalSentences } from '#dashboard/src/lib/form-refusal.ts';
import { serveHttp, type HttpServer } from './http-server.ts';

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
});

type Options = Partial<Parameters<typeof serveHttp>[0]>;

async function serve(options: Options = {}): Promise<number> {
  server = await serveHttp({
    handler: (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          url: request.url,
          origin: `${String(request.headers['x-profpulse-protocol'])}://${String(request.headers['x-profpulse-host'])}`,
        }),
      );
    },
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    trustedProxies: [],
    locale: 'ru',
    log: pino({ level: 'silent' }),
    ...options,
  });
  return Number(new URL(server.url).port);
}

/** Sends these lines as they are, and gives the answer: its status, headers (lower case) and body. */
async function send(
  port: number,
  lines: readonly string[],
  body = '',
): Promise<{ status: number; head: string; body: string }> {
  const text = await new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([...lines, 'Connection: close', '', body].join('\r\n')));
    });
    socket.on('data', (part: Buffer) => (answer += part.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    head: head.toLowerCase(),
    body: rest.join('\r\n\r\n'),
  };
}

const get = async (port: number, host: string, path = '/ranking', more: readonly string[] = []) =>
  await send(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more]);

describe('a host that is none of ours', () => {
  test('is answered by 421 and a sentence in both languages, with the headers of any answer', async () => {
    const port = await serve();
    const { status, head, body } = await get(port, `evil.example:${port}`);
    expect(status).toBe(421);
    expect(body).toMatch(/^По этому имени ПрофПульс не отвечает.*PUBLIC_URL.*\n\nProfPulse does not answer/);
    expect(body).toContain(`PUBLIC_URL=http://pulse.example.ru:${port}.`);
    expect(body).not.toContain(':3000');
    expect((await get(port, 'evil.example')).body).toContain('PUBLIC_URL=http://pulse.example.ru.');
    expect(head).toContain('content-type: text/plain; charset=utf-8');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain("content-security-policy: default-src 'self'");
    expect(head).toContain('referrer-policy: same-origin');
    expect(head).not.toContain('strict-transport-security');
  });

  test('is a problem for the API, and has no body for HEAD', async () => {
    const port = await serve({ locale: 'en' });
    const { status, head, body } = await get(port, 'evil.example', '/api/v1/posts?limit=1');
    expect(status).toBe(421);
    expect(head).toContain('content-type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({
      status: 421,
      detail: expect.stringContaining('PUBLIC_URL') as string,
    });
    expect((await get(port, 'evil.example')).body).toMatch(/^ProfPulse does not answer/);
    expect(await send(port, ['HEAD / HTTP/1.1', 'Host: evil.example'])).toMatchObject({
      status: 421,
      body: '',
    });
  });

  test('passes no form on, whatever its origin says', async () => {
    const port = await serve();
    const form = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 3'];
    const posted = async (host: string, origin: string) =>
      await send(
        port,
        ['POST /silent?/close HTTP/1.1', `Host: ${host}`, `Origin: ${origin}`, ...form],
        'a=1',
      );
    expect((await posted('evil.example', 'http://evil.example')).status).toBe(421);
    // With the right host, the foreign origin is refused.
    expect((await posted(`127.0.0.1:${port}`, 'http://evil.example')).status).toBe(403);
    const { status, body } = await posted(`127.0.0.1:${port}`, `http://127.0.0.1:${port}`);
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { url: '/silent?/close', origin: `http://127.0.0.1:${port}` },
    ]);
  });

  test('is refused in every spelling, and ours is taken in every spelling', async () => {
    const port = await serve();
    const foreign = [
      'evil.example',
      'localhost.evil.example',
      '192.168.77.1',
      'a b',
      '',
      'localhost@evil.example',
      '[::2]',
    ];
    for (const host of foreign) expect([host, (await get(port, host)).status]).toEqual([host, 421]);
    const own = [
      'localhost',
      `LOCALHOST:${port}`,
      'localhost.:8080',
      '127.0.0.5',
      '[::1]:3000',
      '[0::1]',
      'a.localhost',
    ];
    for (const host of own) expect([host, (await get(port, host)).status]).toEqual([host, 200]);
  });

  test('is refused doubled, in an absolute target, and where there is none', async () => {
    const port = await serve();
    expect((await get(port, 'localhost', '/', ['Host: evil.example'])).status).toBe(400);
    expect((await get(port, 'localhost', 'http://evil.example/ranking')).status).toBe(421);
    expect(
      JSON.parse((await get(port, 'evil.example', `http://LOCALHOST:${port}/ranking?a=1`)).body),
    ).toEqual({
      url: '/ranking?a=1',
      origin: `http://localhost:${port}`,
    });
    expect((await get(port, 'localhost', 'ftp://localhost/')).status).toBe(400);
    expect((await send(port, ['OPTIONS * HTTP/1.1', 'Host: localhost'])).status).toBe(400);
    expect((await send(port, ['GET / HTTP/1.1'])).status).toBe(400);
    expect((await send(port, ['GET / HTTP/1.0'])).status).toBe(421);
  });

  test('may ask how we are, and nothing else', async () => {
    const port = await serve();
    for (const path of ['/healthz', '/readyz', '/readyz?x=1'])
      expect([path, (await get(port, '10.1.2.3:80', path)).status]).toEqual([path, 200]);
    expect((await send(port, ['GET /readyz HTTP/1.0'])).status).toBe(200);
    for (const path of ['/healthz/', '/%68ealthz', '//healthz', '/readyz/__data.json', '/api/v1/posts'])
      expect([path, (await get(port, '10.1.2.3', path)).status]).toEqual([path, 421]);
    expect(
      (await send(port, ['POST /readyz HTTP/1.1', 'Host: evil.example', 'Content-Length: 0'])).status,
    ).toBe(421);
  });
});

describe('HOST and PUBLIC_URL', () => {
  test('an address of this machine is ours when HOST is a wildcard', async () => {
    const port = await serve({ host: '0.0.0.0' });
    const outside = Object.values(networkInterfaces())
      .flatMap((those) => those ?? [])
      .map(({ address, family }) => (family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`));
    for (const host of outside) expect([host, (await get(port, host)).status]).toEqual([host, 200]);
    expect((await get(port, '203.0.113.9')).status).toBe(421);
    expect((await get(port, 'evil.example')).status).toBe(421);
  });

  test('the host of PUBLIC_URL is ours, and answers say to come back by https', async () => {
    const port = await serve({ publicUrl: 'https://пульс.рф' });
    const { status, head, body } = await get(port, 'ПУЛЬС.рф:8443');
    expect(status).toBe(200);
    expect(head).toContain('strict-transport-security: max-age=31536000');
    expect(JSON.parse(body)).toMatchObject({ origin: 'https://xn--k1ahhg0c.xn--p1ai' });
    expect((await get(port, 'pulse.example')).status).toBe(421);
  });
});

describe('a forwarded host', () => {
  const forwarded = (host: string) => [`X-Forwarded-Host: ${host}`, 'X-Forwarded-Proto: https'];

  test('counts for nothing from who is not trusted', async () => {
    const port = await serve();
    expect((await get(port, 'evil.example', '/', forwarded('localhost'))).status).toBe(421);
    const { body } = await get(port, 'localhost', '/', forwarded('pulse.example'));
    expect(JSON.parse(body)).toMatchObject({ origin: 'http://localhost' });
  });

  test('is believed from a trusted proxy, which does not make a foreign Host ours', async () => {
    const port = await serve({ trustedProxies: ['127.0.0.1'] });
    const { status, body } = await get(port, '127.0.0.1', '/', forwarded('pulse.example, inner'));
    expect([status, JSON.parse(body)]).toEqual([200, { url: '/', origin: 'https://pulse.example' }]);
    // A page in the proxy's own browser could send such a header too.
    expect((await get(port, 'evil.example', '/', forwarded('localhost'))).status).toBe(421);
    expect((await get(port, '127.0.0.1', '/', forwarded('a b'))).status).toBe(421);
  });

  test('has to be that of PUBLIC_URL where there is one', async () => {
    const port = await serve({ trustedProxies: ['127.0.0.0/8'], publicUrl: 'https://pulse.example' });
    expect((await get(port, '127.0.0.1', '/', forwarded('PULSE.example'))).status).toBe(200);
    const { status, body } = await get(port, '127.0.0.1', '/', forwarded('evil.example'));
    expect(status).toBe(421);
    expect(body).toContain('X-Forwarded-Host');
  });
});

describe('a form of another site', () => {
  const post = async (
    port: number,
    path: string,
    { origin, type = 'application/x-www-form-urlencoded', more = [] }: Form = {},
  ) =>
    await send(port, [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      ...(type === '' ? [] : [`Content-Type: ${type}`]),
      'Content-Length: 0',
      ...(origin === undefined ? [] : [`Origin: ${origin}`]),
      ...more,
    ]);
  interface Form {
    origin?: string;
    type?: string;
    more?: readonly string[];
  }

  test('is refused by a page in the language of the reader', async () => {
    const port = await serve();
    const russian = await post(port, '/silent?/close', { origin: 'http://evil.example' });
    expect(russian.status).toBe(403);
    expect(russian.head).toContain('content-type: text/html; charset=utf-8');
    expect(russian.body).toMatch(/<html lang="ru">[\s\S]*Форма отправлена не с той страницы/);
    const english = await post(port, '/silent', { more: ['Cookie: a=b; lang=en'], type: '' });
    expect([english.status, english.body]).toEqual([
      403,
      expect.stringContaining('The form was sent from another page') as string,
    ]);
  });

  test('is a problem for the API, and a result for a script of ours', async () => {
    const port = await serve();
    const api = await post(port, '/api/v1/posts', { type: 'text/plain; charset=utf-8' });
    expect(api.status).toBe(403);
    expect(api.head).toContain('content-type: application/problem+json');
    expect(JSON.parse(api.body)).toMatchObject({ status: 403, detail: refusalSentences.foreign_form });
    const scripted = await post(port, '/silent', { more: ['Accept: application/json'] });
    expect(JSON.parse(scripted.body)).toEqual({
      type: 'error',
      status: 403,
      error: { message: refusalSentences.foreign_form },
    });
  });

  test('is told by its origin: that by which the dashboard was reached is ours', async () => {
    const port = await serve();
    expect((await post(port, '/silent', { origin: `http://127.0.0.1:${port}` })).status).toBe(200);
    expect((await post(port, '/silent', { origin: `https://127.0.0.1:${port}` })).status).toBe(403);
    // What no form can send is asked about by the browser itself.
    expect((await post(port, '/silent', { type: 'application/json' })).status).toBe(200);
    const behind = await serve({ publicUrl: 'https://Pulse.example.ru:443' });
    const host = [`POST / HTTP/1.1`, 'Host: pulse.example.ru', 'Content-Length: 0'];
    expect((await send(behind, [...host, 'Origin: https://pulse.example.ru'])).status).toBe(200);
    expect((await send(behind, [...host, 'Origin: http://pulse.example.ru'])).status).toBe(403);
  });
});
