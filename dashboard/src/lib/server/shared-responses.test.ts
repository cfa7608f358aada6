import type { RequestEvent } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestRegister, type TestRegister } from '#register/register-for-tests.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { moveDataVersion, readDataVersion } from '#schema/operations/data-version.ts';
import { setSetting } from '#schema/operations/settings.ts';
import type { Preferences } from './preferences.ts';
import { readerWhere } from '#tests/helpers/readers.ts';
import { provideServices, type CollectionProgress, type DashboardServices } from './services.ts';
import { shareResponses } from './shared-responses.ts';

let register: TestRegister;
let now: Date;
let progress: CollectionProgress | null;
let next: Date | null;
let services: DashboardServices;
beforeEach(async () => {
  register = await openTestRegister();
  now = new Date('2026-11-25T15:59:10Z');
  [progress, next] = [null, new Date('2026-11-25T16:00:00Z')];
  open(true);
});
afterEach(async () => {
  await register.close();
});

function open(publicDashboard: boolean): void {
  services = {
    operations: register.operations,
    analytics: { clock: { now: () => now } },
    settings: { publicDashboard },
    collection: { progress: () => progress, next: () => next },
  } as unknown as DashboardServices;
  provideServices(services);
}

interface Asked {
  path?: string;
  method?: string;
  route?: string | null;
  headers?: Record<string, string>;
  preferences?: Preferences;
}

/** Answers with a number that counts up, so that one can tell what was made anew. */
const made = vi.fn<() => Promise<Response>>();
let count = 0;
const page = (headers: Record<string, string> = {}, status = 200) =>
  new Response(`page ${(count += 1)}`, { status, headers: { etag: `"${count}"`, ...headers } });
beforeEach(() => {
  count = 0;
  made.mockReset().mockImplementation(() => Promise.resolve(page()));
});

async function ask({
  path = '/ranking',
  method = 'GET',
  route = '/ranking',
  headers = {},
  preferences = { locale: 'ru', theme: 'auto' },
}: Asked = {}): Promise<Response> {
  const url = new URL(path, 'http://localhost');
  const request = new Request(url, { method, headers });
  const event = {
    request,
    url,
    route: { id: route },
    locals: { preferences, reader: readerWhere(services.settings) },
  } as unknown as RequestEvent;
  return await shareResponses({ event, resolve: () => made() });
}
const text = async (asked?: Asked): Promise<string> => await (await ask(asked)).text();

describe('a page', () => {
  test('is made once for fifty who ask at once, and once for those who come later', async () => {
    const texts = await Promise.all(Array.from({ length: 50 }, () => text()));
    expect(new Set(texts)).toEqual(new Set(['page 1']));
    expect([await text(), made.mock.calls.length]).toEqual(['page 1', 1]);
  });

  test('is another one in another language, theme and address, and for who may see more', async () => {
    const all = [
      await text(),
      await text({ preferences: { locale: 'en', theme: 'auto' } }),
      await text({ preferences: { locale: 'ru', theme: 'dark' } }),
      await text({ path: '/ranking?unit=year' }),
      await text({ path: '/ranking/__data.json?x-sveltekit-invalidated=01' }),
      await text({ path: '/ranking/__data.json?x-sveltekit-invalidated=11' }),
    ];
    expect(new Set(all).size).toBe(6);
    open(false);
    expect(await text()).toBe('page 7');
    expect(await text({ preferences: { locale: 'en', theme: 'auto' } })).toBe('page 8');
    expect(await text({ headers: { 'accept-encoding': 'br' } })).toBe('page 9');
    expect(await text({ headers: { 'accept-encoding': 'gzip, br;q=0.5' } })).toBe('page 10');
    expect(await text({ headers: { 'accept-encoding': 'br, gzip' } })).toBe('page 9');
  });

  test('is given with its status and headers, or as known already with its policy', async () => {
    made.mockImplementation(() =>
      Promise.resolve(page({ 'content-security-policy': "script-src 'sha256-a'" })),
    );
    const tags = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      const answer = await ask();
      expect([answer.status, await answer.text()]).toEqual([200, 'page 1']);
      tags.add(answer.headers.get('etag') ?? '');
      expect(answer.headers.get('content-security-policy')).toBe("script-src 'sha256-a'");
    }
    const [tag = '', other] = tags;
    expect([tag, other]).toEqual([expect.stringMatching(/^W\/"[\w-]{22}"$/), undefined]);
    const known = await ask({ headers: { 'if-none-match': `W/"0", ${tag}` } });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect(known.headers.get('content-security-policy')).toBe("script-src 'sha256-a'");
    expect((await ask({ headers: { 'if-none-match': 'W/"0"' } })).status).toBe(200);
  });

  test.each([
    ['an edit', () => appendJournal(register.operations, [entry])],
    ['a setting', () => setSetting(register.operations, 'growth.target', { subscribers: 1 })],
    ['what was counted, or copied', () => moveDataVersion(register.operations)],
    ['midnight', () => void (now = new Date('2026-11-25T16:00:00Z'))],
    ['the next slot', () => void (next = new Date('2026-11-25T17:00:00Z'))],
    ['the begin of a run', () => void (progress = { slot: now, done: 0, total: 45 })],
  ])('is made anew after %s', async (_, change) => {
    expect([await text(), await text()]).toEqual(['page 1', 'page 1']);
    await change();
    expect([await text(), await text()]).toEqual(['page 2', 'page 2']);
  });

  test('tells of a run that goes on every five seconds, and of its end', async () => {
    progress = { slot: now, done: 1, total: 45 };
    expect(await text()).toBe('page 1');
    now = new Date(now.getTime() + 5_000);
    expect(await text()).toBe('page 2');
    progress = null;
    expect(await text()).toBe('page 3');
  });

  test('that was begun before an edit is not given to who asks after it', async () => {
    const first = Promise.withResolvers<Response>();
    made.mockReturnValueOnce(first.promise);
    const before = text();
    await vi.waitFor(() => expect(made).toHaveBeenCalledOnce());
    await appendJournal(register.operations, [entry]);
    expect(await text()).toBe('page 1');
    first.resolve(new Response('old'));
    expect([await before, await text()]).toEqual(['old', 'page 1']);
  });

  test('is for the others too when the one who asked first has gone', async () => {
    const first = Promise.withResolvers<Response>();
    made.mockReturnValueOnce(first.promise);
    const gone = await Promise.all([ask(), ask(), Promise.resolve(first.resolve(page()))]);
    await gone[0].body?.cancel();
    expect([await gone[1].text(), await text()]).toEqual(['page 1', 'page 1']);
  });
});

const entry = { at: new Date(0), who: 'test', what: 'page.closed', subject: 'page:1', before: 1, after: 2 };

describe('what is never kept', () => {
  test.each([404, 500, 307])('an answer of status %i, which those who wait share', async (status) => {
    const first = Promise.withResolvers<Response>();
    made.mockReturnValueOnce(first.promise).mockImplementation(() => Promise.resolve(page({}, status)));
    const asking = [ask(), ask(), ask()];
    // By the time that a fourth has read the version all three wait for the same answer.
    await readDataVersion(register.operations).then(() => readDataVersion(register.operations));
    first.resolve(page({}, status));
    const all = await Promise.all(asking);
    expect([all.map((answer) => answer.status), made.mock.calls.length]).toEqual([
      [status, status, status],
      1,
    ]);
    await ask();
    expect(made).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['a cookie', { 'set-cookie': 'lang=en' }],
    ['a nonce', { 'content-security-policy': "script-src 'nonce-abc'" }],
    ['an answer of the moment', { 'cache-control': 'no-store' }],
  ])('%s, which goes to one reader alone', async (_, headers) => {
    made.mockImplementation(() => Promise.resolve(page(headers)));
    expect(new Set(await Promise.all([text(), text(), text()])).size).toBe(3);
    expect(await text()).toBe('page 4');
  });

  test.each<[string, Asked]>([
    ['a form', { method: 'POST' }],
    ['a choice of language', { path: '/ranking?lang=en' }],
    ['a choice of theme', { path: '/ranking?theme=dark' }],
    ['a probe', { path: '/readyz', route: '/readyz' }],
    ['an address of nothing', { path: '/none', route: null }],
  ])('%s', async (_, asked) => {
    expect([await text(asked), await text(asked)]).toEqual(['page 1', 'page 2']);
  });

  test('a failure, and anything while the store cannot be asked', async () => {
    made.mockRejectedValueOnce(new Error('no page'));
    await expect(ask()).rejects.toThrow('no page');
    expect(await text()).toBe('page 1');
    await register.operations.close();
    expect([await text(), await text()]).toEqual(['page 2', 'page 3']);
  });
});
