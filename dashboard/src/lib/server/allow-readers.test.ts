import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { allowReaders } from './allow-readers.ts';
import { readerFor, readerOf } from './reader.ts';

const nobody = readerOf([], { key: 'nobody', who: 'nobody' });

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
  const everybody = readerFor({ publicDashboard: true });
  expect(await (await ask({ reader: everybody })).text()).toBe('the page');
  expect(await (await ask({ route: null, path: '/nothing' })).text()).toBe('the page');
});

test('who may not is refused: a page in their language, a problem for programs, an error for scripts', async () => {
  const page = await ask({});
  expect([page.status, await page.text()]).toEqual([
    403,
    expect.stringContaining('Доступ может открыть администратор.') as string,
  ]);
  const list = await ask({ route: '/api/v1/posts', path: '/api/v1/posts' });
  expect([list.status, await list.json()]).toEqual([
    403,
    expect.objectContaining({ detail: 'This is not for everybody. Ask the administrator for access.' }),
  ]);
  const thrown = await ask({ isDataRequest: true }).catch((error: unknown) => error);
  expect(isHttpError(thrown, 403)).toBe(true);
});

test('a route that the table does not know is nobody’s', async () => {
  const inside = readerFor({ publicDashboard: false });
  expect((await ask({ route: '/unknown', reader: inside })).status).toBe(403);
});
