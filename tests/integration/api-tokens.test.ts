import { afterAll, beforeAll, expect, test } from 'vitest';
import { routePermissions } from '#accounts/permissions.ts';
import { takesTokens } from '#lib/server/bearer.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { claimAs, invitedBy, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts servers');

const password = 'выдра на льдине 1848';
const anna = { name: 'Анна Петрова', email: 'anna@example.ru', password };
const lists = ['leaderboard', 'organisations', 'pages', 'posts', 'subscribers', 'runs'];

let product: Product;
let origin: string;
let administrator: Visitor;
let token: string;

/** What a program asks: a path, with a header or without. */
const ask = (path: string, authorization?: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, origin), {
    ...init,
    headers: { ...(authorization !== undefined && { authorization }), ...init.headers },
    redirect: 'manual',
  });

const refusedAs = {
  status: 401,
  challenge: 'Bearer error="invalid_token"',
  type: 'application/problem+json',
};
async function refusalOf(answer: Promise<Response>) {
  const { status, headers } = await answer;
  return { status, challenge: headers.get('www-authenticate'), type: headers.get('content-type') };
}

/** Makes a token by its form; returns it and the page that told it. */
async function made(
  fields: Record<string, string> = {},
  by = administrator,
): Promise<{ token: string; response: Response; page: string }> {
  const until = /name="until"[^>]*value="([\d-]+)"|value="([\d-]+)"[^>]*name="until"/;
  const form = await (await by.get('/settings/tokens')).text();
  const [, one, other] = until.exec(form) ?? [];
  const sent = { name: 'Витрина', 'numbers.read': 'on', until: one ?? other ?? '', ...fields };
  const response = await by.send('/settings/tokens?/make', sent);
  const page = await response.text();
  return { token: /<code[^>]*>(pp_[\w-]+)<\/code>/.exec(page)?.[1] ?? '', response, page };
}

/** Revokes a token by the name that its row has. */
async function revoke(name: string): Promise<Response> {
  const page = await (await administrator.get('/settings/tokens')).text();
  const row = page.slice(page.indexOf(`>${name}</th>`));
  const [, id = ''] = /name="token"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="token"/.exec(row) ?? [];
  return await administrator.send('/settings/tokens?/revoke', { token: id });
}

beforeAll(async () => {
  product = openProduct();
  await product.command(['import', product.file('register.csv', 'organisation,vk\nОбком,vk.com/obkom\n')]);
  const { process, origin: at } = await product.start();
  origin = at;
  const [link] = await process.says(/http:\S+\/claim\/\S+/);
  administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, anna);
  ({ token } = await made());
});
afterAll(async () => {
  await product.close();
});

test('a token is told once, in an answer that nobody keeps', async () => {
  const { token: other, response, page } = await made({ name: 'Отчёт' });
  expect(other).toMatch(/^pp_[\w-]{43}$/);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(page).toContain('Authorization: Bearer pp_');
  const list = await (await administrator.get('/settings/tokens')).text();
  expect(list).toContain('Отчёт');
  expect(list).not.toContain(other);
});

test('what is wrong with a new token is told beside its field, and makes none', async () => {
  for (const [fields, said] of [
    [{ name: ' ' }, 'Enter a name'],
    [{ 'numbers.read': '' }, 'Choose what the key opens'],
    [{ until: '' }, 'Enter a day that has not passed'],
    [{ until: '2020-01-31' }, 'Enter a day that has not passed'],
    [{ until: 'tomorrow' }, 'Enter a day that has not passed'],
  ] as const) {
    const { response, page, token: none } = await made({ name: 'Лишний', ...fields });
    expect([fields, response.status, none]).toEqual([fields, 400, '']);
    expect(page).toContain(said);
  }
  expect(await (await administrator.get('/settings/tokens')).text()).not.toContain('Лишний');
});

test('a token opens every list, as JSON and CSV, by GET and HEAD, and the description of the API', async () => {
  for (const list of lists) {
    const [json, csv, head] = await Promise.all([
      ask(`/api/v1/${list}`, `Bearer ${token}`),
      ask(`/api/v1/${list}?format=csv`, `Bearer ${token}`),
      ask(`/api/v1/${list}`, `Bearer ${token}`, { method: 'HEAD' }),
    ]);
    expect([list, json.status, csv.status, head.status]).toEqual([list, 200, 200, 200]);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(await json.json()).toHaveProperty('data');
    for (const answer of [json, csv, head]) {
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      expect(answer.headers.get('vary')?.toLowerCase()).toContain('authorization');
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  }
  const described = await ask('/api/v1/openapi.json', `bearer ${token}`);
  expect([described.status, described.headers.get('cache-control')]).toEqual([200, 'private, max-age=300']);
  expect((await ask('/api/v1/nothing', `Bearer ${token}`)).status).toBe(404);
  const put = await ask('/api/v1/posts', `Bearer ${token}`, { method: 'PUT', headers: { origin } });
  expect(put.status).toBe(405);
});

test('a wrong token is refused at every list, however it is asked, and whoever sends it', async () => {
  for (const path of [...lists.map((list) => `/api/v1/${list}`), '/api/v1/openapi.json', '/api/v1/nothing']) {
    expect(await refusalOf(ask(path, `Bearer ${token}x`))).toEqual(refusedAs);
    expect(await refusalOf(ask(`${path}?format=csv`, 'Bearer'))).toEqual(refusedAs);
    expect(await refusalOf(ask(path, 'Bearer pp_', { method: 'HEAD' }))).toEqual(refusedAs);
  }
  // One that has signed in as well takes the answer for the token's.
  const cookie = administrator.cookie();
  expect((await ask('/api/v1/posts', undefined, { headers: { cookie } })).status).toBe(200);
  expect(await refusalOf(ask('/api/v1/posts', 'Bearer wrong', { headers: { cookie } }))).toEqual(refusedAs);
  // Who knows an answer is not told that it still holds.
  const tag = (await ask('/api/v1/pages', `Bearer ${token}`)).headers.get('etag');
  const known = { headers: { 'if-none-match': tag ?? '*' } };
  expect(await refusalOf(ask('/api/v1/pages', 'Bearer wrong', known))).toEqual(refusedAs);
});

test('without a token one is asked for; none is taken from an address', async () => {
  const asked = { ...refusedAs, challenge: 'Bearer realm="ProfPulse"' };
  expect(await refusalOf(ask('/api/v1/posts'))).toEqual(asked);
  expect(await refusalOf(ask('/api/v1/posts', `Basic ${btoa('anna:x')}`))).toEqual(asked);
  for (const name of ['token', 'access_token', 'authorization', 'key'])
    expect(await refusalOf(ask(`/api/v1/posts?${name}=${token}`))).toEqual(asked);
  const user = new URL('/api/v1/posts', origin);
  expect(await refusalOf(ask(user.href, `Basic ${btoa(`${token}:`)}`))).toEqual(asked);
  const cookie = `profpulse-session=${token}; token=${token}`;
  expect(await refusalOf(ask('/api/v1/posts', undefined, { headers: { cookie } }))).toEqual(asked);
});

test('a token is passed over by pages and their forms', async () => {
  const routes = Object.keys(routePermissions).filter((route) => !takesTokens(route));
  for (const route of routes) {
    const path = route.replace('(overview)', '').replaceAll('[id]', '1').replaceAll('[token]', 'x');
    const [without, right, wrong] = await Promise.all(
      [undefined, `Bearer ${token}`, 'Bearer wrong'].map((header) => ask(path, header)),
    );
    const shown = [without, right, wrong].map((answer) => [
      answer?.status,
      answer?.headers.get('location') ?? null,
    ]);
    expect([path, ...shown.slice(1)]).toEqual([path, shown[0], shown[0]]);
  }
  const sent = await ask('/settings/tokens?/make', `Bearer ${token}`, {
    method: 'POST',
    body: new URLSearchParams({ name: 'x' }),
    headers: { origin, accept: 'text/html' },
  });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.stringContaining('/login')]);
  expect((await ask('/readyz', 'Bearer wrong')).status).toBe(200);
});

test('a revoked token is without access with the next request', async () => {
  const { token: other } = await made({ name: 'Ненадолго' });
  expect((await ask('/api/v1/pages', `Bearer ${other}`)).status).toBe(200);
  const response = await revoke('Ненадолго');
  expect([response.status, response.headers.get('location')]).toEqual([303, '/settings/tokens?done=revoked']);
  expect(await refusalOf(ask('/api/v1/pages', `Bearer ${other}`))).toEqual(refusedAs);
  const again = await administrator.send('/settings/tokens?/revoke', { token: '999999' });
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('There is no such key')]);
  // A token of who is left works on.
  expect((await ask('/api/v1/pages', `Bearer ${token}`)).status).toBe(200);
});

test('a token is lent by who made it: it ends with their role, and with their account for good', async () => {
  const account = { name: 'Борис', email: 'boris@example.ru', password, role: 'department' };
  const boris = await invitedBy(administrator, origin, account);
  const { token: lent } = await made({ name: 'Отдел' }, boris);
  expect((await ask('/api/v1/pages', `Bearer ${lent}`)).status).toBe(200);
  const people = await (await administrator.get('/settings/people')).text();
  const row = people.slice(people.indexOf(account.email));
  const [, grant = ''] = /name="grant" value="(\d+)"/.exec(row) ?? [];
  const [, person = ''] = /name="person" value="([\w-]+)"/.exec(row) ?? [];
  await administrator.send('/settings/people?/end', { grant, person });
  expect(await refusalOf(ask('/api/v1/pages', `Bearer ${lent}`))).toEqual(refusedAs);
  const listed = async () => await (await administrator.get('/settings/tokens')).text();
  expect(await listed()).toContain('who made it manages access no more');
  await administrator.send('/settings/people?/remove', { person });
  expect(await refusalOf(ask('/api/v1/pages', `Bearer ${lent}`))).toEqual(refusedAs);
  expect(await listed()).not.toContain('Отдел');
});

test('tokens are made and seen by who manages accounts alone', async () => {
  const guest = { name: 'Вера', email: 'viewer@example.ru', password, role: 'viewer' };
  const viewer = await invitedBy(administrator, origin, guest);
  expect((await viewer.get('/settings/tokens')).status).toBe(403);
  for (const action of ['make', 'revoke'])
    expect((await viewer.send(`/settings/tokens?/${action}`, { name: 'x', token: '1' })).status).toBe(403);
  expect(await (await viewer.get('/')).text()).not.toContain('/settings/tokens');
});

test('`token create` prints a token alone, which works to the end of its day', async () => {
  const create = (...more: string[]) => product.command(['token', 'create', ...more]);
  const { code, output } = await create('--name', 'Сайт');
  expect([code, output]).toEqual([0, expect.stringMatching(/^(pp_[\w-]{43})\n/m)]);
  const printed = /^pp_[\w-]{43}$/m.exec(output)?.[0] ?? '';
  expect((await ask('/api/v1/pages', `Bearer ${printed}`)).status).toBe(200);
  const list = await (await administrator.get('/settings/tokens')).text();
  expect(list.slice(list.indexOf('>Сайт</th>'))).toContain('the command');
  for (const [options, said] of [
    [['--name', ' '], 'The name is empty'],
    [['--name', 'x', '--until', '2020-01-31'], 'that day has passed'],
    [['--name', 'x', '--until', '2027-02-30'], 'the calendar has no such day'],
    [['--name', 'x', '--until', 'tomorrow'], '--until wants a day like'],
    [[], '--name'],
  ] as const) {
    const refused = await create(...options);
    expect([options, refused.code, refused.output]).toEqual([options, 2, expect.stringContaining(said)]);
    expect(refused.output).not.toContain('pp_');
  }
  const far = await create('--name', 'Надолго', '--until', '2089-12-31');
  expect(far.code).toBe(0);
});

test('where everybody may read, a wrong token is refused as well', async () => {
  const open = openProduct();
  try {
    const { origin: at } = await open.start({ PUBLIC_DASHBOARD: 'true' });
    const posts = new URL('/api/v1/posts', at);
    expect((await fetch(posts)).status).toBe(200);
    const wrong = fetch(posts, { headers: { authorization: 'Bearer pp_wrong' } });
    expect(await refusalOf(wrong)).toEqual(refusedAs);
    const { output } = await open.command(['token', 'create', '--name', 'x']);
    const right = /^pp_\S+$/m.exec(output)?.[0] ?? '';
    expect((await fetch(posts, { headers: { authorization: `Bearer ${right}` } })).status).toBe(200);
    // What a token's reader was given is nobody else's mistake: the page is still everybody's.
    expect((await fetch(new URL('/ranking', at), { headers: { authorization: 'Bearer x' } })).status).toBe(
      200,
    );
  } finally {
    await open.close();
  }
});
