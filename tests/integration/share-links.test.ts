import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invitedBy, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openSharing, password, type Sharing } from './sharing.ts';

takesLong('it starts a server');

/** What of people stands nowhere in an answer by a link, their search included. */
const personal = /Тайный|Скрытная|secret\.ru|7395|\(3952\)|3952/;

let sharing: Sharing;
let origin: string;
let administrator: Visitor;
const stranger = (): Visitor => sharing.stranger();
const made: Sharing['made'] = async (...asked) => await sharing.made(...asked);
const send: Sharing['send'] = async (...asked) => await sharing.send(...asked);

/** Revokes the link whose row has a name. */
async function revoke(name: string): Promise<Response> {
  const page = await (await administrator.get('/settings/shares')).text();
  const row = page.slice(page.indexOf(`>${name}</th>`));
  const [, id = ''] = /name="link"[^>]*\bvalue="(\d+)"/.exec(row) ?? [];
  return await administrator.send('/settings/shares?/revoke', { link: id });
}

/** Lets the day of a link be over. */
function end(path: string): void {
  const database = new DatabaseSync(join(sharing.product.directory, 'operations.sqlite'));
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

beforeAll(async () => {
  sharing = await openSharing({ LOG_LEVEL: 'trace' });
  ({ origin, administrator } = sharing);
});
afterAll(async () => {
  await sharing.product.close();
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

test('where organisations see each other without names, links name none but the one they are of', async () => {
  const paths = new Map<string, string>();
  for (const view of views) paths.set(view, await made(view));
  await sharing.decide('anonymous');
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
    await sharing.decide('by_name');
  }
  expect((await stranger().get(paths.get('/') ?? '')).status).toBe(200);
});

test('a ranking without names has figures that belong to its places, whatever filters its link has', async () => {
  const filters = [
    '',
    '?level=branch',
    '?level=primary',
    '?search=Обком',
    '?sector=лес',
    '?league=federation',
    '?network=vk',
  ];
  const paths = new Map<string, string>();
  for (const query of filters) paths.set(query, await made(`/ranking${query}`));
  await sharing.decide('anonymous');
  try {
    for (const [query, path] of paths) {
      const page = await (await stranger().get(path)).text();
      const lead = /<p class="lead[^>]*>([^]*?)<\/p>/.exec(page)?.[1] ?? '';
      const counted = Number(/(\d+) (?:member )?organisation/.exec(lead)?.[1] ?? 0);
      const places = page.split('Another organisation').length - 1;
      const isFiltered = !['', '?network=vk'].includes(query);
      // Of all there are sums; of some of them none, and as many are counted as there are lines.
      expect([query, page.includes('Totals of the period')]).toEqual([query, !isFiltered]);
      if (isFiltered) expect([query, counted]).toEqual([query, places]);
      const isByName = /search|sector/.test(query);
      // Nobody has a place here yet; that a name is not looked for is another thing than that nothing was found.
      expect([query, page.includes('Nothing found')]).toEqual([query, query !== '' && !isByName]);
      expect([query, page.includes('no filter by them')]).toEqual([query, isByName]);
    }
  } finally {
    await sharing.decide('by_name');
  }
  const named = await (await stranger().get(paths.get('?search=Обком') ?? '')).text();
  expect(named).toContain('Обком');
});

test('no token of a link reaches the log, whatever is asked with it', async () => {
  const path = await made('/organisations/2');
  const token = path.split('/').at(-1) ?? '';
  for (const address of [path, `${path}?posts=x`, `${path}/more`, `${path}/__data.json`])
    await (await stranger().get(address)).text();
  await stranger().send(`${path}?/make`, {});
  expect(sharing.server.output().includes(token)).toBe(false);
});
