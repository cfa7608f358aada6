import {
  Agent,
  createServer,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { CannotListen, isLoopback, isOwnMachine, originOf, proxyCheck, serveHttp } from './http-server.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it waits for slow requests, as long as a server that ends does');

function requestFrom(address: string, headers: IncomingHttpHeaders): IncomingMessage {
  return { socket: { remoteAddress: address }, headers } as unknown as IncomingMessage;
}

const forwarded = {
  host: 'inside:3000',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'pulse.example',
  'x-forwarded-for': '203.0.113.9, 198.51.100.7, 10.0.0.2',
};
const isTrusted = proxyCheck(['127.0.0.1', '10.0.0.0/8', '::1']);

describe('the origin of a request', () => {
  test('is its own host over http when nobody is trusted to say otherwise', () => {
    expect(originOf(requestFrom('203.0.113.5', forwarded), null, isTrusted)).toEqual({
      protocol: 'http',
      host: 'inside:3000',
      address: '203.0.113.5',
    });
  });

  test('is what a trusted proxy says, and the client is the first nobody trusts', () => {
    expect(originOf(requestFrom('::ffff:127.0.0.1', forwarded), null, isTrusted)).toEqual({
      protocol: 'https',
      host: 'pulse.example',
      address: '198.51.100.7',
    });
  });

  test('is PUBLIC_URL when it is set, whoever asks', () => {
    const publicUrl = new URL('https://pulse.example.ru');
    expect(originOf(requestFrom('203.0.113.5', forwarded), publicUrl, isTrusted)).toMatchObject({
      protocol: 'https',
      host: 'pulse.example.ru',
    });
  });

  test('never has a host that is none', () => {
    const odd = { host: 'a b/<script>', 'x-forwarded-host': 'x@y' };
    expect(originOf(requestFrom('127.0.0.1', odd), null, isTrusted)).toEqual({
      protocol: 'http',
      host: 'localhost',
      address: '127.0.0.1',
    });
  });
});

test('proxies are addresses and networks of both families', () => {
  expect(['127.0.0.1', '10.9.8.7', '::ffff:10.1.1.1', '::1'].map(isTrusted)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['127.0.0.2', '11.0.0.1', '::2', '', 'name'].map(isTrusted)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('whoever reaches it is at this machine while it listens to nobody else, and nothing says of a proxy', () => {
  const own = (settings: Partial<Parameters<typeof isOwnMachine>[0]>) =>
    isOwnMachine({ HOST: '127.0.0.1', PUBLIC_URL: undefined, TRUSTED_PROXY: [], ...settings });
  expect([own({}), own({ PUBLIC_URL: 'http://localhost:3000' })]).toEqual([true, true]);
  expect([
    own({ HOST: '0.0.0.0' }),
    own({ PUBLIC_URL: 'https://pulse.example.ru' }),
    own({ TRUSTED_PROXY: ['127.0.0.1'] }),
  ]).toEqual([false, false, false]);
});

test('only loopback is closed to others', () => {
  expect(['127.0.0.1', '127.8.8.8', 'localhost', '::1', '0.0.0.0', '192.168.0.1'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe('listening', () => {
  const options = {
    handler: (request: IncomingMessage, response: { end(text: string): void }) =>
      response.end(`${request.headers['x-profpulse-protocol']} ${request.headers['x-profpulse-host']}`),
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    trustedProxies: [],
    locale: 'en' as const,
    log: pino({ level: 'silent' }),
  };

  test('the handler sees the trusted headers, and not those a client made up', async () => {
    const server = await serveHttp(options);
    const headers = { 'x-profpulse-protocol': 'https', 'x-profpulse-host': 'evil.example' };
    const response = await fetch(server.url, { headers });
    expect(await response.text()).toBe(`http ${new URL(server.url).host}`);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  test('a connection is kept for longer than proxies keep theirs', async () => {
    const server = await serveHttp(options);
    const { headers } = await fetch(server.url);
    expect(headers.get('keep-alive')).toBe('timeout=75');
    await server.close();
  });

  test('a port in use, and an address of another machine, are said with the setting to change', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const refused: unknown = await serveHttp({ ...options, port }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CannotListen);
    expect((refused as Error).message).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. End it, or set PORT to another number.`,
    );
    await new Promise((resolve) => other.close(resolve));
    await expect(serveHttp({ ...options, host: '203.0.113.1' })).rejects.toThrow(/Set HOST/);
    await expect(serveHttp({ ...options, host: 'no-such-host.invalid' })).rejects.toThrow(/Set HOST/);
  });
});

describe('an end', () => {
  const records: { msg: string; requests?: number }[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void records.push(JSON.parse(line)) });
  const serveSlowly = async (handler: RequestListener, patience?: number) =>
    await serveHttp({
      handler,
      host: '127.0.0.1',
      port: 0,
      publicUrl: undefined,
      trustedProxies: [],
      locale: 'en',
      log,
      ...(patience === undefined ? {} : { patience }),
    });

  test('waits for the answer of a slow request, and keeps no connection after it', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const server = await serveSlowly((_request, response) => asked.resolve(response));
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      get(server.url, { agent }, resolve).once('error', reject);
    });
    const response = await asked.promise;
    let isClosed = false;
    const closed = server.close().then(() => (isClosed = true));
    // Longer than a server that does not wait would have been patient.
    await delay(5_500);
    expect(isClosed).toBe(false);
    await expect(fetch(server.url)).rejects.toThrow();
    response.end('counted');
    const { statusCode, headers } = await answer;
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    await closed;
    agent.destroy();
    expect(records).toEqual([]);
  });

  test('is not held up by connections that wait for nothing', async () => {
    const server = await serveSlowly((_request, response) => response.end(), 600_000);
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      get(server.url, { agent }, (answer) => answer.resume().once('end', resolve)).once('error', reject);
    });
    await server.close();
    agent.destroy();
  });

  test('comes even when a request is never answered, and says so', async () => {
    const asked = Promise.withResolvers<undefined>();
    const server = await serveSlowly(() => asked.resolve(undefined), 50);
    const cut = expect(fetch(server.url)).rejects.toThrow();
    await asked.promise;
    await server.close();
    await cut;
    expect(records).toMatchObject([{ msg: 'Requests were not answered before the end', requests: 1 }]);
  });
});
