import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowedDays } from '#domain/allowed-days.ts';
import { connectOperations } from '#schema/operations/connect.ts';
import { addPause } from '#schema/operations/pauses.ts';
import { saveMembers } from '#schema/operations/members.ts';
import { setSetting } from '#schema/operations/settings.ts';
import type { Running } from '../e2e/processes.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';
import { versionAt } from '../helpers/form-version.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program over a folder of wrong days');

const { from: first, to: last } = allowedDays;
const farDays = ['0026-11-30', '1500-01-01', '1900-01-01', '2200-01-01', '2300-01-01', '9999-12-31'];
const lists = ['leaderboard', 'posts', 'subscribers', 'runs'];

let product: Product;
let server: Running;
let origin = '';
let administrator: Visitor;

/** A folder of an earlier version: it took any day. */
async function spoil(directory: string): Promise<void> {
  const operations = await connectOperations({ dataDirectory: directory, log: pino({ level: 'silent' }) });
  const organisationId = 1;
  await addPause(operations, { organisationId, from: '0026-11-30', to: '0026-12-10', reason: 'отпуск' });
  await addPause(operations, { organisationId, from: '2300-01-01', to: '2300-01-10', reason: 'отпуск' });
  await saveMembers(operations, { organisationId, on: '1500-01-01', count: 5 });
  await saveMembers(operations, { organisationId, on: '2020-02-01', count: 5_000_000_000 });
  await operations.db
    .updateTable('organisations')
    .set({ started: '1500-01-01' })
    .where('id', '=', 2)
    .execute();
  await setSetting(operations, 'growth.target', { subscribers: 9000, by: '9999-12-31', from: '2020-01-01' });
  await operations.close();
}

beforeAll(async () => {
  product = openProduct();
  const register = product.file(
    'register.csv',
    'organisation,members,members_on,vk\nОбком,500,2020-01-01,club5\nГорком,,,club6\n',
  );
  expect((await product.command(['import', register])).code).toBe(0);
  await spoil(product.directory);
  ({ process: server, origin, administrator } = await product.startClaimed({ LOG_LEVEL: 'warn' }));
});
afterAll(async () => {
  await product.close();
});

const get = async (path: string, language = 'ru') =>
  await administrator.get(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
const ask = async (path: string) => await administrator.get(`/api/v1/${path}`);

test('a folder with days that were taken once starts, names them, and takes edits', async () => {
  const organisations = (await (await ask('organisations')).json()) as { data: unknown[] };
  expect(organisations).toMatchObject({ data: [{ name: 'Обком', members: 500 }, { name: 'Горком' }] });
  for (const named of [
    'the pause 0026-11-30 – 0026-12-10',
    'the pause 2300-01-01 – 2300-01-10',
    '1500-01-01: 5',
  ])
    expect(server.output().split(named)).toHaveLength(2);

  const doctor = await product.command(['doctor']);
  expect(doctor.code).toBe(1);
  expect(doctor.output).toContain('✗ "Обком": the pause 0026-11-30 – 0026-12-10 is not counted');
  expect(doctor.output).toContain('✗ "Горком": the value "started" cannot be understood');

  expect(doctor.output).toContain('✗ The growth target is not counted');
  expect((await get('/')).status).toBe(200);

  // The organisation's own screen says it too, with the way out.
  const own = async (id: number) => {
    const html = await (await get(`/organisations/${id}`)).text();
    const [section = ''] = /<section[^>]*"set-aside".*?<\/section>/su.exec(html) ?? [];
    return section.replaceAll('\u00a0', ' ');
  };
  const union = await own(1);
  expect(union).toContain(
    'Пауза (0026-11-30 – 0026-12-10) не учитывается: допускаются даты с 1 января 2000 по 31 декабря 2089.',
  );
  expect(union).toContain('href="/organisations/1?form=pause-1#people"');
  expect(union).toContain('Число членов профсоюза (1500-01-01: 5) не учитывается');
  expect(await own(2)).toContain('Значение «started» непонятно и считается неизвестным.');

  const changed = product.file(
    'changed.csv',
    'organisation,members,members_on\nОбком,510,2020-03-01\nГоркомы,,\n',
  );
  expect((await product.command(['import', changed])).code).toBe(0);
  expect(await (await ask('organisations')).json()).toMatchObject({
    data: [{ members: 510 }, { name: 'Горком' }, { name: 'Горкомы' }],
  });
  expect((await product.command(['doctor'])).output).not.toContain('count of members');

  for (const pause of ['1', '2']) {
    const version = await versionAt(administrator, '/organisations/1?form=pause-1', 'resume');
    const ended = await administrator.ask('/silent?/resume', {
      method: 'POST',
      headers: { origin, accept: 'text/html' },
      body: new URLSearchParams({ organisation: '1', pause, version }),
    });
    expect(ended.status).toBe(303);
  }
  expect((await product.command(['doctor'])).output).not.toContain('the pause');
  expect(await own(1)).not.toContain('Пауза (0026');
});

describe.each(farDays)('the day %s', (day) => {
  test.each(lists)('is a problem in the list %s', async (list) => {
    for (const query of [`from=${day}&to=${day}`, `from=${day}&to=${last}`, `from=${first}&to=${day}`]) {
      const answer = await ask(`${list}?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({
        status: 400,
        detail: expect.stringContaining(`got "${day}", wanted a day from ${first} to ${last}`) as string,
      });
    }
  });

  test.each(['/ranking', '/organisations/1'])('is refused by %s, in the look of the site', async (path) => {
    const page = await get(`${path}?from=${day}&to=2026-11-30`);
    expect(page.status).toBe(400);
    const html = await page.text();
    expect(html).toContain(
      `Дата «${day}» не принимается: допускаются даты с 1 января 2000 по 31 декабря 2089. Проверьте год.`,
    );
    expect(html).toContain('href="/ranking"');
    const english = await (await get(`${path}?from=2026-11-30&to=${day}`, 'en')).text();
    expect(english).toContain('The date is not taken');
    expect(english).toMatch(/dates from 1 January 2000 to 31 December 2089 are/);
  });

  test('is refused by the commands', async () => {
    const ranking = await product.command(['leaderboard', '--from', day, '--to', '2026-11-30']);
    expect(ranking).toEqual({
      code: 2,
      output: `--from: got "${day}", wanted a day from ${first} to ${last}: check the year.\n`,
    });
  });
});

describe.each([
  ['from=2026-02-30&to=2026-03-08', 'Дня «2026-02-30» в календаре нет.', 'Дата не принимается'],
  ['from=2026-03-02&to=abc', 'Дата «abc» не понята.', 'Дата не принимается'],
  ['from=2026-03-08&to=2026-03-02', 'Период кончается раньше, чем начинается', 'Период не принят'],
  ['to=2026-03-08', 'Указана только одна дата периода, 8 марта 2026', 'Период не принят'],
])('the days %s, which are no period,', (query, said, title) => {
  test.each([
    ['/ranking', '/ranking?network=vk'],
    ['/organisations/1', '/organisations/1?network=vk'],
    ['/silent', '/silent?network=vk'],
    ['/', '/?network=vk'],
  ])('are refused by %s, with the days that are taken and a way on', async (path, way) => {
    const page = await get(`${path}?${query}&network=vk`);
    const html = await page.text();
    expect(page.status).toBe(400);
    expect(html).toContain(said);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).toMatch(/с 1 января 2000 по 31 декабря 2089/);
    expect(html).toContain(`href="${way}`);
  });
});

describe.each([
  [first, first],
  [first, last],
  [last, last],
  ['2000-01-03', '2000-01-09'],
  ['2000-01-01', '2000-12-31'],
  ['2089-01-01', '2089-12-31'],
  ['2089-12-26', '2089-12-31'],
])('the days %s to %s, which are taken,', (from, to) => {
  test.each(lists)('are answered by the list %s', async (list) => {
    const answer = await ask(`${list}?from=${from}&to=${to}`);
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
  });

  test.each(['/ranking', '/organisations/1'])(
    'are shown by %s, with links that lead somewhere',
    async (path) => {
      const page = await get(`${path}?from=${from}&to=${to}`);
      expect(page.status).toBe(200);
      const links = [...(await page.text()).matchAll(/href="([^"]*[?&;]from=[^"]*)"/g)].map(([, link]) =>
        (link ?? '').replaceAll('&amp;', '&'),
      );
      for (const link of new Set(links)) {
        const parameters = new URL(link, origin).searchParams;
        for (const day of [parameters.get('from'), parameters.get('to')])
          expect(day === null || (first <= day && day <= last), link).toBe(true);
      }
    },
  );
});

test.each([
  ['runs', ['0026-01-01T00:00:00Z']],
  ['runs', ['9999-01-01T00:00:00Z']],
  ['posts', ['0026-01-01T00:00:00Z', 1, '1']],
  ['posts', ['2026-01-01T00:00:00Z', -1, '1']],
  ['subscribers', ['2026-01-01T00:00:00Z', 9_007_199_254_740_991]],
])('a cursor of %s that nobody gave is a problem: %j', async (list, position) => {
  const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
  const answer = await ask(`${list}?cursor=${cursor}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ parameters: [{ name: 'cursor' }] });
});

test('an id that nothing can have leads to nothing', async () => {
  expect((await get('/organisations/9007199254740991')).status).toBe(404);
  expect((await get('/silent?done=9007199254740991&form=pause-999999999')).status).toBe(200);
  expect(await (await ask('posts?organisation=9007199254740991')).json()).toMatchObject({ data: [] });
});

test('nothing failed that nobody waited for, and nothing was answered by a fault', () => {
  expect(server.output()).not.toContain('nobody waited for');
  expect(server.output()).not.toContain('could not be answered');
});
