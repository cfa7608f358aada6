import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import { openProxy, type TcpProxy } from '../helpers/tcp-proxy.ts';
import { anchor, openStack, originOf, timeFrom, type ProductTime, type Stack } from './stack.ts';

const minute = 60_000;
/** Longer than the slowest thing that is waited for takes on a slow and busy machine. */
const long = { timeout: 240_000, interval: 200 };
const hasRunOut = /could not be renewed and has run out/g;
const standsBy = /this one stands by/g;

/** A worker with a line of its own to PostgreSQL. */
interface Worker {
  process: Running;
  line: TcpProxy;
}

let stack: Stack;
let settings: Record<string, string>;
let reference: Record<string, unknown>[];
const workers: Worker[] = [];
let webs: Running[];
let origins: string[];
let time: ProductTime;

const times = ({ output }: Running, pattern: RegExp): number => output().match(pattern)?.length ?? 0;

async function startWorker(): Promise<Worker> {
  const line = await openProxy(stack.postgres.port);
  const address = await stack.postgres.database('disturbed', line.port);
  const process = stack.start({ ...settings, ROLE: 'worker', OPERATIONS_DATABASE_URL: address });
  const worker = { process, line };
  workers.push(worker);
  await process.says(/This process collects|this one stands by/);
  return worker;
}

/** The worker that has the collector's lease; `null` when nobody has it. */
async function leader(): Promise<Worker | null> {
  const [row] = await stack.postgres.administer(
    `SELECT split_part(holder, ':', 2) AS pid FROM leases
     WHERE name = 'collector' AND expires > extract(epoch FROM clock_timestamp()) * 1000`,
    'disturbed',
  );
  return workers.find(({ process: { child } }) => String(child.pid) === row?.['pid']) ?? null;
}

/** Waits until somebody leads who is not `other`. */
async function follower(other: Worker | null): Promise<Worker> {
  let found: Worker | null = null;
  await expect
    .poll(async () => {
      found = await leader();
      return found !== null && found !== other;
    }, long)
    .toBe(true);
  return found as unknown as Worker;
}

const postsOf = (name: string) =>
  stack.rows(
    name,
    'SELECT page_id, post_id, published, kind, text FROM {posts} FINAL ORDER BY page_id, post_id',
  );

/** Nothing is lost, and no page has two outcomes in one slot, when all was collected once more. */
async function expectWhole(): Promise<void> {
  const collected = await stack.command(['collect'], settings);
  expect(collected.output).not.toMatch(/"(?:missed|error)":[1-9]/);
  expect(collected.code).toBe(0);
  const registered = await stack.rows('disturbed', 'SELECT page_id FROM {pages} FINAL WHERE is_deleted = 0');
  const ids = new Set(registered.map((row) => row['page_id']));
  expect(await postsOf('disturbed')).toEqual(reference.filter((row) => ids.has(row['page_id'])));
  const twice = await stack.rows(
    'disturbed',
    'SELECT page_id, slot, groupArray(outcome) AS all FROM {outcomes} GROUP BY page_id, slot HAVING uniqExact(outcome) > 1',
  );
  expect(twice).toEqual([]);
}

const alive = (): boolean[] =>
  [...workers.map(({ process }) => process), ...webs].map(
    ({ child }) => child.exitCode === null && child.signalCode === null,
  );

const ask = async (origin: string, path: string) => {
  const answer = await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(120_000) });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
};

/** Pages and lists of both web processes say that the register cannot be asked, each in its form. */
async function expectTold(reason: RegExp): Promise<void> {
  for (const origin of origins) {
    const [page, list] = await Promise.all([ask(origin, '/ranking'), ask(origin, '/api/v1/pages')]);
    expect([page.status, list.status]).toEqual([503, 503]);
    expect(page.type).toContain('text/html');
    expect(page.body).toContain('Call the administrator');
    expect(list.type).toBe('application/problem+json');
    for (const body of [page.body, list.body]) {
      expect(body).toContain('The operations store does not answer');
      expect(body).toMatch(reason);
    }
  }
}

async function expectServed(): Promise<void> {
  for (const origin of origins)
    await expect
      .poll(
        async () => [(await ask(origin, '/ranking')).status, (await ask(origin, '/api/v1/pages')).status],
        long,
      )
      .toEqual([200, 200]);
}

beforeAll(async () => {
  stack = await openStack();
  time = timeFrom(new Date(anchor.getTime() + 10 * minute));
  const rows = readFileSync(stack.register, 'utf8').trimEnd().split('\n');
  const first = stack.register.replace('.csv', '-first.csv');
  writeFileSync(first, rows.slice(0, -1).join('\n'));
  const undisturbed = await stack.served('reference', time.settings);
  for (const parameters of [['import', first], ['import', stack.register], ['collect']])
    expect((await stack.command(parameters, undisturbed)).code).toBe(0);
  reference = await postsOf('reference');
  settings = await stack.served('disturbed', {
    ...time.settings,
    COLLECT_CRON: '* * * * *',
    LEASE_SECONDS: '6',
  });
  expect((await stack.command(['import', first], settings)).code).toBe(0);
  webs = [1, 2].map(() => stack.start({ ...settings, ROLE: 'web' }));
  origins = await Promise.all(webs.map(originOf));
});
afterAll(async () => {
  await stack.close();
  await Promise.all(workers.map(({ line }) => line.close()));
});

test('a leader that is killed, and one that stands still, are followed, and nothing is lost or done twice', async () => {
  const slow = stack.web.faults.add({ kind: 'delay', delay: 6_000 });
  const killed = await startWorker();
  await startWorker();
  await startWorker();
  await expect.poll(() => slow.hits, long).toBeGreaterThan(0);
  killed.process.child.kill('SIGKILL');
  workers.splice(workers.indexOf(killed), 1);

  const stopped = await follower(killed);
  const hits = slow.hits;
  await expect.poll(() => slow.hits, long).toBeGreaterThan(hits);
  const stoodBy = times(stopped.process, standsBy);
  stopped.process.child.kill('SIGSTOP');
  const { process: third } = await follower(stopped);
  slow.remove();
  await third.says(/"msg":"Run finished"/);
  stopped.process.child.kill('SIGCONT');
  await expect.poll(() => times(stopped.process, standsBy), long).toBeGreaterThan(stoodBy);
  expect(stopped.process.output()).toMatch(
    /The lease (?:went to another process|could not be renewed and has run out)/,
  );
  await expectWhole();
});

test('an import beside a worker is collected at once, and so is what is asked for by hand', async () => {
  expect((await stack.command(['import', stack.register], settings)).code).toBe(0);
  const unread = () =>
    stack.rows(
      'disturbed',
      `SELECT page_id FROM {pages} FINAL WHERE is_deleted = 0 AND network IN ('vk', 'telegram')
       AND page_id NOT IN (SELECT page_id FROM {outcomes})`,
    );
  await expect.poll(unread, long).toEqual([]);
  await expectWhole();
  expect(await postsOf('disturbed')).toEqual(reference);
});

test('a worker whose line is cut is followed, and stands by when it is back', async () => {
  const cut = await follower(null);
  const stoodBy = times(cut.process, standsBy);
  await cut.line.goAway();
  await follower(cut);
  expect(times(cut.process, hasRunOut)).toBeGreaterThan(0);
  await cut.line.comeBack();
  await expect.poll(() => times(cut.process, standsBy), long).toBeGreaterThan(stoodBy);
  expect(alive()).not.toContain(false);
});

test('5 connections for all are enough: who finds none free waits', async () => {
  await stack.postgres.administer('ALTER ROLE profpulse CONNECTION LIMIT 5');
  await stack.postgres.administer(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'disturbed'",
  );
  const asked = Array.from({ length: 20 }, (_, index) =>
    ask(origins[index % 2] ?? '', `/api/v1/posts?limit=${index + 1}`),
  );
  const said = await stack.command(['export'], settings);
  expect(said.code).toBe(0);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
  await stack.postgres.administer('ALTER ROLE profpulse CONNECTION LIMIT -1');
  expect(alive()).not.toContain(false);
});

test('PostgreSQL ends at once and returns: all say so meanwhile, one leads again, and the slots are missed by name', async () => {
  // What is asked when the server ends is answered by 503 or 200, and ends no process.
  const asking = origins.map((origin) => ask(origin, '/ranking'));
  await stack.postgres.stopAtOnce();
  const began = time.now();
  for (const { status } of await Promise.all(asking)) expect([200, 503]).toContain(status);
  await expectTold(/there is no connection to the server/);
  const slot = new Date(Math.ceil(began.getTime() / minute) * minute);
  await delay(Math.max(30_000, slot.getTime() - time.now().getTime() + 3_000));
  expect(alive()).not.toContain(false);
  await stack.postgres.start();
  await expectServed();
  await follower(null);
  const missed = () =>
    stack.rows(
      'disturbed',
      `SELECT kind, finished IS NOT NULL AS ended FROM {runs} FINAL WHERE slot = '${slot.toISOString().slice(0, 19).replace('T', ' ')}'`,
    );
  await expect.poll(missed, long).toEqual([{ kind: 'schedule', ended: 1 }]);
});

test('a frozen PostgreSQL is told of in bounded time, its leader gives up, and all goes on when it thaws', async () => {
  const { process: frozen } = await follower(null);
  const gaveUp = times(frozen, hasRunOut);
  stack.postgres.freeze();
  await expectTold(/did not answer in its time/);
  await expect.poll(() => times(frozen, hasRunOut), long).toBeGreaterThan(gaveUp);
  stack.postgres.thaw();
  await expectServed();
  await follower(null);
  expect(alive()).not.toContain(false);
});

test('after all that everything is there once, and all end in order', async () => {
  await expectWhole();
  // The schedule goes on each minute, and may be at it: what was left unfinished stays so.
  const unended = () => stack.rows('disturbed', 'SELECT slot FROM {runs} FINAL WHERE finished IS NULL');
  await expect.poll(unended, long).toEqual([]);
  for (const { stop } of [...workers.map(({ process }) => process), ...webs]) expect(await stop()).toBe(0);
});
