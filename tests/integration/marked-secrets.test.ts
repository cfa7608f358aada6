import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { settingDefinitions } from '#domain/settings.ts';
import { settingsSections } from '#lib/settings-sections.ts';
import { createSimulation } from '#simulator/index.ts';
import type { Running } from '../e2e/processes.ts';
import { serveTelegramScript, type ScriptedTelegram } from '../helpers/scripted-telegram.ts';
import { secretTraces, tracesInFiles } from '../helpers/secret-traces.ts';
import { claimAs, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts servers and commands');

/** Secrets that the settings give; each is such that nothing else looks like it. */
const given = {
  AUTH_SECRET: 'marked-auth-secret-marked-auth-secret',
  ENCRYPTION_KEY: 'a1b2c3d4e5f60718'.repeat(4),
  ENCRYPTION_KEY_BEFORE: '9f8e7d6c5b4a3928'.repeat(4),
  TELEGRAM_API_HASH: 'abcdef0123456789fedcba9876543210',
  TELEGRAM_BOT_TOKEN: '123456789:marked-bot-token-marked-bot-token-x',
};
const refusedKey = 'marked-vk-key-that-is-refused';
const addresses = {
  SMTP_URL: 'smtp://mail:marked-smtp-password@127.0.0.1:9',
  IMAP_URL: 'imap://mail:marked-imap-password@127.0.0.1:9',
  TELEGRAM_WEB_PROXY: 'http://web:marked-web-proxy-password@127.0.0.1:9',
};
const away = {
  OPERATIONS_DATABASE_URL: 'postgres://own:marked-postgres-password@127.0.0.1:9/profpulse',
  CLICKHOUSE_URL: 'http://own:marked-clickhouse-password@127.0.0.1:9',
};
const passwords = { right: 'marked-выдра на льдине 1848', wrong: 'marked-wrong-выдра на льдине' };
const anna = { name: 'Анна', email: 'anna@example.ru', password: passwords.right };

/** What must stand nowhere, by what it is. Those of a running instance are added as they are made. */
const secrets = new Map<string, string>([
  ...Object.entries(given),
  ['VK_TOKENS', refusedKey],
  ...Object.values({ ...addresses, ...away }).map((url): [string, string] => {
    const { protocol, password } = new URL(url);
    return [`password of ${protocol}`, password];
  }),
  ['the password', passwords.right],
  ['a wrong password', passwords.wrong],
]);
/** What was printed, answered and written, by where. */
const outputs = new Map<string, string>();

let product: Product;
let telegram: ScriptedTelegram;
let server: Running;
let administrator: Visitor;
let settings: Record<string, string>;
let closeVk: () => Promise<void>;

const traces = (text: string, but: readonly string[] = []): string[] => secretTraces(secrets, text, but);

const command = async (parameters: string[], more: Record<string, string> = {}): Promise<void> => {
  const { output } = await product.command(parameters, { ...settings, ...more });
  outputs.set(`profpulse ${parameters.join(' ')} ${Object.keys(more).join(' ')}`, output);
};

/** Asks for an address, and keeps the answer with its headers; cookies are for who is asked about themselves. */
async function visit(visitor: Visitor, path: string, init: RequestInit = {}): Promise<string> {
  const response = await visitor.ask(path, init);
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie');
  const text = `${JSON.stringify(headers)}\n${await response.text()}`;
  // Who asks knows the address they ask for; a page may lead on from there.
  const own = path.split(/[/?]/).filter((part) => part.length >= 43);
  const others = own.reduce((left, part) => left.replaceAll(part, '…'), text);
  outputs.set(`${outputs.size} ${init.method ?? 'GET'} ${path.replace(/[\w-]{43}/, '…')}`, others);
  return text;
}
const send = async (visitor: Visitor, path: string, fields: Record<string, string>): Promise<string> =>
  await visit(visitor, path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { accept: 'text/html' },
  });

/** What a page shows once, which is not among the outputs. */
const told = async (path: string, fields: Record<string, string>, pattern: RegExp): Promise<string> => {
  const page = await (await administrator.send(path, fields)).text();
  const [whole, part] = pattern.exec(page) ?? [];
  if (whole === undefined) throw new Error(`${path} told nothing: ${page}`);
  return part ?? whole;
};
const keep = (name: string, secret: string): string => {
  secrets.set(name, secret);
  return secret;
};

const screens = [
  '/', '/ranking', '/silent', '/organisations/1', '/methodology', '/start', '/account', '/account/second-factor',
  ...settingsSections.map(({ path }) => path), '/login', '/no-such-page', '/healthz', '/readyz',
  '/settings/personal-data/person-1', '/settings/personal-data/person-1/copy', '/settings/personal-data/person-1/copy?format=html',
  '/api/v1/runs', '/api/v1/pages', '/api/v1/organisations', '/api/v1/openapi.json', '/api/v1/posts?from=x',
]; // prettier-ignore

beforeAll(async () => {
  const simulation = createSimulation({
    seed: 5,
    anchor: new Date(systemClock.now().getTime() - 3_600_000),
    size: { organisations: 3 },
  });
  simulation.clock.set(systemClock.now());
  const vk = await simulation.serveVk({
    tokens: [{ token: 'simulator-key-that-is-good', kind: 'service', requestsPerSecond: 200 }],
  });
  closeVk = () => vk.close();
  keep('a good key of VK', 'simulator-key-that-is-good');
  telegram = await serveTelegramScript(1, () => ({ refuse: 'SESSION_REVOKED', code: 401 }));
  keep('TELEGRAM_SESSIONS', telegram.sessions[0] ?? '');
  product = openProduct();
  settings = {
    ...given,
    ...addresses,
    LOG_LEVEL: 'trace',
    VK_TOKENS: `${refusedKey},simulator-key-that-is-good`,
    VK_API_URL: vk.url,
    VK_RPS: '100',
    TELEGRAM_API_ID: '1',
    TELEGRAM_SESSIONS: telegram.sessions.join(','),
    TELEGRAM_PROXY: telegram.proxy,
  };
  await command(['import', product.file('register.csv', simulation.registerCsv())]);
  const started = await product.start(settings);
  server = started.process;
  const [claim] = await server.says(/http:\S+\/claim\/\S+/);
  keep('the link of the claim', new URL(claim).pathname.split('/').at(-1) ?? '');
  administrator = visitorOf(started.origin);
  await claimAs(administrator, new URL(claim).pathname, anna);
  const stranger = visitorOf(started.origin);

  await visit(stranger, new URL(claim).pathname);
  await send(stranger, new URL(claim).pathname, { ...anna, password: passwords.wrong });
  await send(stranger, '/login', { email: anna.email, password: passwords.wrong });
  await send(stranger, '/login', { email: 'nobody@example.ru', password: passwords.wrong });

  const begun = await (
    await administrator.send('/account/second-factor?/begin', { current: anna.password })
  ).text();
  const [, spaced = ''] = /<code[^>]*>([A-Z2-7 ]{40,})<\/code>/.exec(begun) ?? [];
  const secret = keep('secret of the second step', spaced.replaceAll(' ', ''));
  const codes = [...begun.matchAll(/<li[^>]*><code[^>]*>([^<]+)<\/code>/g)].map(([, code = '']) => code);
  expect([secret.length > 40, codes.length]).toEqual([true, 10]);
  for (const [index, code] of codes.entries()) keep(`recovery code ${index + 1}`, code);
  await send(administrator, '/account/second-factor?/confirm', { code: '000000' });
  await send(administrator, '/account/second-factor?/confirm', { code: await generate({ secret }) });
  const again = visitorOf(started.origin);
  await send(again, '/login', { email: anna.email, password: passwords.right });
  await send(again, '/login/code', { code: '000000' });
  await send(again, '/login/code', { code: codes[0] ?? '' });

  const link = /http:[^\s<"]+\/(?:invitation|password)\/([\w-]{43})/;
  const invited = { name: 'Вера', email: 'vera@example.ru', role: 'viewer' };
  const invitation = keep('an invitation', await told('/settings/people?/invite', invited, link));
  await visit(stranger, `/invitation/${invitation}x`);
  await send(stranger, `/invitation/${invitation}`, { name: 'Вера', password: 'короткий' });
  const until = /name="until"[^>]*value="([\d-]+)"|value="([\d-]+)"[^>]*name="until"/;
  const lent = async (path: string) =>
    until
      .exec(await visit(administrator, path))
      ?.slice(1)
      .find(Boolean) ?? '';
  const token = keep(
    'a key of the API',
    await told(
      '/settings/tokens?/make',
      { name: 'Витрина', 'numbers.read': 'on', until: await lent('/settings/tokens') },
      /<code[^>]*>(pp_[\w-]+)<\/code>/,
    ),
  );
  const share = keep(
    'a link to a view',
    await told(
      '/settings/shares?/make',
      { name: 'Президиум', view: '/ranking', frame: '', until: await lent('/settings/shares') },
      /\/share\/([\w-]{43})/,
    ),
  );
  for (const path of [`/share/${share}`, `/share/${share}/x`, `/share/${share}x`])
    await visit(stranger, path);
  for (const authorization of [`Bearer ${token}`, `Bearer ${token}x`, `Basic ${token}`])
    for (const path of ['/api/v1/leaderboard', '/api/v1/runs', '/api/v1/none'])
      await visit(stranger, path, { headers: { authorization } });
  const [, session = ''] = /session=([^;]+)/.exec(administrator.cookie()) ?? [];
  keep('the cookie of a session', decodeURIComponent(session));
  expect(session.length).toBeGreaterThan(40);

  await command(['collect']);
  await command(['doctor']);
  await command(['export']);
  await command(['audit', 'verify']);
  await command(['leaderboard', '--from', '2026-01-01', '--to', '2026-01-31']);
  await command(['secrets', 'rotate']);
  for (const path of screens)
    for (const visitor of [administrator, stranger])
      for (const language of ['ru', 'en'])
        await visit(visitor, `${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
  const found = await send(administrator, '/settings/personal-data?/find', { text: '@example.ru' });
  const accounts = new Set(found.match(/\/settings\/personal-data\/account-[\w-]+/g));
  expect(accounts.size).toBe(1);
  for (const path of accounts)
    for (const copy of ['', '/copy', '/copy?format=html']) await visit(administrator, `${path}${copy}`);
  for (const path of ['/__data.json', '/settings/environment/__data.json', '/settings/people/__data.json'])
    await visit(administrator, path);
  const [reset = ''] =
    /password\/[\w-]{43}/.exec((await product.command(['user', 'reset', anna.email], settings)).output) ?? [];
  keep('a link for another password', reset.split('/').at(-1) ?? '');
  await visit(stranger, `/${reset}`);
  await send(stranger, `/${reset}`, { password: 'короткий' });
  await server.stop();

  await command(['doctor'], {
    LOG_LEVEL: '',
    TELEGRAM_PROXY: 'socks5://own:marked-proxy-password@127.0.0.1:9',
  });
  keep('password of the proxy', 'marked-proxy-password');
  await command(['collect'], { LOG_LEVEL: '' });
  await command(['doctor'], { OPERATIONS_DATABASE_URL: away.OPERATIONS_DATABASE_URL });
  await command(['doctor'], { CLICKHOUSE_URL: away.CLICKHOUSE_URL });
  for (const [name, secretOf] of Object.entries(given))
    await command(['export'], { [name]: name.endsWith('SECRET') ? secretOf.slice(0, 20) : `${secretOf}/` });
  await command(['export'], {
    OPERATIONS_DATABASE_URL: 'postgres://own:marked-postgres-password#x@127.0.0.1:9/p',
  });
}, 480_000);
afterAll(async () => {
  await product.close();
  await telegram.close();
  await closeVk();
});

test('secrets are in what was searched for, and there are many outputs', () => {
  for (const [name, secret] of secrets) expect([name, secret.length >= 11]).toEqual([name, true]);
  expect(traces(`…${encodeURIComponent(passwords.right)}…`)).toEqual(['the password']);
  expect(outputs.size).toBeGreaterThan(100);
  expect(server.output()).toMatch(/"level":(?:10|20)/);
});

test('no secret stands in a page, an answer, an export or the output of a command', () => {
  const found = [...outputs]
    .map(([where, text]) => [where, traces(text)])
    .filter(([, names]) => names?.length);
  expect(found).toEqual([]);
});

test('none is logged or printed by the server, but the link of the claim for whoever starts it', () => {
  expect(traces(server.output(), ['the link of the claim'])).toEqual([]);
  const logged = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(traces(logged.join('\n'))).toEqual([]);
});

test('none lies in a file of the data directory as it is', () => {
  const { files, found } = tracesInFiles(secrets, product.directory);
  expect(files).toEqual(expect.arrayContaining(['operations.sqlite', 'profpulse.log']));
  expect(found).toEqual([]);
});

test('every setting that is secret has a marked value', () => {
  const secret = settingDefinitions.filter((each) => each.secret).map(({ name }) => name);
  const more = ['VK_TOKENS', 'TELEGRAM_SESSIONS', 'TELEGRAM_PROXY'];
  expect([...Object.keys({ ...given, ...addresses, ...away }), ...more]).toEqual(
    expect.arrayContaining(secret),
  );
});
