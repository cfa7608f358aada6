import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server');

const product: Product = openProduct();
let origin: string;
let process: { output(): string };
let visitor: Visitor;
beforeAll(async () => {
  ({ origin, process } = await product.start({ PUBLIC_DASHBOARD: 'true', LOG_LEVEL: 'info' }));
  visitor = visitorOf(origin);
});
afterAll(async () => {
  await product.close();
});

describe('what is damaged is said to be, and is no fault of the program', () => {
  test.each(['/%ff', '/ranking/%C0%AF', '/organisations/%ff', '/%E0%A4%A'])(
    'malformed UTF-8 in a path: %s',
    async (path) => {
      for (const [language, said] of [
        ['en', 'The address is damaged'],
        ['ru', 'Адрес страницы повреждён'],
      ] as const) {
        const [status, page] = await shown(visitor.get(`${path}?lang=${language}`));
        expect([status, page.includes(said), page.includes('<nav')]).toEqual([400, true, true]);
        expect(page).not.toMatch(/fault of the program|ошибка программы/);
      }
    },
  );

  test('the same in a list, as a problem', async () => {
    const answer = await visitor.get('/api/v1/%ff');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ detail: 'The address is damaged, and nothing was done.' });
  });

  test.each(['application/json', 'application/xml', 'image/png'])(
    'a form that is sent as %s',
    async (type) => {
      const body = '{"email":"anna@example.ru","password":"x"}';
      const headers = { 'content-type': type, accept: 'text/html' };
      const answer = visitor.ask('/login?lang=en', { method: 'POST', headers, body });
      const [status, page] = await shown(answer);
      expect([status, page.includes('The form arrived damaged'), page.includes('<nav')]).toEqual([
        400,
        true,
        true,
      ]);
      const scripted = { 'content-type': type, accept: 'application/json' };
      const told = await visitor.ask('/login?lang=en', { method: 'POST', headers: scripted, body });
      expect([told.status, await told.text()]).toEqual([
        400,
        expect.stringContaining('The form arrived damaged') as string,
      ]);
    },
  );

  test('none of this is logged as an error', () => {
    expect(process.output()).not.toContain('"level":50');
  });
});

test('a form up to 1 MiB is read; above, 413 with a sentence, whether it says its length or not', async () => {
  const formOf = (bytes: number): string => `email=${'x'.repeat(bytes - 'email='.length)}`;
  const post = async (body: BodyInit): Promise<[number, string]> =>
    await shown(
      visitor.ask('/login?lang=en', {
        ...{ method: 'POST', body, duplex: 'half' },
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      }),
    );
  const most = 1024 * 1024;
  expect((await post(formOf(most)))[1]).not.toContain('too large');
  for (const body of [formOf(most + 1), new Blob([formOf(most + 1)]).stream()])
    expect(await post(body)).toEqual([413, expect.stringContaining('The form is too large') as string]);
});

test('what is not found speaks of organisations at an address of one alone', async () => {
  const removed = 'may have been removed from the register';
  expect((await shown(visitor.get('/organisations/999?lang=en')))[1]).toContain(removed);
  for (const path of ['/no-such-page?lang=en', '/organisations?lang=en', '/_app/none?lang=en'])
    expect((await shown(visitor.get(path)))[1]).not.toContain(removed);
});
