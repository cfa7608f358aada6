import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program without its store');

/** A server of the observations that goes and comes again, as a process of its own. */
let database: Running;
let product: Product;
let origin: string;
let administrator: Visitor;
const addressOf = async (server: Running) => (await server.says(/http:\/\/127\.0\.0\.1:(\d+)/))[0];

beforeAll(async () => {
  product = openProduct();
  const settings = await startDatabase('0');
  const register = product.file('register.csv', 'organisation,telegram\nA,t.me/aaaaaa\n');
  expect((await product.command(['import', register], settings)).code).toBe(0);
  ({ origin, administrator } = await product.startClaimed(settings));
});
afterAll(async () => {
  await product.close();
});

async function startDatabase(port: string): Promise<{ CLICKHOUSE_URL: string }> {
  const path = join(product.directory, '..', 'server');
  database = product.launch('tests/contract/serve-clickhouse.ts', {}, ['--path', path, '--port', port]);
  return { CLICKHOUSE_URL: await addressOf(database) };
}

async function ask(path: string, lang: 'ru' | 'en' = 'en') {
  const answer = await fetch(`${origin}${path}`, {
    headers: { cookie: `lang=${lang}; ${administrator.cookie()}` },
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

const pages = ['/', '/silent', '/ranking', '/start', '/organisations/1'];
const since = { ru: String.raw`\d\d\.\d\d\.\d{4}, \d\d:\d\d`, en: String.raw`\d{4}-\d\d-\d\d, \d\d:\d\d` };

test('without the observations pages say so in the site’s look, and since when; with them all goes on', async () => {
  // Pages are not asked for before: what was answered within the minute is still given.
  expect((await ask('/readyz')).status).toBe(200);
  const port = new URL(await addressOf(database)).port;
  await database.stop();

  for (const path of pages) {
    const ru = await ask(path, 'ru');
    expect([path, ru.status]).toEqual([path, 503]);
    expect(ru.body).toMatch(
      new RegExp(`База наблюдений не отвечает с ${since.ru}: [^<]+\\. Позовите администратора`),
    );
    expect(ru.body).toMatch(/<nav[^]*Не обновляются/);
    const en = await ask(path, 'en');
    expect(en.status).toBe(503);
    expect(en.body).toMatch(
      new RegExp(
        `The observations store has not answered since ${since.en}: [^<]+\\. Call the administrator`,
      ),
    );
    // Where the store stands is nobody's business.
    expect(ru.body + en.body).not.toContain(port);
  }
  const list = await ask('/api/v1/posts');
  expect([list.status, list.type]).toEqual([503, 'application/problem+json']);
  expect(list.body).toContain('has not answered since');
  for (const path of ['/readyz', '/healthz']) {
    const { status, body } = await ask(path);
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ reasons: [{ code: 'observations_unavailable' }] });
  }

  await startDatabase(port);
  await expect.poll(async () => (await ask('/readyz')).status, { timeout: 120_000 }).toBe(200);
  for (const path of pages) expect([path, (await ask(path)).status]).toEqual([path, 200]);
});
