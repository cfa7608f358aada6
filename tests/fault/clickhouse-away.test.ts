import { join } from 'node:path';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { startSchedule } from '#collector/schedule.ts';
import { healthReasons } from '#cli/health.ts';
import { storeTrouble } from '#cli/store-reasons.ts';
import { connectObservations } from '#schema/observations/connect.ts';
import { serveClickHouse } from '../contract/clickhouse-http-server.ts';
import { fixedClock } from '../helpers/observed-rows.ts';
import { openStoreFolder } from '../helpers/store-folder.ts';
import { openProxy, type TcpProxy } from '../helpers/tcp-proxy.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program, and takes its store away');

const hour = 3_600_000;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const closer of closers.splice(0).reverse()) await closer();
});

/** A simulated federation over a server behind a way that can fail. */
async function openFederation() {
  const at = new Date('2026-02-10T04:00:00Z');
  const folder = await openStoreFolder({ seed: 14, at, organisations: 6, historyFrom: '2026-01-15' });
  closers.push(() => folder.close());
  const server = await serveClickHouse({ path: join(folder.directory, 'server') });
  closers.push(() => server.close());
  const way = await openProxy(Number(new URL(server.url).port));
  closers.push(() => way.close());
  const services = await folder.open({ CLICKHOUSE_URL: `http://127.0.0.1:${way.port}` });
  closers.push(() => services.close());
  await folder.importRegister(services);
  return { folder, way, services };
}

test('a slot that falls into an outage is missed by name, and the next one runs', async () => {
  const { folder, way, services } = await openFederation();
  const { observations, runEnds } = services;
  let [ended, failed] = [0, 0];
  const patient = { timeout: 120_000, interval: 20 };
  const schedule = await startSchedule(services.collection, {
    cron: '* * * * * *',
    onRun: async () => void (ended += 1),
    onFailure: async (error) => {
      failed += 1;
      await runEnds.failed(error);
    },
  });
  closers.push(() => schedule.stop());
  await schedule.idle();
  expect(ended).toBeGreaterThan(0);

  await way.goAway();
  folder.clock.advance(40 * hour);
  const inOutage = folder.clock.now();
  await expect.poll(() => failed, patient).toBeGreaterThan(1);
  expect(observations.awaySince()).not.toBeNull();
  const reasons = [{ code: 'observations_unavailable' }];
  expect(await healthReasons(services, inOutage)).toMatchObject(reasons);
  expect(await storeTrouble(services)).toEqual({
    ru: 'База наблюдений не отвечает с 12.02.2026, 04:00: сервер не принимает соединений.',
    en: 'The observations store has not answered since 2026-02-12, 04:00: the server takes no connections.',
  });

  await way.comeBack();
  await expect.poll(() => observations.awaySince(), patient).toBeNull();
  folder.clock.advance(hour);
  const before = ended;
  await expect.poll(() => ended, patient).toBeGreaterThan(before + 1);
  await schedule.stop();
  const outcomes = await observations.rows<{ outcome: string; cause: string; pages: number }>(
    `SELECT outcome, cause, toUInt32(count()) AS pages FROM ${observations.tables.outcomes} FINAL
     WHERE slot = {slot: DateTime64(3, 'UTC')} GROUP BY outcome, cause`,
    { slot: inOutage },
  );
  const pages = folder.simulation.world.pages.length;
  expect(outcomes).toEqual([
    { outcome: 'missed', cause: 'the databases could not be reached at that time', pages },
  ]);
  const [run] = await observations.rows<{ planned: number; ended: number }>(
    `SELECT toUInt32(length(planned)) AS planned, finished IS NOT NULL AS ended
     FROM ${observations.tables.runs} FINAL WHERE slot = {slot: DateTime64(3, 'UTC')}`,
    { slot: inOutage },
  );
  expect(run).toEqual({ planned: pages, ended: 1 });
  const [next] = await observations.rows<{ pages: number }>(
    `SELECT toUInt32(count()) AS pages FROM ${observations.tables.outcomes} FINAL
     WHERE slot = {slot: DateTime64(3, 'UTC')} AND outcome != 'missed'`,
    { slot: new Date(inOutage.getTime() + hour) },
  );
  expect(next).toEqual({ pages });
});

test('a server that has frozen ends what waits for it, and all that waits in line, until it answers again', async () => {
  const { way } = await openWay();
  const observations = await connectObservations({
    url: `http://127.0.0.1:${way.port}`,
    database: 'frozen',
    patience: { request: 300, ping: 300, again: 300 },
    clock: fixedClock('2026-02-10T04:00:00Z'),
    log: pino({ level: 'silent' }),
  });
  closers.push(() => observations.close());
  way.freeze();
  const asked = Array.from({ length: 40 }, () =>
    observations.rows('SELECT 1').catch((error: unknown) => error),
  );
  for (const error of await Promise.all(asked)) {
    expect(error).toMatchObject({
      name: 'ObservationsAway',
      said: {
        ru: expect.stringMatching(/не отвечает с 2026-02-10T04:00:00Z: нет ответа\.$/) as string,
        en: expect.stringMatching(/has not answered since 2026-02-10T04:00:00Z: no answer\.$/) as string,
      },
    });
  }
  way.thaw();
  await expect.poll(() => observations.awaySince(), { timeout: 120_000 }).toBeNull();
  expect(await observations.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

async function openWay(): Promise<{ way: TcpProxy }> {
  const folder = await openStoreFolder({
    seed: 1,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 1,
    historyFrom: '2026-02-01',
  });
  closers.push(() => folder.close());
  const server = await serveClickHouse({ path: join(folder.directory, 'server') });
  closers.push(() => server.close());
  const way = await openProxy(Number(new URL(server.url).port));
  closers.push(() => way.close());
  return { way };
}
