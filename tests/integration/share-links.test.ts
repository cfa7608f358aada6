import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import { addDays } from '#domain/period.ts';
import { claimAs, invitedBy, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server');

const password = 'выдра на льдине 1848';
const register = [
  'organisation,short,level,parent,vk,chair,chair_email,chair_phone,responsible,email,phone',
  'Союз организаций профсоюзов,Союз,federation,,vk.com/soyuz,Иван Тайный,ivan@secret.ru,+73952111111,Ольга Скрытная,olga@secret.ru,+73952222222',
  'Обком здравоохранения,Обком,branch,Союз организаций профсоюзов,vk.com/obkom,Пётр Тайный,petr@secret.ru,+73952333333,Нина Скрытная,nina@secret.ru,+73952444444',
].join('\n');
/** What of people stands nowhere in an answer by a link, their search included. */
const personal = /Тайный|Скрытная|secret\.ru|7395|\(3952\)|3952/;

let product: Product;
let server: Running;
let origin: string;
let administrator: Visitor;
const stranger = (): Visitor => visitorOf(origin);

/** Makes a link by its form; returns its path. */
async function made(view: string, fields: Record<string, string> = {}, by = administrator): Promise<string> {
  const response = await send(view, fields, by);
  const page = await response.text();
  const [link] = /http:[^\s<"]+\/share\/[\w-]{43}/.exec(page) ?? [];
  if (link === undefined) throw new Error(`The form answered ${response.status}: ${page}`);
  return new URL(link).pathname;
}

async function send(
  view: string,
  fields: Record<string, string> = {},
  by = administrator,
): Promise<Response> {
  const form = await (await by.get('/settings/shares')).text();
  const [, until = ''] = /name="until"[^>]*\bvalue="([\d-]+)"/.exec(form) ?? [];
  return await by.send('/settings/shares?/make', { name: 'Президиум', view, until, frame: '', ...fields });
}

/** Revokes the link whose row has a name. */
async function revoke(name: string): Promise<Response> {
  const page = await (await administrator.get('/settings/shares')).text();
  const row = page.slice(page.indexOf(`>${name}</th>`));
  const [, id = ''] = /name="link"[^>]*\bvalue="(\d+)"/.exec(row) ?? [];
  return await administrator.send('/settings/shares?/revoke', { link: id });
}

/** Lets the day of a link be over. */
function end(path: string): void {
  const database = new DatabaseSync(join(product.directory, 'operations.sqlite'));
  const hash = createHash('sha256')
    .update(path.split('/').at(-1) ?? '')
    .digest('hex');
  const ended = database
    .prepare('UPDATE share_links SET expires_at = ? WHERE token_hash = ?')
    .run('2020-01-01T00:00:00.000Z', hash);
  database.close();
  expect(ended.changes).toBe(1);
}

/** What somebody sees who comes by a link that shows nothing: its answer without what is of this moment. */
async function refused(path: string, visitor = stranger()): Promise<[number, string]> {
  const response = await visitor.get(path);
  const text = await response.text();
  return [response.status, text.replaceAll(path, '').replaceAll(/__sveltekit_\w+/g, '')];
}

/** Enters how organisations see each other, as the federation has decided. */
async function decide(naming: 'anonymous' | 'by_name'): Promise<void> {
  const decided = { naming, decision: '5-3', decided: '2026-01-20' };
  expect((await administrator.send('/settings/openness?/naming', decided)).status).toBe(303);
}

beforeAll(async () => {
  product = openProduct();
  await product.command(['import', product.file('register.csv', register)]);
  ({ process: server, origin } = await product.start({
    LOG_LEVEL: 'trace',
    AUTH_SECRET: 'tajna'.repeat(10),
    SMTP_URL: 'smtps://tajna:tajna@smtp.example.ru:465',
  }));
  const [link] = await server.says(/http:\S+\/claim\/\S+/);
  administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
  await decide('by_name');
});
afterAll(async () => {
  await product.close();
});

const views = ['/', '/ranking?level=branch', '/silent', '/organisations/2'];

test('a link shows its view to who has not signed in: no contacts, nothing that leads on, nothing that sends', async () => {
  for (const view of views) {
    const path = await made(view);
    for (const address of [
      path,
      `${path}?lang=en`,
      `${path}/__data.json`,
      `${path}?form=contacts-1&done=1`,
    ]) {
      const response = await stranger().get(address);
      const text = await response.text();
      expect([view, address.replace(path, ''), response.status]).toEqual([
        view,
        address.replace(path, ''),
        200,
      ]);
      expect(text).not.toMatch(personal);
      if (!address.startsWith(`${path}/`)) expect(text).toMatch(/Союз|Обком/);
      const leads = [...text.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(([, href = '']) => href);
      expect([
        view,
        leads.filter((href) => !/^(?:#|\?page=|\?posts=|https:\/\/vk\.com\/)/.test(href)),
      ]).toEqual([view, []]);
      expect(text).not.toMatch(/<(?:form|nav|select|button type="submit")\b/);
    }
  }
});

test('who is signed in sees no more by a link than anybody else', async () => {
  for (const view of views) {
    const text = await (await administrator.get(await made(view))).text();
    expect(text).not.toMatch(personal);
    expect(text).not.toMatch(/anna@example\.ru|href="\/(?!_app)/);
  }
});

test('a link opens its own view alone: nothing of its address widens it, and no other page opens with it', async () => {
  const path = await made('/organisations/2?from=2026-03-02&to=2026-03-08');
  const shown = await (await stranger().get(`${path}?from=2026-01-05&to=2026-01-11&network=vk`)).text();
  expect(shown).toMatch(/2\s–\s8 March 2026/);
  const visitor = stranger();
  await visitor.get(path);
  for (const other of [
    '/',
    '/ranking',
    '/silent',
    '/organisations/2',
    '/organisations/1',
    '/settings/shares',
  ])
    expect([other, (await visitor.get(other)).status]).toEqual([other, 303]);
  expect((await visitor.get('/api/v1/organisations')).status).toBe(401);
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect([method, (await visitor.ask(path, { method })).status]).toEqual([method, 405]);
});

test('its address is told to nobody, and it is framed by the sites that were named alone', async () => {
  const [plain, framed] = [
    await made('/ranking'),
    await made('/ranking', { frame: 'prof.example.ru http://127.0.0.1:9000' }),
  ];
  const headersOf = async (path: string) => {
    const { headers } = await stranger().get(path);
    const ancestors = /frame-ancestors [^;]*/.exec(headers.get('content-security-policy') ?? '')?.[0];
    const frame = headers.get('x-frame-options');
    const [referrer, robots] = [headers.get('referrer-policy'), headers.get('x-robots-tag')];
    return { ancestors, frame, referrer, robots, cache: headers.get('cache-control') };
  };
  const all = { referrer: 'no-referrer', robots: 'noindex, nofollow', cache: 'private, no-store' };
  const closed = { ...all, ancestors: "frame-ancestors 'none'", frame: 'DENY' };
  expect(await headersOf(plain)).toEqual(closed);
  expect(await headersOf(`/share/${'x'.repeat(43)}`)).toEqual(closed);
  expect(await headersOf(framed)).toEqual({
    ...all,
    ancestors: 'frame-ancestors https://prof.example.ru http://127.0.0.1:9000',
    frame: null,
  });
});

test('revoked, ended, unknown and lent by who may no more: one page for all of them', async () => {
  const vera = { name: 'Вера', email: 'vera@example.ru', password, role: 'department' };
  const maker = await invitedBy(administrator, origin, vera);
  const [revoked, ended, lent, removed, other] = [
    await made('/ranking', { name: 'Отозвать' }),
    await made('/ranking'),
    await made('/ranking', {}, maker),
    await made('/silent', {}, maker),
    await made('/organisations/2'),
  ];
  for (const path of [revoked, ended, lent, removed, other])
    expect((await stranger().get(path)).status).toBe(200);
  const unknown = await refused(`/share/${'x'.repeat(43)}`);
  const isAsUnknown = async (path: string) => expect([path, await refused(path)]).toEqual([path, unknown]);
  expect(unknown[0]).toBe(404);
  expect(unknown[1]).toContain('The link does not work');
  expect(unknown[1]).not.toMatch(/<a\b[^>]*href|<nav\b/);
  await isAsUnknown('/share/x');
  expect((await revoke('Отозвать')).headers.get('location')).toBe('/settings/shares?done=revoked');
  await isAsUnknown(revoked);
  // Who is signed in is told no more.
  expect((await refused(revoked, administrator))[1]).toContain('The link does not work');
  end(ended);
  await isAsUnknown(ended);
  const people = await (await administrator.get('/settings/people')).text();
  const row = people.slice(people.indexOf(vera.email));
  const [, grant = ''] = /name="grant" value="(\d+)"/.exec(row) ?? [];
  const [, person = ''] = /name="person" value="([\w-]+)"/.exec(row) ?? [];
  await administrator.send('/settings/people?/end', { grant, person });
  await isAsUnknown(lent);
  const listed = async () => await (await administrator.get('/settings/shares')).text();
  expect(await listed()).toMatch(/has ended[^]*whoever made it may give links no more/);
  await administrator.send('/settings/people?/remove', { person });
  await isAsUnknown(removed);
  expect(await listed()).not.toContain('Вера');
  // What others made goes on.
  expect((await stranger().get(other)).status).toBe(200);
});

test('a form says what is wrong with it, keeps what was entered, and makes nothing', async () => {
  const before = await (await administrator.get('/settings/shares')).text();
  const rows = (page: string) => page.split('name="link"').length;
  const [, last = ''] = /name="until"[^>]*\bmax="([\d-]+)"/.exec(before) ?? [];
  expect((await send('/ranking', { until: last })).status).toBe(200);
  const wrong: [Record<string, string>, string][] = [
    [{ view: '/settings/people' }, 'A link cannot show this'],
    [{ view: 'https://vk.com/ranking' }, 'A link cannot show this'],
    [{ view: '/organisations/999' }, 'A link cannot show this'],
    [{ name: ' ' }, 'Enter a name'],
    [{ until: '' }, 'Enter a day that has not passed'],
    [{ until: '2020-01-01' }, 'Enter a day that has not passed'],
    [{ until: addDays(last, 1) }, 'A link works for a year at most'],
    [{ frame: '*.example.ru' }, 'Enter addresses of sites'],
  ];
  for (const [{ view = '/ranking', ...fields }, said] of wrong) {
    const response = await send(view, fields);
    expect([fields, view, response.status]).toEqual([fields, view, 400]);
    const page = await response.text();
    expect(page).toContain(said);
    expect(page).toContain(`value="${fields['frame'] ?? view}"`);
    expect(page).not.toContain('/share/');
  }
  expect((await administrator.send('/settings/shares?/revoke', { link: '0' })).status).toBe(400);
  expect(rows(await (await administrator.get('/settings/shares')).text())).toBe(rows(before) + 1);
});

test('the list tells what each shows, and when it was last seen; a screen leads to the form of its own view', async () => {
  const path = await made('/ranking?period=month&network=vk', { name: 'Сайт' });
  const row = async () => {
    const page = await (await administrator.get('/settings/shares')).text();
    return page.slice(page.indexOf('>Сайт</th>')).split('</tr>')[0] ?? '';
  };
  expect(await row()).toMatch(/the last full month, VK[^]*never[^]*Анна/);
  await stranger().get(path);
  expect(await row()).not.toContain('never');
  expect(await row()).not.toContain(path.split('/').at(-1));
  for (const shown of ['/ranking?network=vk', '/organisations/2', '/', '/silent?group=none']) {
    const screen = await (await administrator.get(shown)).text();
    const [, href = ''] = /href="(\/settings\/shares\?[^"]*)"/.exec(screen) ?? [];
    expect(new URL(href, origin).searchParams.get('view')).toBe(shown);
    expect(await (await administrator.get(href)).text()).toContain(
      `value="${shown.replaceAll('&', '&amp;')}"`,
    );
  }
});

test('names that were set in the settings stand in its head, and go back when they are undone', async () => {
  const path = await made('/ranking');
  const headOf = async () =>
    /class="mark[^]*?<\/svg>([^<]*)</.exec(await (await stranger().get(path)).text())?.[1]?.trim();
  expect(await headOf()).toBe('Союз');
  const names = { federation_nominative: 'Профобъединение', federation_genitive: 'Профобъединения' };
  const set = await administrator.send('/settings/federation?/names', names);
  const led = set.headers.get('location') ?? '';
  expect([set.status, led]).toEqual([
    303,
    expect.stringMatching(/^\/settings\/federation\?done=\d+#notice$/),
  ]);
  expect(await headOf()).toBe('Профобъединение');
  const page = await (await administrator.get(led)).text();
  expect(page).toContain('Names in letters: federation — Профобъединение');
  expect(page).toMatch(/Письмо от (?:<!---->)?<b[^>]*>Профобъединения<\/b>/);
  const wrong = await administrator.send('/settings/federation?/names', { federation_genitive: 'Союза' });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('value="Союза"')]);
  const late = await administrator.send('/settings/federation?/names', { ...names, version: '1' });
  expect(late.status).toBe(409);
  const entry = new URL(led, origin).searchParams.get('done') ?? '';
  expect((await administrator.send('/settings/federation?/undo', { entry })).status).toBe(303);
  expect(await headOf()).toBe('Союз');
});

test('what the environment sets is told to an administrator, without its secrets', async () => {
  const page = await (await administrator.get('/settings/environment')).text();
  expect(page).toContain('smtps://***@smtp.example.ru:465');
  expect(page).toMatch(/LOG_LEVEL[^]*?trace[^]*?environment/);
  expect(page).toMatch(/AUTH_SECRET[^]*?>set<[^]*?environment/);
  expect(page).not.toContain('tajna');
});

test('where organisations see each other without names, links name none but the one they are of', async () => {
  const paths = new Map<string, string>();
  for (const view of views) paths.set(view, await made(view));
  await decide('anonymous');
  try {
    for (const view of ['/', '/silent']) {
      const [status, page] = await refused(paths.get(view) ?? '');
      expect([view, status, /Обком/.test(page)]).toEqual([view, 404, false]);
      const again = await send(view);
      expect([again.status, await again.text()]).toEqual([
        400,
        expect.stringContaining('names organisations'),
      ]);
    }
    const ranking = await (await stranger().get(paths.get('/ranking?level=branch') ?? '')).text();
    expect(ranking).not.toMatch(/Обком|здравоохранения|vk\.com/);
    const own = await stranger().get(paths.get('/organisations/2') ?? '');
    expect([own.status, (await own.text()).includes('Обком')]).toEqual([200, true]);
    expect(await (await administrator.get('/settings/shares')).text()).toContain('not decided yet');
  } finally {
    await decide('by_name');
  }
  expect((await stranger().get(paths.get('/') ?? '')).status).toBe(200);
});

test('no token of a link reaches the log, whatever is asked with it', async () => {
  const path = await made('/organisations/2');
  const token = path.split('/').at(-1) ?? '';
  for (const address of [path, `${path}?posts=x`, `${path}/more`, `${path}/__data.json`])
    await (await stranger().get(address)).text();
  await stranger().send(`${path}?/make`, {});
  expect(server.output().includes(token)).toBe(false);
});
