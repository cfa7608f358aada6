import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import { versionAt } from '../helpers/form-version.ts';
import { claimAs, shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts servers');

const password = 'выдра на льдине 1848';
const containing = (text: string): string => expect.stringContaining(text) as string;

let product: Product;
let origin: string;
let server: Running;
let administrator: Visitor;

beforeAll(async () => {
  product = openProduct();
  ({ process: server, origin } = await product.start());
  const [link] = await server.says(/http:\S+\/claim\/\S+/);
  administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
});
afterAll(async () => {
  await product.close();
});

test('`user add` prints a link that makes the account', async () => {
  const added = await product.command([
    'user',
    'add',
    'vera@example.ru',
    '--name',
    'Вера',
    '--role',
    'department',
  ]);
  expect(added.code).toBe(0);
  const [link = ''] = /http:\S+\/invitation\/\S+/.exec(added.output) ?? [];
  const vera = visitorOf(origin);
  expect(await shown(vera.send(new URL(link).pathname, { name: 'Вера', password }))).toEqual([303, '/']);
  expect((await vera.get('/settings/people')).status).toBe(200);
  const again = await product.command([
    'user',
    'add',
    'vera@example.ru',
    '--name',
    'Вера',
    '--role',
    'viewer',
  ]);
  expect([again.code, again.output]).toEqual([2, containing('There is an account of that address')]);
  const none = await product.command(['user', 'add', 'vera', '--name', 'Вера', '--role', 'viewer']);
  expect([none.code, none.output]).toEqual([2, containing('This is no e-mail address')]);
});

test('`user reset` prints a link by which a password is set anew', async () => {
  const made = await product.command(['user', 'reset', 'vera@example.ru']);
  const [link = ''] = /http:\S+\/password\/\S+/.exec(made.output) ?? [];
  const vera = visitorOf(origin);
  const sent = vera.send(new URL(link).pathname, { password: 'сова над рекой 1905' });
  expect(await shown(sent)).toEqual([303, '/login?set']);
  const login = { email: 'vera@example.ru', password: 'сова над рекой 1905' };
  expect(await shown(vera.send('/login', login))).toEqual([303, '/']);
  const none = await product.command(['user', 'reset', 'nobody@example.ru']);
  expect([none.code, none.output]).toEqual([2, containing('There is no account of nobody@example.ru')]);
});

test('a page of one reader is never compared with the one that their browser has, nor kept', async () => {
  for (const path of ['/login', '/account', '/settings/people', '/account/second-factor', '/claim/x']) {
    const visitor =
      path.startsWith('/login') || path.startsWith('/claim') ? visitorOf(origin) : administrator;
    const { status, headers } = await visitor.get(path);
    expect([path, status, headers.get('etag'), headers.get('cache-control')]).toEqual([
      path,
      200,
      null,
      'private, no-store',
    ]);
  }
  // Its address says a choice of language, which is the reader's own.
  expect((await administrator.get('/silent?lang=ru')).headers.get('etag')).toBeNull();
  expect((await administrator.get('/silent')).headers.get('etag')).not.toBeNull();
});

test('an action that a page has not is none, and no token reaches the log', async () => {
  const [, page] = await shown(
    administrator.send('/settings/people?/invite', {
      name: 'Гость',
      email: 'late@example.ru',
      role: 'viewer',
    }),
  );
  const { pathname } = new URL(/http:[^\s<"]+\/invitation\/[\w-]+/.exec(page)?.[0] ?? '');
  for (const path of ['/silent', '/account', '/settings/people', pathname])
    expect([path, (await administrator.send(`${path}?/default`, {})).status]).toEqual([path, 404]);
  expect(server.output()).not.toContain(pathname.split('/').at(-1));
});

test('the secret of sessions is its owner’s alone, and no more than one is made', () => {
  const file = join(product.directory, 'auth-secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThan(40);
});

test('a secret of sessions that is damaged is a sentence, and nothing is overwritten', async () => {
  const other = openProduct();
  try {
    const file = join(other.directory, 'auth-secret');
    await (await other.start()).process.stop();
    const kept = readFileSync(file, 'utf8');
    for (const damaged of ['', 'abc']) {
      writeFileSync(file, damaged);
      const started = other.launch('server.ts');
      expect(await started.ended).toBe(2);
      expect(started.output()).toContain(`The file ${file}, by which sessions are signed, has fewer than 32`);
      expect(readFileSync(file, 'utf8')).toBe(damaged);
    }
    writeFileSync(file, kept);
    await (await other.start()).process.stop();
  } finally {
    await other.close();
  }
});

test('an open dashboard names who is not updated once that was set, and shows no more', async () => {
  const other = openProduct();
  try {
    await other.command([
      'import',
      other.file('r.csv', 'organisation,responsible,phone\nОбком,Мария,+7 900 000-00-00\n'),
    ]);
    const { process, origin: open } = await other.start({ PUBLIC_DASHBOARD: 'true' });
    const stranger = visitorOf(open);
    // Public views before the claim, too; all else is the claim.
    expect([
      (await stranger.get('/ranking')).status,
      (await stranger.get('/api/v1/organisations')).status,
    ]).toEqual([200, 200]);
    expect(await shown(stranger.get('/silent'))).toEqual([303, '/claim']);
    const [link] = await process.says(/http:\S+\/claim\/\S+/);
    const own = visitorOf(open);
    await claimAs(own, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
    expect(await shown(stranger.get('/silent'))).toEqual([303, '/login?to=%2Fsilent']);
    expect((await shown(stranger.get('/')))[1]).not.toContain('href="/silent');
    const versionOf = async (action: string) => await versionAt(own, '/settings/openness', action);
    const set = await own.send('/settings/openness?/public_silent', {
      ...{ shown: 'yes', version: await versionOf('public_silent') },
    });
    expect(set.status).toBe(303);
    const [status, silent] = await shown(stranger.get('/silent'));
    expect([status, silent.includes('Обком'), silent.includes('Мария')]).toEqual([200, true, false]);
    const done = new URL(set.headers.get('location') ?? '', open).searchParams.get('done') ?? '';
    expect((await own.send('/settings/openness?/undo', { entry: done })).status).toBe(303);
    expect((await stranger.get('/silent')).status).toBe(303);
    const wrong = await own.send('/settings/openness?/naming', {
      naming: 'by_name',
      decision: '',
      decided: '2999-01-01',
      version: await versionOf('naming'),
    });
    expect([wrong.status, (await wrong.text()).includes('value="2999-01-01"')]).toEqual([400, true]);
    const version = await versionOf('naming');
    const decided = { naming: 'by_name', decision: '№ 5-3', decided: '2026-01-20', version };
    expect((await own.send('/settings/openness?/naming', decided)).status).toBe(303);
    expect((await shown(own.get('/settings/openness')))[1]).toContain('№ 5-3');
  } finally {
    await other.close();
  }
});

test('over a network it shows nobody anything until it is claimed, on its own machine neither', async () => {
  const other = openProduct();
  try {
    const { origin: open } = await other.start({ HOST: '0.0.0.0' });
    const stranger = visitorOf(open);
    for (const path of ['/', '/silent', '/start'])
      expect(await shown(stranger.get(path))).toEqual([303, '/claim']);
    expect(await shown(stranger.get('/claim'))).toEqual([200, containing('user add')]);
    expect((await stranger.get('/api/v1/organisations')).status).toBe(401);
    expect((await stranger.get('/readyz')).status).toBe(200);
  } finally {
    await other.close();
  }
});
