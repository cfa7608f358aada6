import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedIn } from '#accounts/accounts.ts';
import { addAccount } from '#accounts/new-account.ts';
import { systemClock } from '#domain/clock.ts';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { accountsForTests } from '#tests/helpers/accounts-for-tests.ts';
import { provideServices, useServices, type DashboardServices } from './services.ts';
import { allowReaders } from './allow-readers.ts';
import { programOf, strangerOf, readerOf } from './reader.ts';

const nobody = readerOf([], { key: 'nobody', who: 'nobody' });
const signedIn = {
  ...readerOf([], { key: 'x', who: 'x' }),
  account: { roles: ['viewer'] } as unknown as SignedIn,
};
let register: TestRegister;

beforeAll(async () => {
  register = await openTestRegister();
  const accounts = accountsForTests(register.operations, systemClock);
  provideServices({ accounts } as unknown as DashboardServices);
});
afterAll(async () => {
  await register.close();
});

interface Asked {
  route?: string | null;
  path?: string;
  reader?: RequestEvent['locals']['reader'];
  isDataRequest?: boolean;
}

async function ask({ route = '/silent', path = '/silent', reader = nobody, isDataRequest = false }: Asked) {
  const url = new URL(path, 'http://localhost');
  const preferences = { locale: 'ru', theme: 'auto' } as const;
  const event = {
    request: new Request(url),
    url,
    route: { id: route },
    isDataRequest,
    locals: { reader, preferences },
  };
  return await allowReaders({
    event: event as unknown as RequestEvent,
    resolve: () => Promise.resolve(new Response('the page')),
  });
}

test('who may read a route is let through, as is what is no route', async () => {
  const everybody = strangerOf({ publicDashboard: true, showsSilent: false });
  expect(await (await ask({ route: '/ranking', reader: everybody })).text()).toBe('the page');
  expect(await (await ask({ route: null, path: '/nothing' })).text()).toBe('the page');
});

test('who may not is refused: a page in their language, a problem for programs, an error for scripts', async () => {
  const page = await ask({ reader: signedIn });
  expect([page.status, await page.text()]).toEqual([
    403,
    expect.stringContaining('Доступ может открыть администратор.') as string,
  ]);
  const list = await ask({ route: '/api/v1/posts', path: '/api/v1/posts', reader: signedIn });
  expect([list.status, await list.json()]).toEqual([
    403,
    expect.objectContaining({ detail: 'This is not for everybody. Ask the administrator for access.' }),
  ]);
  const thrown = await ask({ isDataRequest: true, reader: signedIn }).catch((error: unknown) => error);
  expect(isHttpError(thrown, 403)).toBe(true);
});

test('a token that opens other things is told so, and is led to no login', async () => {
  const program = programOf({ id: 1, scopes: [] });
  const list = await ask({ route: '/api/v1/posts', path: '/api/v1/posts', reader: program });
  expect([list.status, list.headers.get('content-type'), list.headers.get('www-authenticate')]).toEqual([
    403,
    'application/problem+json',
    'Bearer error="insufficient_scope"',
  ]);
});

test('a route that the table does not know is nobody’s', async () => {
  const inside = readerOf(['administrator'], { key: 'inside', who: 'anna' });
  expect((await ask({ route: '/unknown', reader: inside })).status).toBe(403);
});

test('who has not signed in is led to claim an instance of nobody, and to sign in to another', async () => {
  const ledTo = async (asked: Asked) => {
    const thrown = await ask(asked).catch((error: unknown) => error);
    return isRedirect(thrown) ? [thrown.status, thrown.location] : thrown;
  };
  expect(await ledTo({ path: '/silent?page=2' })).toEqual([303, '/claim']);
  const entered = { name: 'Анна', email: 'anna@example.ru', password: 'выдра на льдине 1848' };
  await addAccount(useServices().accounts, entered, { role: 'administrator', by: 'test' });
  expect(await ledTo({ path: '/silent?page=2' })).toEqual([303, '/login?to=%2Fsilent%3Fpage%3D2']);
  const list = await ask({ route: '/api/v1/posts', path: '/api/v1/posts' });
  expect([list.status, list.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  expect(list.headers.get('www-authenticate')).toBe('Bearer realm="ProfPulse"');
  expect(await (await ask({ route: '/login', path: '/login' })).text()).toBe('the page');
});
