import type { RequestEvent } from '@sveltejs/kit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineMaker, makeApiToken } from '#accounts/api-tokens.ts';
import { systemClock } from '#domain/clock.ts';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { accountsForTests } from '#tests/helpers/accounts-for-tests.ts';
import { readReader } from './read-reader.ts';
import { provideServices, type DashboardServices } from './services.ts';

let register: TestRegister;
let token: string;
/** What `storeTrouble` says. */
let trouble: { ru: string; en: string } | null = null;

beforeAll(async () => {
  register = await openTestRegister();
  const accounts = accountsForTests(register.operations, systemClock);
  provideServices({
    accounts,
    operations: register.operations,
    settings: { publicDashboard: true },
    log: pino({ level: 'silent' }),
    storeTrouble: () => Promise.resolve(trouble),
  } as unknown as DashboardServices);
  const expiresAt = new Date(systemClock.now().getTime() + 3_600_000);
  token = await makeApiToken(
    accounts,
    { name: 'Витрина', scopes: ['numbers.read'], expiresAt },
    machineMaker,
  );
});
afterAll(async () => {
  await register.close();
});

/** The answer, and the key of the reader that it was made for. */
async function ask(route: string, authorization: string) {
  const request = new Request('http://localhost/', { headers: { authorization } });
  const event = { request, url: new URL(request.url), route: { id: route }, locals: {} };
  const response = await readReader({
    event: event as unknown as RequestEvent,
    resolve: ({ locals }) => Promise.resolve(new Response(locals.reader.key)),
  });
  const { status, headers } = response;
  return { status, headers, body: await response.text() };
}

test('a token makes a reader of its own at the API, and is passed over elsewhere', async () => {
  const list = await ask('/api/v1/posts', `Bearer ${token}`);
  expect([list.status, list.body, list.headers.get('vary')]).toEqual([
    200,
    'token: numbers.read',
    'authorization',
  ]);
  for (const route of ['/silent', '/settings/tokens', '/healthz']) {
    const page = await ask(route, `Bearer ${token}`);
    expect([page.body, page.headers.get('vary')]).toEqual(['everybody', null]);
  }
});

test('a wrong token is refused, also where everybody may read', async () => {
  for (const wrong of [`${token}x`, 'pp_', '']) {
    const { status, headers, body } = await ask('/api/v1/posts', `Bearer ${wrong}`);
    expect([status, headers.get('www-authenticate'), headers.get('cache-control')]).toEqual([
      401,
      'Bearer error="invalid_token"',
      'no-store',
    ]);
    expect(JSON.parse(body)).toMatchObject({ status: 401, title: 'The token does not work' });
  }
  expect((await ask('/silent', 'Bearer wrong')).body).toBe('everybody');
});

test('a program hears of a store that cannot be asked, and of a fault, as a problem', async () => {
  await register.operations.db.schema.alterTable('apiTokens').renameTo('elsewhere').execute();
  trouble = { ru: 'База не отвечает.', en: 'The store does not answer.' };
  const away = await ask('/api/v1/posts', `Bearer ${token}`);
  expect([away.status, JSON.parse(away.body)]).toEqual([
    503,
    expect.objectContaining({ detail: trouble.en, reference: expect.any(String) as string }),
  ]);
  trouble = null;
  const broken = await ask('/api/v1/posts', `Bearer ${token}`);
  expect([broken.status, broken.headers.get('content-type')]).toEqual([500, 'application/problem+json']);
  await register.operations.db.schema.alterTable('elsewhere').renameTo('apiTokens').execute();
});
