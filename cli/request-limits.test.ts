import { connect } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { serveHttp, type HttpServer } from './http-server.ts';

let server: HttpServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Serves what a request has sent back to it, with the length of its body. */
async function serve(locale: 'ru' | 'en', requestWithin?: number): Promise<number> {
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    let length = 0;
    request.on('data', (part: Buffer) => (length += part.length));
    request.once('end', () => response.end(`whole ${length}`));
  };
  server = await serveHttp({
    ...{ handler, host: '127.0.0.1', port: 0, publicUrl: undefined, trustedProxies: [], locale },
    log: pino({ level: 'silent' }),
    ...(requestWithin === undefined ? {} : { requestWithin }),
  });
  return Number(new URL(server.url).port);
}

/** Sends bytes as they are, and gives all that comes until the server ends the connection. */
async function sendRaw(port: number, sent: string): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    let got = '';
    socket.setEncoding('utf8').on('data', (part: string) => (got += part));
    // A server that answers and closes while more is being sent resets the connection.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(got));
  });
}

const head = 'GET / HTTP/1.1\r\nhost: localhost\r\n';
const closing = 'connection: close\r\n\r\n';

describe('a request', () => {
  test('with headers just under 16 KiB is answered; above, 431 with a sentence', async () => {
    const port = await serve('en');
    expect(await sendRaw(port, `${head}x-long: ${'x'.repeat(15_000)}\r\n${closing}`)).toContain('whole 0');
    const refused = await sendRaw(port, `${head}x-long: ${'x'.repeat(17_000)}\r\n${closing}`);
    expect(refused).toMatch(/^HTTP\/1\.1 431 /);
    expect(refused).toContain('are above 16 KB, and nothing was done');
    expect(refused).toContain('x-content-type-options: nosniff');
  });

  test('with an address above 16 KiB is refused alike, in the language of the site first', async () => {
    const port = await serve('ru');
    const refused = await sendRaw(port, `GET /?${'x'.repeat(17_000)} HTTP/1.1\r\n${closing}`);
    expect(refused).toMatch(/^HTTP\/1\.1 431 [^]*\r\n\r\nАдрес и заголовки[^]*\n\nThe address/);
  });

  test.each([
    ['its first line', 'GET / HT'],
    ['its headers', head],
    [
      'its body',
      'POST / HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\ncontent-length: 9\r\n\r\nhalf',
    ],
    [
      'its chunks',
      'POST / HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n',
    ],
  ])('that stops in %s is ended with 408 and a sentence', async (_, sent) => {
    const port = await serve('en', 60);
    const refused = await sendRaw(port, sent);
    expect(refused).toMatch(/^HTTP\/1\.1 408 /);
    expect(refused).toContain('The request was not whole in time, and nothing was changed. Send it again.');
  });

  test('that is no HTTP is 400 with a sentence', async () => {
    const port = await serve('en');
    for (const sent of [
      '\u0016\u0003\u0001\u0000\r\n\r\n',
      'GET / HTTP/1.1\r\nhost localhost\r\n\r\n',
      'HELLO\r\n\r\n',
    ])
      expect(await sendRaw(port, sent)).toMatch(/^HTTP\/1\.1 400 [^]*it is not HTTP\./);
  });

  test('of an answer that has begun gets nothing more when it is late', async () => {
    const handler = (_: IncomingMessage, response: ServerResponse): void => void response.write('begun');
    server = await serveHttp({
      ...{ handler, host: '127.0.0.1', port: 0, publicUrl: undefined, trustedProxies: [], locale: 'en' },
      ...{ log: pino({ level: 'silent' }), requestWithin: 60 },
    });
    const sent =
      'POST / HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\ncontent-length: 9\r\n\r\nhalf';
    const got = await sendRaw(Number(new URL(server.url).port), sent);
    expect([got.startsWith('HTTP/1.1 200'), got.includes('begun'), got.includes('408')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
