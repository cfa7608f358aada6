import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';

let product: Product;
let origin: string;
let administrator: Visitor;
beforeAll(async () => {
  product = openProduct();
  ({ origin, administrator } = await product.startClaimed());
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  rmSync(product.directory, { recursive: true });
});
afterAll(async () => {
  await product.close();
});

async function ask(path: string, lang: 'ru' | 'en', init: RequestInit = {}) {
  const answer = await fetch(`${origin}${path}`, {
    ...init,
    headers: { cookie: `lang=${lang}; ${administrator.cookie()}`, ...init.headers },
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

test.each(['/readyz', '/healthz'])('%s says that the data are gone', async (path) => {
  const { status, body } = await ask(path, 'en');
  expect(status).toBe(503);
  expect(JSON.parse(body)).toEqual({
    ok: false,
    reasons: [
      { code: 'data_gone', detail: expect.stringContaining(`${product.directory} is gone`) as string },
    ],
  });
});

test.each(['/', '/silent', '/start', '/ranking'])(
  '%s says the same to a person, with whom to call',
  async (path) => {
    for (const [lang, said, calls] of [
      ['ru', `Папки данных ${product.directory} больше нет`, 'Позовите администратора'],
      ['en', `The data directory ${product.directory} is gone`, 'Call the administrator'],
    ] as const) {
      const { status, body } = await ask(path, lang);
      expect(status).toBe(503);
      expect(body).toContain(said);
      expect(body).toContain(calls);
      expect(body).not.toMatch(/целы|are safe|Internal Error/);
    }
  },
);

test('nothing is taken to be lost', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin };
  const sent = await ask('/silent?/close', 'ru', { method: 'POST', body: 'page=1', headers: form });
  expect([sent.status, sent.body]).toEqual([
    503,
    expect.stringContaining('позовите администратора') as string,
  ]);
  // What was entered is handed back, to be sent again.
  expect(sent.body).toContain(
    '<form method="POST" action="/silent?/close"><input type="hidden" name="page" value="1" />',
  );
});

test('scripts and programs hear it in their own form', async () => {
  expect((await ask('/silent/__data.json', 'ru')).body).toContain(
    `Папки данных ${product.directory} больше нет`,
  );
  const { status, type, body } = await ask('/api/v1/posts', 'ru');
  expect([status, type]).toEqual([503, 'application/problem+json']);
  expect(JSON.parse(body)).toMatchObject({
    detail: expect.stringContaining(`${product.directory} is gone`) as string,
  });
});
