import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAs, invitedBy, shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server, and asks for everything of a tree that is not one’s own');

const password = 'выдра на льдине 1848';
const anna = { name: 'Анна', email: 'anna@example.ru', password };
const heading = 'organisation,level,parent,vk,responsible,email,phone,chair,chair_phone';
const register = (parentOfDepot: string) =>
  [
    heading,
    'Обком лесников,branch,,vk.com/club101,Ольга Лесная,olga@example.ru,+7 900 000-00-01,,',
    `Депо,primary,${parentOfDepot},vk.com/club102,Пётр Депо,petr@example.ru,+7 900 000-00-02,,`,
    'Обком горняков,branch,,vk.com/club201,Глеб Горный,gleb@example.ru,+7 900 000-00-03,,',
    'Шахта,primary,Обком горняков,vk.com/club202,Общая Нина,nina@example.ru,+7 900 000-00-04,Шахтёр Иван,+7 900 000-00-05',
    'Роща,primary,Обком лесников,vk.com/club103,Общая Нина,nina@example.ru,+7 900 000-00-04,,',
    '',
  ].join('\n');

const product: Product = openProduct();
let origin: string;
let administrator: Visitor;
let editor: Visitor;
let reader: Visitor;

/** What the store holds, by tables; of people in use, and of what somebody could have changed. */
function stored(): Record<string, unknown[]> {
  const database = new DatabaseSync(join(product.directory, 'operations.sqlite'), { readOnly: true });
  const tables = ['organisations', 'people', 'person_roles', 'pages', 'pauses', 'reminders', 'journal'];
  const held = Object.fromEntries(
    tables.map((table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()]),
  );
  database.close();
  return held;
}
const idIn = (table: string, column: string, value: string): number =>
  Number(
    stored()[table]?.find((row) => (row as Record<string, unknown>)[column] === value)?.['id' as never] ?? 0,
  );
const pageId = (number: number): number => idIn('pages', 'link', `https://vk.com/club${number}`);
/** The version that a form about a row sends which was opened just now. */
const versionOf = (table: string, id: string): string =>
  String(
    (stored()[table] as { id: number; version: number }[]).find((row) => row.id === Number(id))?.version,
  );
const newestEntry = (): number => Number((stored()['journal']?.at(-1) as { id: number }).id);

beforeAll(async () => {
  await product.command(['import', product.file('register.csv', register('Обком лесников'))]);
  const started = await product.start();
  origin = started.origin;
  const [link] = await started.process.says(/http:\S+\/claim\/\S+/);
  administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, anna);
  const organisation = 'Обком лесников';
  const guest = (role: string) => ({
    name: 'Гость',
    email: `${role}@example.ru`,
    password,
    role,
    organisation,
  });
  editor = await invitedBy(administrator, origin, guest('member_editor'));
  reader = await invitedBy(administrator, origin, guest('organisation'));
});
afterAll(async () => {
  await product.close();
});

/** Names, contacts and pages of the other tree. */
const foreign = /горняков|Шахта|Шахтёр|Глеб|gleb@|club20[12]|000-00-03|000-00-05/u;

describe('somebody of one tree', () => {
  test('sees nothing of another in any screen, form or list', async () => {
    const ids = {
      organisation: idIn('organisations', 'name', 'Шахта'),
      person: idIn('people', 'name', 'Глеб Горный'),
    };
    const forms = [
      ...['remind', 'contacts'].map((form) => `${form}-${ids.person}`),
      ...['appoint', 'pause', 'add'].map((form) => `${form}-${ids.organisation}`),
      `page-${pageId(202)}`,
    ];
    const paths = [
      ...['/', '/ranking', '/silent', '/silent?view=people', '/silent?view=pages', '/account'],
      ...forms.flatMap((form) => [`/silent?form=${form}`, `/organisations/1?form=${form}`]),
      ...['organisations', 'pages', 'posts', 'subscribers', 'leaderboard'].map((list) => `/api/v1/${list}`),
      ...['organisations', 'pages', 'posts', 'subscribers'].map(
        (list) => `/api/v1/${list}?organisation=${ids.organisation}`,
      ),
      `/silent?done=${newestEntry()}`,
    ];
    for (const visitor of [editor, reader])
      for (const path of paths) {
        const [status, answer] = await shown(visitor.get(path));
        expect([path, status, foreign.exec(answer)?.[0]]).toEqual([path, 200, undefined]);
      }
    for (const path of [
      `/organisations/${ids.organisation}`,
      `/organisations/${ids.organisation}/__data.json`,
    ])
      for (const visitor of [editor, reader])
        expect([path, foreign.test((await shown(visitor.get(path)))[1])]).toEqual([path, false]);
    expect((await editor.get(`/organisations/${ids.organisation}`)).status).toBe(404);
  });

  test('sees its own: the editor with contacts, the reader without', async () => {
    const path = `/organisations/${idIn('organisations', 'name', 'Роща')}`;
    expect((await shown(editor.get(path)))[1]).toContain('Общая Нина');
    const [status, page] = await shown(reader.get(path));
    expect([status, page.includes('Роща'), /Нина|tel:|mailto:/u.test(page)]).toEqual([200, true, false]);
    expect((await shown(reader.get('/silent')))[1]).not.toMatch(/Нина|tel:|mailto:|Ольга/u);
  });

  test('is led nowhere that it may not go', async () => {
    for (const visitor of [editor, reader]) {
      expect((await visitor.get('/start')).status).toBe(403);
      for (const path of ['/', '/ranking', '/silent']) {
        const page = load((await shown(visitor.get(path)))[1]);
        const led = page('a')
          .toArray()
          .map(({ attribs }) => attribs['href'] ?? '');
        expect([path, led.filter((href) => /^\/start/.test(href))]).toEqual([path, []]);
      }
    }
  });

  test('changes nothing of another by any form, whatever it names', async () => {
    const organisation = String(idIn('organisations', 'name', 'Шахта'));
    const own = String(idIn('organisations', 'name', 'Роща'));
    const [person, page] = [String(idIn('people', 'name', 'Глеб Горный')), String(pageId(202))];
    const contacts = { name: 'Чужая', email: 'x@example.ru', phone: '+7 900 111-11-11' };
    const days = { from: '2026-12-01', to: '2026-12-02', reason: 'отпуск' };
    const version = versionOf('organisations', organisation);
    await administrator.send('/silent?/pause', { organisation, ...days, version });
    const entry = String(newestEntry());
    const pause = String((stored()['pauses']?.at(-1) as { id: number }).id);
    const attempts: [action: string, fields: Record<string, string>][] = [
      ['remind', { person, page, channel: 'phone', note: '' }],
      ['remind', { person: String(idIn('people', 'name', 'Общая Нина')), page, channel: 'phone', note: '' }],
      ['remind', { person, page: String(pageId(103)), channel: 'phone', note: '' }],
      ['appoint', { organisation, ...contacts }],
      ['appoint', { organisation: own, person, known: 'on', version: versionOf('organisations', own) }],
      ['contacts', { person, ...contacts, version: '0' }],
      ['contacts', { person, ...contacts }],
      ['pause', { organisation, ...days, from: '2026-12-05', to: '2026-12-06' }],
      ['pause', { organisation, ...days }],
      ['resume', { organisation, pause }],
      ['resume', { organisation: own, pause, version: versionOf('organisations', own) }],
      ['add', { organisation, link: 'vk.com/club909' }],
      ['replace', { page, link: 'vk.com/club908' }],
      ['close', { page }],
      ['undo', { entry }],
    ];
    const before = stored();
    for (const at of ['/silent', `/organisations/${own}`, `/organisations/${organisation}`])
      for (const [action, fields] of attempts) {
        const [status, answer] = await shown(editor.send(`${at}?/${action}`, fields));
        const told = foreign.exec(answer.replaceAll('/organisations/', ''))?.[0];
        // Beside a screen that is not theirs there is no form to tell it at.
        const refused = at.endsWith(`/${organisation}`) ? 404 : 400;
        expect([at, action, fields, status, told]).toEqual([at, action, fields, refused, undefined]);
        const byReader = (await reader.send(`${at}?/${action}`, fields)).status;
        expect(byReader).toBe(refused === 404 ? 404 : 403);
      }
    expect(stored()).toEqual(before);
  });

  test('is not told whose a page is, nor changes who answers for others too', async () => {
    const own = String(idIn('organisations', 'name', 'Роща'));
    const [status, answer] = await shown(
      editor.send('/silent?/add', { organisation: own, link: 'vk.com/club201' }),
    );
    expect([status, answer.includes('горняков')]).toEqual([400, false]);
    expect(answer).toContain('another organisation');
    const person = String(idIn('people', 'name', 'Общая Нина'));
    const shared = await shown(
      editor.send('/silent?/contacts', {
        ...{ person, name: 'Нина', email: '', phone: '+7 900 222-22-22' },
        version: versionOf('people', person),
      }),
    );
    expect([shared[0], shared[1].includes('answers for organisations that are not yours')]).toEqual([
      400,
      true,
    ]);
  });

  test('edits its own, sees that it did, and undoes it', async () => {
    const organisation = String(idIn('organisations', 'name', 'Роща'));
    const made = await editor.send('/silent?/pause', {
      ...{ organisation, from: '2026-12-01', to: '2026-12-02', reason: 'ремонт' },
      version: versionOf('organisations', organisation),
    });
    const done = new URL(made.headers.get('location') ?? '', origin);
    expect(made.status).toBe(303);
    expect((await shown(editor.get(done.pathname + done.search)))[1]).toContain('ремонт');
    expect((await shown(reader.get(done.pathname + done.search)))[1]).not.toContain('ремонт');
    const entry = done.searchParams.get('done') ?? '';
    expect((await editor.send('/silent?/undo', { entry })).status).toBe(303);
  });
});

test('a form whose session has ended is kept through the login, and sent then', async () => {
  const organisation = String(idIn('organisations', 'name', 'Роща'));
  const late = visitorOf(origin);
  const before = stored();
  const version = versionOf('organisations', organisation);
  const sent = { organisation, from: '2026-12-20', to: '2026-12-21', reason: 'каникулы', version };
  const led = await late.send('/silent?/pause&group=quiet', sent);
  expect([led.status, led.headers.get('location')]).toEqual([303, '/login?to=%2Funsent']);
  expect((await shown(late.get('/login?to=%2Funsent')))[1]).toContain(
    'The form was not sent, but it is kept',
  );
  const login = { email: 'member_editor@example.ru', password };
  expect((await late.send('/login?to=%2Funsent', login)).headers.get('location')).toBe('/unsent');
  const [status, page] = await shown(late.get('/unsent'));
  expect([status, page.includes('каникулы'), page.includes('href="/silent?group=quiet"')]).toEqual([
    200,
    true,
    true,
  ]);
  expect(stored()['pauses']).toEqual(before['pauses']);
  const [, action = ''] = /<form[^>]*action="([^"]*pause[^"]*)"/.exec(page) ?? [];
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const again = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
  expect(again).toEqual(sent);
  const done = await late.send(action.replaceAll('&amp;', '&'), again);
  expect([done.status, done.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('done=') as string,
  ]);
  expect(stored()['pauses']).toHaveLength((before['pauses']?.length ?? 0) + 1);
  expect((await late.get('/unsent')).headers.get('location')).toBe('/');
});

test('a form with a secret in it, or too large a one, is not kept: the login leads to its page', async () => {
  const late = visitorOf(origin);
  const secret = { current: password, password: 'другая выдра 1849' };
  expect((await late.send('/account?/password', secret)).headers.get('location')).toBe(
    '/login?to=%2Faccount',
  );
  const noise = Array.from({ length: 6000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((index * 7919) % 20000)),
  );
  const large = await late.send('/silent?/pause', { reason: noise.join('') });
  expect([large.status, large.headers.get('location')]).toEqual([303, '/login?to=%2Fsilent']);
  expect(late.cookie()).not.toContain('unsent');
  const headers = { cookie: 'unsent-form=broken', origin };
  await late.send('/login', { email: 'member_editor@example.ru', password });
  expect(
    (await late.ask('/unsent', { headers: { ...headers, cookie: `${late.cookie()}; unsent-form=x` } }))
      .status,
  ).toBe(303);
});

describe('what is taken is taken at once', () => {
  test('an organisation that moved to another tree', async () => {
    const organisation = String(idIn('organisations', 'name', 'Депо'));
    const version = versionOf('organisations', organisation);
    const days = { organisation, from: '2026-12-10', to: '2026-12-11', reason: 'учёт', version };
    expect((await editor.get(`/organisations/${organisation}`)).status).toBe(200);
    await product.command(['import', product.file('register.csv', register('Обком горняков'))]);
    expect((await editor.get(`/organisations/${organisation}`)).status).toBe(404);
    expect((await shown(editor.get('/silent')))[1]).not.toContain('Депо');
    expect((await editor.send('/silent?/pause', days)).status).toBe(400);
  });

  test('a role, an account and a session', async () => {
    const people = await (await administrator.get('/settings/people')).text();
    const [, grant = ''] =
      /name="grant" value="(\d+)"[\s\S]{0,400}editor of a member organisation/.exec(people) ?? [];
    expect((await administrator.send('/settings/people?/end', { grant })).status).toBe(303);
    expect((await editor.get('/silent')).headers.get('location')).toBe('/account');
    const before = stored();
    const closing = await editor.send('/silent?/close', { page: String(pageId(103)) });
    expect([closing.status, closing.headers.get('location')]).toEqual([303, '/account']);
    expect(stored()).toEqual(before);
    const database = new DatabaseSync(join(product.directory, 'operations.sqlite'));
    database.exec("UPDATE sessions SET expires_at = '2020-01-01T00:00:00.000Z'");
    database.close();
    for (const visitor of [reader, administrator])
      expect((await visitor.get('/silent')).headers.get('location')).toBe('/login?to=%2Fsilent');
    expect((await reader.get('/api/v1/organisations')).status).toBe(401);
  });
});
