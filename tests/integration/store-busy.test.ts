import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { versionAt } from '../helpers/form-version.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('each thing that is asked waits for the store as long as the server does');

let product: Product;
let origin: string;
let administrator: Visitor;
let holder: DatabaseSync;

beforeAll(async () => {
  product = openProduct();
  await product.command(['import', product.file('r.csv', 'organisation\nОбком\n')]);
  ({ origin, administrator } = await product.startClaimed());
});
afterAll(async () => {
  await product.close();
});
// As a backup that copies the file does.
beforeEach(() => {
  holder = new DatabaseSync(join(product.directory, 'operations.sqlite'));
  holder.exec('BEGIN EXCLUSIVE');
});
afterEach(() => {
  holder.close();
});

const release = (): void => {
  holder.exec('ROLLBACK');
};

/** What a page lets one do: where its form is sent, with what; or where its link leads. */
async function offered(
  answer: Response,
): Promise<{ status: number; to?: string; fields: Record<string, string> }> {
  const page = load(await answer.text());
  const fields = page('main form input')
    .toArray()
    .map(({ attribs }): [string, string] => [attribs['name'] ?? '', attribs['value'] ?? '']);
  const to = page('main form').attr('action') ?? page('main a').attr('href');
  return { status: answer.status, to, fields: Object.fromEntries(fields) };
}

test('an edit that the store has no time for is handed back with all that was entered, and sent again', async () => {
  const version = await versionAt(administrator, '/organisations/1?form=pause-1', 'pause');
  const entered = {
    version,
    organisation: '1',
    from: '2026-11-20',
    to: '2026-11-25',
    reason: 'Полевой "сезон" <b>',
  };
  const answer = await administrator.send('/organisations/1?/pause&form=pause-1', entered);
  const { status, to = '', fields } = await offered(answer);
  expect([status, to, fields]).toEqual([503, '/organisations/1?/pause&form=pause-1', entered]);
  release();
  const sent = await administrator.send(to, fields);
  expect([sent.status, sent.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('done=') as string,
  ]);
});

test('a script hears it as its form’s answer, and keeps what was entered itself', async () => {
  const answer = await administrator.ask('/silent?/pause', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ organisation: '1', from: '2026-11-20', to: '2026-11-25', reason: 'Сезон' }),
  });
  const error = { message: expect.stringContaining('try again') as string };
  expect([answer.status, JSON.parse(await answer.text())]).toEqual([
    503,
    expect.objectContaining({ type: 'error', error: expect.objectContaining(error) as object }),
  ]);
});

test('a login is told to be tried again, and no password is in the answer', async () => {
  const login = { email: 'anna@example.ru', password: 'выдра на льдине 1848' };
  const answer = await visitorOf(origin).send('/login?to=%2Fsilent', login);
  const body = await answer.clone().text();
  expect(body).not.toContain('выдра');
  expect(await offered(answer)).toEqual({ status: 503, to: '/login?to=%2Fsilent', fields: {} });
});
