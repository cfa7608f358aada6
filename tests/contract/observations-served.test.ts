import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import type { Observations } from '../../schema/observations/connect.ts';
import { connectObservations } from '../../schema/observations/connect.ts';
import type { ClickHouseServer } from './clickhouse-http-server.ts';
import { serveClickHouse } from './clickhouse-http-server.ts';
import { contractBounds, describeObservations } from './observations-contract.ts';

const log = pino({ level: 'silent' });
const directory = mkdtempSync(join(tmpdir(), 'profpulse-contract-'));
const password = 'pä:ss/word?';
const server: ClickHouseServer = await serveClickHouse({
  path: join(directory, 'server'),
  user: 'prof',
  password,
});
const address = new URL(server.url);
address.username = 'prof';
address.password = encodeURIComponent(password);

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

async function connect(url: string, database: string): Promise<Observations> {
  return await connectObservations({ url, database, bounds: contractBounds, log });
}

describeObservations('a server over HTTP', async () => {
  const observations = await connect(address.href, 'contract');
  return { observations, close: () => observations.close() };
});

// A real server, wherever there is one. When it is named and not there, the suite fails.
const real = process.env['CLICKHOUSE_URL'];
if (real) {
  describeObservations('the server of CLICKHOUSE_URL', async () => {
    const database = `profpulse_contract_${process.pid}`;
    const observations = await connect(real, database);
    return {
      observations,
      close: async () => {
        await observations.command(`DROP DATABASE IF EXISTS ${database}`);
        await observations.close();
      },
    };
  });
}

describe('the way to a server', () => {
  it('is compressed both ways', () => {
    expect(server.requests.length).toBeGreaterThan(0);
    const inserts = server.requests.filter((request) =>
      request.sql.startsWith('INSERT INTO `contract`.`posts`'),
    );
    expect(new Set(inserts.map((request) => request.requestEncoding))).toEqual(new Set(['gzip']));
    const questions = server.requests.filter((request) => request.sql.startsWith('SELECT'));
    expect(new Set(questions.map((request) => request.responseEncoding))).toEqual(new Set(['gzip']));
  });

  it('says so when the password is wrong, without showing it', async () => {
    const wrong = new URL(server.url);
    wrong.username = 'prof';
    wrong.password = 'hunter2';
    const refused = await connect(wrong.href, 'contract').catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ name: 'ObservationsUnavailable' });
    expect((refused as Error).message).toContain('Authentication failed');
    expect((refused as Error).message).toContain(new URL(server.url).host);
    expect((refused as Error).message).not.toContain('hunter2');
  });

  it('says so when nobody answers', async () => {
    await expect(connect('http://127.0.0.1:9', 'contract')).rejects.toMatchObject({
      name: 'ObservationsUnavailable',
      message: expect.stringContaining('CLICKHOUSE_URL') as string,
    });
  });

  it('says so when the address is none', async () => {
    await expect(connect('clickhouse:8123', 'contract')).rejects.toMatchObject({
      name: 'ObservationsUnavailable',
      message: expect.stringContaining('http://user:password@host:8123') as string,
    });
  });

  it('refuses names that are none', async () => {
    await expect(connect(address.href, 'no name')).rejects.toThrow('CLICKHOUSE_DATABASE');
    const options = { url: address.href, database: 'contract', cluster: "a'b", log };
    await expect(connectObservations(options)).rejects.toThrow('CLICKHOUSE_CLUSTER');
  });
});
