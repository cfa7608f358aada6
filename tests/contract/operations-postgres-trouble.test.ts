import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { whileLeading, type Leading } from '#cli/worker-lease.ts';
import { systemClock } from '#domain/clock.ts';
import { connectOperations, type OperationsOptions } from '#schema/operations/connect.ts';
import { OperationsUnavailable } from '#schema/operations/errors.ts';
import { acquireLease, leaseHolder } from '#schema/operations/leases.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { serveSocketPostgres } from '../helpers/socket-postgres.ts';
import { openProxy, type TcpProxy } from '../helpers/tcp-proxy.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it waits for servers that are silent, as long as a query may take');

const log = pino({ level: 'silent' });
let server: Awaited<ReturnType<typeof serveSocketPostgres>>;
let proxy: TcpProxy;

const address = (sslMode = '') => `postgres://postgres@127.0.0.1:${proxy.port}/postgres${sslMode}`;
const open = async (options: Partial<OperationsOptions> = {}) =>
  await connectOperations({ url: address(), log, ...options });
const openLine = async () => await openProxy(server.port);

beforeAll(async () => {
  server = await serveSocketPostgres(50);
  proxy = await openLine();
  const operations = await open();
  await operations.migrate();
  await operations.close();
  await proxy.close();
});
beforeEach(async () => {
  proxy = await openLine();
});
afterEach(async () => {
  await proxy.close();
});
afterAll(async () => {
  await server.close();
});

/** What a work fails by, as a reader is told. */
async function trouble(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperationsUnavailable);
  return (error as OperationsUnavailable).reason.en;
}

test('a line that is cut fails what was under way, and nothing else', async () => {
  const operations = await open({ poolSize: 3 });
  await setSetting(operations, 'kept', 1);
  const within = operations.transaction(async (inner) => {
    await setSetting(inner, 'kept', 2);
    proxy.cut();
    await getSetting(inner, 'kept');
  });
  expect(await trouble(within)).toMatch(/no connection to the server/);
  expect(await getSetting(operations, 'kept')).toBe(1);

  proxy.freeze();
  const asked = ['a', 'b', 'c'].map((key) => trouble(getSetting(operations, key)));
  await expect.poll(() => proxy.connections(), { timeout: 60_000 }).toBe(3);
  proxy.cut();
  for (const said of await Promise.all(asked)) expect(said).toMatch(/no connection to the server/);
  proxy.thaw();
  expect(await getSetting(operations, 'kept')).toBe(1);
  await operations.close();
});

test('a server that is away is told at once, and asked again when it is back', async () => {
  const operations = await open();
  await proxy.goAway();
  expect(await trouble(getSetting(operations, 'kept'))).toMatch(/no connection to the server/);
  expect(await trouble(open())).toMatch(/ECONNREFUSED/);
  await proxy.comeBack();
  expect(await getSetting(operations, 'nothing')).toBeUndefined();
  await operations.close();
});

test('a server that is silent has its time, and a late answer is nobody else’s', async () => {
  const deadlines = { connection: 2_000, query: 2_000, room: 2_000, rest: 0 };
  const operations = await open({ poolSize: 1, deadlines });
  const other = await open({ poolSize: 1, deadlines: { ...deadlines, rest: 600_000 } });
  await setSetting(operations, 'a', 'of a');
  await setSetting(operations, 'b', 'of b');
  proxy.freeze();
  const silence = 'the server did not answer in its time of 2 s';
  expect(await trouble(getSetting(operations, 'a'))).toContain(silence);
  // Neither does a new connection, which a transaction would take.
  expect(await trouble(operations.transaction((inner) => getSetting(inner, 'a')))).toContain(silence);
  expect(await trouble(getSetting(other, 'a'))).toContain(silence);
  proxy.thaw();
  expect(await getSetting(operations, 'b')).toBe('of b');
  // Who was told of a silence lately does not wait for another one.
  expect(await trouble(getSetting(other, 'a'))).toContain(silence);
  await operations.close();
  await other.close();
});

test('where there are too many connections one is waited for', async () => {
  proxy.limit(2);
  const first = await open({ poolSize: 5 });
  const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
  await Promise.all(keys.map((key) => setSetting(first, key, key)));
  expect(await Promise.all(keys.map((key) => getSetting(first, key)))).toEqual(keys);
  expect(proxy.refused()).toBeGreaterThan(0);

  proxy.limit(proxy.connections());
  const before = proxy.refused();
  const second = open();
  await expect.poll(() => proxy.refused(), { timeout: 60_000 }).toBeGreaterThan(before);
  await first.close();
  await (await second).close();

  proxy.limit(0);
  const said = await trouble(open({ deadlines: { connection: 1_000, query: 1_000, room: 1_000, rest: 0 } }));
  expect(said).toBe('no connection was free within 1 s: sorry, too many clients already');
});

test('sslmode is as libpq has it: a server without encryption is taken unless it is required', async () => {
  for (const mode of ['disable', 'allow', 'prefer']) {
    const operations = await open({ url: address(`?sslmode=${mode}`) });
    await setSetting(operations, 'mode', mode);
    expect(await getSetting(operations, 'mode')).toBe(mode);
    await operations.close();
  }
  for (const mode of ['require', 'verify-full', 'no-verify'])
    expect(await trouble(open({ url: address(`?sslmode=${mode}`) }))).toMatch(/does not support SSL/);
});

test('leases are measured by the clock of the server, whatever those of its clients say', async () => {
  const operations = await open();
  const at = (time: string) => new Date(time);
  expect(await acquireLease(operations, 'skew', 'slow', 60_000, at('2020-01-01T00:00:00Z'))).toBe(true);
  expect(await acquireLease(operations, 'skew', 'fast', 60_000, at('2040-01-01T00:00:00Z'))).toBe(false);
  expect(await leaseHolder(operations, 'skew', at('2040-01-01T00:00:00Z'))).toBe('slow');
  await operations.close();
});

test('who collects asks again when the server is away or silent, gives up when its lease has run out, and comes back', async () => {
  const deadlines = { connection: 1_000, query: 1_000, room: 1_000, rest: 100 };
  const operations = await open({ leaseSeconds: 2, deadlines });
  const shutdown = new AbortController();
  const pauses = { first: 100, longest: 400 };
  const led: Leading[] = [];
  let working = 0;
  const context = { operations, clock: systemClock, log, signal: shutdown.signal, pauses };
  const ended = whileLeading(context, async (leading) => {
    led.push(leading);
    working += 1;
    await new Promise<void>((resolve) => leading.signal.addEventListener('abort', () => resolve()));
    working -= 1;
  });
  const leads = (times: number) =>
    expect.poll(() => [led.length >= times, working], { timeout: 60_000 }).toEqual([true, 1]);
  const stops = () => expect.poll(() => working, { timeout: 60_000 }).toBe(0);
  await leads(1);
  expect(led[0]?.isBack).toBe(false);
  await proxy.goAway();
  await stops();
  await proxy.comeBack();
  await leads(led.length + 1);
  expect(led.at(-1)?.isBack).toBe(true);
  proxy.freeze();
  await stops();
  proxy.thaw();
  await leads(led.length + 1);
  shutdown.abort();
  await ended;
  expect(working).toBe(0);
  expect(await leaseHolder(operations, 'collector', systemClock.now())).toBeNull();
  await operations.close();
});
