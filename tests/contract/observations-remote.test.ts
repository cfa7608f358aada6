import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import type { Observations } from '#schema/observations/connect.ts';
import { connectObservations } from '#schema/observations/connect.ts';
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

  it('leaves the address to what is short, whatever is asked', () => {
    expect(Math.max(...server.requests.map(({ addressLength }) => addressLength))).toBeLessThan(2_000);
  });

  it('names what is wrong when the server, or what stands before it, takes less', async () => {
    const small = await serveClickHouse({
      path: join(directory, 'server'),
      limits: { fieldBytes: 100, headerBytes: 500 },
    });
    try {
      const observations = await connect(small.url, 'contract');
      const long = { ids: Array.from({ length: 200 }, () => 7) };
      await expect(observations.rows('SELECT {ids: Array(UInt32)} AS ids', long)).rejects.toMatchObject({
        name: 'RequestFailed',
        message: expect.stringMatching(
          /did not take a request of \d+ bytes: .*Field value too long.*client_max_body_size/,
        ) as string,
      });
      expect(observations.awaySince()).toBeNull();
      await observations.close();
    } finally {
      await small.close();
    }
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

  it('is ClickHouse’s interface, and nothing else', async () => {
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${server.url}${path}`, { headers });
      return { status: response.status, headers: response.headers, body: await response.text() };
    };
    const login = { 'X-ClickHouse-User': 'prof', 'X-ClickHouse-Key': encodeURIComponent(password) };
    expect((await get('/ping')).body).toBe('Ok.\n');
    const wrong = await get('/?query=SELECT+1', login);
    expect([wrong.status, wrong.headers.get('X-ClickHouse-Exception-Code')]).toEqual([403, '516']);
    const basic = { Authorization: `Basic ${Buffer.from(`prof:${password}`).toString('base64')}` };
    const asked = await get(
      '/?query=SELECT+%7Bx:UInt8%7D+AS+x&param_x=7&default_format=JSONEachRow&query_id=mine',
      basic,
    );
    expect(asked).toMatchObject({ status: 200, body: '{"x":7}\n' });
    expect(asked.headers.get('X-ClickHouse-Query-Id')).toBe('mine');
    expect(asked.headers.get('X-ClickHouse-Format')).toBe('JSONEachRow');
    expect(JSON.parse(asked.headers.get('X-ClickHouse-Summary') ?? '')).toMatchObject({ read_rows: '1' });
    const settings = await get('/?query=SELECT+getSetting(%27max_threads%27)+AS+n&max_threads=1', basic);
    expect(settings.body).toBe('1\n');
    const broken = await get('/?query=SELEC+1', basic);
    expect([broken.status, broken.headers.get('X-ClickHouse-Exception-Code')]).toEqual([400, '62']);
    expect(broken.body).toMatch(/^Code: 62\. DB::Exception: Syntax error.*\(SYNTAX_ERROR\) \(version /s);
    expect((await get('/?query=SELECT+1+FROM+no.no', basic)).status).toBe(404);
    expect((await get('/?query=', basic)).status).toBe(400);
    expect((await get('/elsewhere', basic)).status).toBe(404);
  });

  it('has an ordinary server’s limits, with its errors', async () => {
    const headers = { Authorization: `Basic ${Buffer.from(`prof:${password}`).toString('base64')}` };
    const post = async (address: string, body: FormData | string, more: Record<string, string> = {}) => {
      const response = await fetch(address, { method: 'POST', body, headers: { ...headers, ...more } });
      return { status: response.status, body: await response.text() };
    };
    const form = (fields: Record<string, string>): FormData => {
      const made = new FormData();
      for (const [name, value] of Object.entries(fields)) made.append(name, value);
      return made;
    };
    const ask = 'SELECT length({x: String}) AS n FORMAT TabSeparated';
    const whole = form({ query: ask, param_x: 'x'.repeat(128 * 1024) });
    expect(await post(server.url, whole)).toEqual({ status: 200, body: '131072\n' });
    const long = await post(server.url, form({ query: ask, param_x: 'x'.repeat(128 * 1024 + 1) }));
    expect(long).toMatchObject({
      status: 500,
      body: expect.stringContaining('HTML Form Exception: Field value too long') as string,
    });
    const packed = await post(server.url, '--b\r\n', { 'Content-Type': 'multipart/form-data; boundary=b' });
    expect(packed.body).toContain('No boundary line found');
    expect((await post(`${server.url}/?param_x=${'x'.repeat(16 * 1024)}`, ask)).status).toBe(431);
    const wordy = await post(server.url, `SELECT 1 /*${'x'.repeat(256 * 1024)}*/`);
    expect(wordy).toMatchObject({
      status: 400,
      body: expect.stringContaining('Max query size exceeded') as string,
    });
    const values = "INSERT INTO FUNCTION null('x String') FORMAT JSONCompactEachRow\n";
    expect((await post(server.url, `${values}["${'x'.repeat(512 * 1024)}"]`)).status).toBe(200);
  });

  it('closes the connection without a word where the address is over the bound', async () => {
    const limits = { headerBytes: 4 * 1024 * 1024 };
    const wide = await serveClickHouse({ path: join(directory, 'server'), limits });
    try {
      const taken = await fetch(`${wide.url}/?query=SELECT+1&param_x=${'x'.repeat(100_000)}`);
      expect(taken.status).toBe(200);
      const over = await fetch(`${wide.url}/?query=SELECT+1&param_x=${'x'.repeat(1024 * 1024)}`);
      expect([over.status, await over.text()]).toEqual([400, '']);
      const field = await fetch(`${wide.url}/?query=SELECT+1&param_x=${'x'.repeat(200_000)}`);
      expect(await field.text()).toContain('Field value too long');
    } finally {
      await wide.close();
    }
  });

  it('refuses names that are none', async () => {
    await expect(connect(address.href, 'no name')).rejects.toThrow('CLICKHOUSE_DATABASE');
    const options = { url: address.href, database: 'contract', cluster: "a'b", log };
    await expect(connectObservations(options)).rejects.toThrow('CLICKHOUSE_CLUSTER');
    const alone = { dataDirectory: directory, database: 'contract', cluster: 'one', log };
    await expect(connectObservations(alone)).rejects.toThrow('Set CLICKHOUSE_URL');
  });
});
