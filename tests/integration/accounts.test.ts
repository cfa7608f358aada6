import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takesLong } from '../helpers/takes-long.ts';
import { invitedBy, shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts servers');

const password = 'выдра на льдине 1848';
const anna = { name: 'Анна Петрова', email: 'anna@example.ru', password };

let product: Product;
let origin: string;
let administrator: Visitor;
let claim: string;

const containing = (text: string): string => expect.stringContaining(text) as string;

beforeAll(async () => {
  product = openProduct();
  const register = product.file(
    'register.csv',
    'organisation,vk,responsible,email,phone\nОбком,vk.com/obkom,Мария Смирнова,maria@example.ru,+7 900 000-00-00\n',
  );
  await product.command(['import', register]);
  const { process, origin: at } = await product.start();
  origin = at;
  const [link] = await process.says(/http:\S+\/claim\/\S+/);
  claim = new URL(link).pathname;
  administrator = visitorOf(origin);
});
afterAll(async () => {
  await product.close();
});

test('until it is claimed nobody is inside, on its own machine neither: all leads to the claim', async () => {
  for (const path of ['/', '/organisations/1', '/silent', '/login'])
    expect([path, ...(await shown(visitorOf(origin).get(path)))]).toEqual([path, 303, '/claim']);
  const entered = { organisation: '1', person: '1', name: 'Чужой', phone: '+7 900 111-11-11' };
  expect(await shown(visitorOf(origin).send('/silent?/contacts', entered))).toEqual([303, '/claim']);
  expect(await shown(visitorOf(origin).get('/claim/nothing'))).toEqual([
    200,
    containing('The link does not work'),
  ]);
});

test('what is wrong is told beside its field, with what was entered, and claims nothing', async () => {
  const [status, page] = await shown(administrator.send(claim, { ...anna, password: 'профсоюз2026' }));
  expect(status).toBe(400);
  for (const part of ['easily guessed', 'Анна Петрова', 'anna@example.ru']) expect(page).toContain(part);
  expect(page).not.toContain('профсоюз2026');
});

test('the first administrator is made by the link, once, and is signed in', async () => {
  expect(await shown(administrator.send(claim, anna))).toEqual([303, '/start']);
  expect((await shown(administrator.get('/start')))[1]).toContain('register of operators of personal data');
  expect(administrator.cookie()).toMatch(/profpulse-session=/);
  expect(await shown(administrator.get('/account'))).toEqual([200, containing('anna@example.ru')]);
  expect(await shown(visitorOf(origin).send(claim, { ...anna, email: 'other@example.ru' }))).toEqual([
    400,
    containing('The link does not work'),
  ]);
});

test('from then on who has not signed in sees the login, and programs a 401', async () => {
  const stranger = visitorOf(origin);
  expect(await shown(stranger.get('/silent?page=2'))).toEqual([303, '/login?to=%2Fsilent%3Fpage%3D2']);
  for (const path of [
    '/',
    '/ranking',
    '/methodology',
    '/start',
    '/organisations/1',
    '/account',
    '/settings/people',
  ])
    expect([path, (await stranger.get(path)).status]).toEqual([path, 303]);
  expect(await shown(stranger.get('/silent/__data.json'))).toEqual([200, containing('/login?to=')]);
  const list = await stranger.get('/api/v1/organisations');
  expect([list.status, await list.json()]).toEqual([401, expect.objectContaining({ status: 401 })]);
  expect(await shown(stranger.send('/silent?/contacts', { person: '1', email: 'x@y.ru' }))).toEqual([
    303,
    containing('/login'),
  ]);
  for (const path of ['/healthz', '/readyz']) expect((await stranger.get(path)).status).not.toBe(303);
});

test('a login leads to where one was going, and nowhere else', async () => {
  const login = async (to: string) =>
    await shown(
      visitorOf(origin).send(`/login?${new URLSearchParams({ to })}`, { email: anna.email, password }),
    );
  expect(await login('/silent?page=2')).toEqual([303, '/silent?page=2']);
  for (const elsewhere of [
    '//evil.example',
    '/..//evil.example',
    '/.//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/logout',
    '/__data.json',
    '/silent/__data.json?page=2',
  ])
    expect([elsewhere, await login(elsewhere)]).toEqual([elsewhere, [303, '/']]);
  const wrong = await Promise.all(
    [anna.email, 'nobody@example.ru'].map((email) =>
      shown(visitorOf(origin).send('/login', { email, password: 'другой пароль 77' })),
    ),
  );
  const [known, unknown] = wrong.map(([status, page]) => [status, page.replaceAll(/\S+@example\.ru/g, '')]);
  expect(known).toEqual(unknown);
  expect(known).toEqual([400, containing('do not fit')]);
});

const invited = (email: string, role: string): Promise<Visitor> =>
  invitedBy(administrator, origin, { name: 'Гость', email, role, password });

test('an invitation works once', async () => {
  const [, page] = await shown(
    administrator.send('/settings/people?/invite', {
      name: 'Гость',
      email: 'once@example.ru',
      role: 'viewer',
    }),
  );
  const link = new URL(/http:[^\s<"]+\/invitation\/[\w-]+/.exec(page)?.[0] ?? '').pathname;
  const guest = visitorOf(origin);
  expect(await shown(guest.get(link))).toEqual([200, containing('once@example.ru')]);
  expect(await shown(guest.send(link, { name: 'Гость', password }))).toEqual([303, '/']);
  expect(await shown(guest.get(link))).toEqual([200, containing('The link does not work')]);
});

test('a viewer sees the numbers, without contacts and edits; the department sees both', async () => {
  const viewer = await invited('viewer@example.ru', 'viewer');
  const [status, page] = await shown(viewer.get('/organisations/1'));
  expect(status).toBe(200);
  for (const hidden of ['Мария Смирнова', 'maria@example.ru', '900 000']) expect(page).not.toContain(hidden);
  expect((await viewer.send('/silent?/contacts', { person: '1', email: 'x@y.ru' })).status).toBe(403);
  expect((await viewer.get('/settings/people')).status).toBe(403);
  const department = await invited('department@example.ru', 'department');
  expect(await shown(department.get('/organisations/1'))).toEqual([200, containing('Мария Смирнова')]);
  expect(await shown(department.get('/settings/people'))).toEqual([200, containing('viewer@example.ru')]);
  const refused = department.send('/settings/people?/invite', {
    name: 'Х',
    email: 'x@example.ru',
    role: 'administrator',
  });
  expect(await shown(refused)).toEqual([400, containing('An administrator alone')]);
});

test('who is removed, or has no role any more, is without access with the next request', async () => {
  const viewer = await invited('gone@example.ru', 'viewer');
  const [, people] = await shown(administrator.get('/settings/people'));
  const row = people.slice(people.indexOf('gone@example.ru'));
  const [, grant = ''] = /name="grant" value="(\d+)"/.exec(row) ?? [];
  const [, person = ''] = /name="person" value="([\w-]+)"/.exec(row) ?? [];
  expect(await shown(administrator.send('/settings/people?/end', { grant, person }))).toEqual([
    303,
    '/settings/people?done=ended',
  ]);
  // Without any role one sees one's own account, and can sign out.
  expect(await shown(viewer.get('/ranking'))).toEqual([303, '/account']);
  expect((await viewer.get('/account')).status).toBe(200);
  expect(await shown(administrator.send('/settings/people?/remove', { person }))).toEqual([
    303,
    '/settings/people?done=removed',
  ]);
  expect((await viewer.get('/ranking')).status).toBe(303);
});

test('signing out ends the session, by a form alone', async () => {
  const viewer = visitorOf(origin);
  await viewer.send('/login', { email: 'viewer@example.ru', password });
  const stolen = viewer.cookie();
  expect((await viewer.get('/logout')).status).toBe(303);
  expect((await viewer.get('/account')).status).toBe(200);
  expect(await shown(viewer.send('/logout', {}))).toEqual([303, '/']);
  const again = await fetch(new URL('/account', origin), { headers: { cookie: stolen }, redirect: 'manual' });
  expect(again.status).toBe(303);
});

test('a second step of the login is set up, asked for, and lets in by the app or a recovery code', async () => {
  const galina = await invited('galina@example.ru', 'viewer');
  const [, page] = await shown(galina.send('/account/second-factor?/begin', { current: password }));
  const [, secret = ''] = /<code[^>]*>((?:[A-Z2-7]{4} )+[A-Z2-7]+)<\/code>/.exec(page) ?? [];
  const codes = [...page.matchAll(/<li[^>]*><code[^>]*>([^<]+)<\/code>/g)].map(([, code = '']) => code);
  const code = () => generate({ secret: secret.replaceAll(' ', '') });
  expect(await shown(galina.send('/account/second-factor?/confirm', { code: '' }))).toEqual([
    400,
    containing('Enter the code'),
  ]);
  expect(await shown(galina.send('/account/second-factor?/confirm', { code: await code() }))).toEqual([
    303,
    '/account/second-factor',
  ]);
  for (const entered of [code, () => Promise.resolve(codes[0] ?? '')]) {
    const visitor = visitorOf(origin);
    expect(await shown(visitor.send('/login?to=/ranking', { email: 'galina@example.ru', password }))).toEqual(
      [303, '/login/code?to=%2Franking'],
    );
    expect((await visitor.get('/ranking')).status).toBe(303);
    expect(await shown(visitor.send('/login/code?to=/ranking', { code: 'no code' }))).toEqual([
      400,
      containing('does not fit'),
    ]);
    expect(await shown(visitor.send('/login/code?to=/ranking', { code: await entered() }))).toEqual([
      303,
      '/ranking',
    ]);
    expect((await visitor.get('/account')).status).toBe(200);
  }
  expect(await shown(visitorOf(origin).send('/login/code', { code: await code() }))).toEqual([
    400,
    containing('Sign in anew'),
  ]);
});

test('a form of another site signs nobody in or out', async () => {
  for (const path of ['/login', '/logout', '/settings/people?/invite']) {
    const response = await fetch(new URL(path, origin), {
      method: 'POST',
      body: new URLSearchParams({ email: anna.email, password }),
      headers: { origin: 'https://evil.example', cookie: administrator.cookie() },
      redirect: 'manual',
    });
    expect([path, response.status]).toEqual([path, 403]);
  }
});

test('the journal knows who changed accounts from where, holds nobody’s name or address, and is verified by a command', async () => {
  const database = new DatabaseSync(join(product.directory, 'operations.sqlite'), { readOnly: true });
  const entries = database.prepare('SELECT * FROM journal').all();
  const addresses = database
    .prepare(
      `SELECT what, value FROM journal JOIN journal_values ON entry_id = journal.id AND path = 'address'
       WHERE what LIKE 'account.%'`,
    )
    .all();
  const hash = String(entries.at(-1)?.['hash']);
  database.close();
  expect(JSON.stringify(entries)).not.toMatch(/Петрова|Смирнова|example\.ru|127\.0\.0\.1/u);
  const changed = entries.filter(({ what }) => String(what).startsWith('account.'));
  expect(addresses).toHaveLength(changed.length);
  expect(new Set(addresses.map(({ value }) => value))).toEqual(new Set(['"127.0.0.1"']));
  expect(new Set(addresses.map(({ what }) => what))).toContain('account.added');

  const verify = async (...more: string[]) => await product.command(['audit', 'verify', ...more]);
  const whole = `The journal is whole: ${entries.length} entries. Hash of the last entry: ${hash}`;
  expect(await verify()).toEqual({ code: 0, output: containing(whole) });
  expect(await verify('--head', hash)).toEqual({ code: 0, output: containing(whole) });
  expect(await verify('--head', 'f'.repeat(64))).toEqual({ code: 1, output: containing('has this hash') });
  expect(await verify('--head', 'abc')).toEqual({ code: 2, output: containing('"abc" is no hash') });
});
