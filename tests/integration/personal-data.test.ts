import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { addDays, dayOf } from '#domain/period.ts';
import { claimAs, invitedBy, shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server, and asks it for what is stored of people');

const password = 'выдра на льдине 1848';
const heading = 'organisation,vk,responsible,email,phone';
const product: Product = openProduct();
let administrator: Visitor;
let department: Visitor;
let viewer: Visitor;

/** Rows of the store as one text, by an instance of our own beside the server. */
function stored(table: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(product.directory, 'operations.sqlite'), { readOnly: true });
  const rows = database.prepare(`SELECT * FROM ${table}`).all();
  database.close();
  return rows;
}
const idOf = (table: string, name: string): string =>
  String(stored(table).find((row) => row['name'] === name)?.['id'] ?? 0);

const today = dayOf(systemClock.now(), 'UTC');
const home = '/settings/personal-data';

beforeAll(async () => {
  const register = async (rows: string) =>
    await product.command(['import', product.file('register.csv', `${heading}\n${rows}\n`)]);
  await register('Обком,vk.com/club101,Уходова Майя,maya@example.ru,+7 900 000-00-01');
  await register(
    'Обком,,Лесная Ольга,olga@example.ru,+7 900 000-00-02\nДепо,vk.com/club102,Тихонов Пётр,,+7 900 000-00-03',
  );
  // Their year ends in ten days.
  const database = new DatabaseSync(join(product.directory, 'operations.sqlite'));
  const ended = `${addDays(today, -355)}T00:00:00.000Z`;
  database.prepare("UPDATE people SET ended_at = ? WHERE name = 'Уходова Майя'").run(ended);
  database.close();
  const { process, origin } = await product.start();
  const [link] = await process.says(/http:\S+\/claim\/\S+/);
  administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
  const guest = (role: string) => ({ name: `Гость ${role}`, email: `${role}@example.ru`, password, role });
  department = await invitedBy(administrator, origin, guest('department'));
  viewer = await invitedBy(administrator, origin, guest('viewer'));
});
afterAll(async () => {
  await product.close();
});

test('who is to be erased is listed, and kept by a new basis alone', async () => {
  const [status, page] = await shown(department.get(home));
  expect([status, page.includes('Уходова Майя'), page.includes('Лесная')]).toEqual([200, true, false]);
  // Two of the file, and the three who have accounts.
  expect(page).toMatch(/Basis not stated<\/dt>\s*<dd[^>]*>5</u);
  const person = idOf('people', 'Уходова Майя');
  const [refused, again] = await shown(department.send(`${home}?/keep`, { person, basis: '', basisOn: '' }));
  expect([refused, again.match(/Fill in this field/gu)?.length]).toEqual([400, 2]);
  const old = { person, basis: 'consent', proof: 'folder 9', basisOn: addDays(today, -360) };
  const [early, said] = await shown(department.send(`${home}?/keep`, old));
  expect([early, /A date after .* is wanted/u.test(said), said.includes('folder 9')]).toEqual([
    400,
    true,
    true,
  ]);
  const kept = { ...old, basisOn: addDays(today, -1) };
  expect(await shown(department.send(`${home}?/keep`, kept))).toEqual([303, `${home}?done=kept`]);
  expect((await shown(department.get(home)))[1]).not.toContain('Уходова Майя');
});

test('a person is found by a form, read whole, and handed out as a file', async () => {
  const [, found] = await shown(department.send(`${home}?/find`, { text: 'тихонов' }));
  const id = idOf('people', 'Тихонов Пётр');
  expect(found).toContain(`${home}/person-${id}`);
  expect((await shown(department.send(`${home}?/find`, { text: 'никто' })))[1]).toContain('Nobody was found');
  const page = await department.get(`${home}/person-${id}`);
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(await page.text()).toMatch(/Тихонов Пётр[^]*\+7 900 000-00-03[^]*Депо/u);
  const file = await department.get(`${home}/person-${id}/copy?format=json`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="personal-data-person.json"');
  expect(await file.json()).toMatchObject({
    ...{ kind: 'person', name: 'Тихонов Пётр', phone: '+7 900 000-00-03' },
    roles: [{ organisation: 'Депо', role: 'responsible' }],
  });
  const [, html] = await shown(department.get(`${home}/person-${id}/copy?format=html`));
  expect(html).toMatch(/^<!doctype html>[^]*Тихонов Пётр/u);
});

test('who may not manage personal data is shown nothing and does nothing', async () => {
  const id = idOf('people', 'Тихонов Пётр');
  for (const path of [home, `${home}/person-${id}`, `${home}/person-${id}/copy`]) {
    const [status, said] = await shown(viewer.get(path));
    expect([path, status, /Тихонов|000-00/u.test(said)]).toEqual([path, 403, false]);
  }
  for (const [path, fields] of [
    [`${home}?/find`, { text: 'тихонов' }],
    [`${home}?/keep`, { person: id, basis: 'consent', basisOn: today }],
    [`${home}/person-${id}?/erase`, { confirm: 'Тихонов Пётр' }],
  ] as const) {
    const [status, said] = await shown(viewer.send(path, fields));
    expect([path, status, /Тихонов|000-00/u.test(said)]).toEqual([path, 403, false]);
  }
  expect(idOf('people', 'Тихонов Пётр')).toBe(id);
  for (const path of ['person-999', 'person-x', 'account-nobody', 'person-1%2F2', 'other-1'])
    expect([path, (await department.get(`${home}/${path}`)).status]).toEqual([path, 404]);
});

test('a person is erased when their name is entered, and the journal stays whole', async () => {
  const address = `${home}/person-${idOf('people', 'Тихонов Пётр')}`;
  const [wrong, said] = await shown(department.send(`${address}?/erase`, { confirm: 'Тихонов' }));
  expect([wrong, said.includes('nothing was erased'), said.includes('Тихонов Пётр')]).toEqual([
    400,
    true,
    true,
  ]);
  expect(await shown(department.send(`${address}?/erase`, { confirm: ' тихонов  пётр ' }))).toEqual([
    303,
    `${home}?done=erased`,
  ]);
  expect((await department.get(address)).status).toBe(404);
  const tables = ['people', 'reminders', 'journal', 'journal_values', 'revisions'];
  expect(JSON.stringify(tables.map(stored))).not.toMatch(/Тихонов|000-00-03/u);
  expect((await shown(department.get('/silent')))[1]).not.toMatch(/Тихонов/u);
  // Nor in the files: neither where rows were, nor where they are kept before they are brought over.
  for (const file of ['operations.sqlite', 'operations.sqlite-wal'])
    expect([file, readFileSync(join(product.directory, file)).includes('Тихонов')]).toEqual([file, false]);
  expect((await product.command(['audit', 'verify'])).output).toMatch(/whole/u);
});

test('an account is erased by who could have made it; the last administrator and one’s own are not', async () => {
  const [anna, guest] = [idOf('users', 'Анна'), idOf('users', 'Гость viewer')];
  const boris = idOf('users', 'Гость department');
  expect((await department.get(`${home}/account-${anna}`)).status).toBe(403);
  const own = `${home}/account-${anna}`;
  const [status, page] = await shown(administrator.get(own));
  expect([status, page.includes('?/erase')]).toEqual([200, false]);
  const [refused, said] = await shown(administrator.send(`${own}?/erase`, { confirm: 'anna@example.ru' }));
  expect([refused, said.includes('role="alert"')]).toEqual([400, true]);
  expect((await shown(department.send(`${home}?/find`, { text: 'viewer@' })))[1]).toContain(
    `account-${guest}`,
  );
  const file = await department.get(`${home}/account-${guest}/copy`);
  expect(await file.json()).toMatchObject({ kind: 'account', email: 'viewer@example.ru' });
  const erase = { confirm: 'viewer@example.ru' };
  expect(await shown(department.send(`${home}/account-${guest}?/erase`, erase))).toEqual([
    303,
    `${home}?done=erased`,
  ]);
  expect((await viewer.get('/')).headers.get('location')).toMatch(/^\/login/u);
  expect(JSON.stringify(['users', 'sessions', 'journal_values', 'one_time_links'].map(stored))).not.toMatch(
    /viewer@example/u,
  );
  await administrator.send(`${home}/account-${boris}?/erase`, { confirm: 'department@example.ru' });
  expect((await department.get(home)).status).toBe(303);
  expect((await product.command(['audit', 'verify'])).output).toMatch(/whole/u);
});
