import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Api } from 'telegram';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentOf } from '../e2e/processes.ts';
import type { ScriptedReply, ScriptedRequest, ScriptedTelegram } from '../helpers/scripted-telegram.ts';
import { serveTelegramScript } from '../helpers/scripted-telegram.ts';
import { loginDesk } from '../helpers/telegram-login-desk.ts';
import { channelOf, well } from '../helpers/telegram-source.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts commands that sign in to a network');

const root = fileURLToPath(new URL('../..', import.meta.url));
const apiHash = '0123456789abcdef0123456789abcdef';

let product: Product;
let server: ScriptedTelegram;
beforeEach(() => {
  product = openProduct();
});
afterEach(async () => {
  await product.close();
  await server.close();
});

async function serve(
  script: (call: ScriptedRequest) => ScriptedReply | undefined,
  accounts = 1,
): Promise<Record<string, string>> {
  server = await serveTelegramScript(accounts, script);
  return {
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: apiHash,
    TELEGRAM_SESSIONS: server.sessions.join(','),
    TELEGRAM_PROXY: server.proxy,
  };
}

const channels = [channelOf(7, 3), channelOf(8, 3, { refuse: 'CHANNEL_PRIVATE' })];
const good = well(channels);
const register = 'organisation,telegram\nA,t.me/channel7\nB,@channel8\nC,t.me/nobody_here\n';

test('channels are collected, and the process ends', async () => {
  const settings = await serve(good);
  await product.command(['import', product.file('register.csv', register)]);
  const collected = await product.command(['collect'], settings);
  expect(collected.output).toMatch(/3 pages; 1 read, 1 closed, 1 deleted, blocked or not found\./);
  expect(collected.code).toBe(0);
  expect(server.open()).toBe(0);
  // What the names lead to is known to the next process.
  server.requests.length = 0;
  const again = await product.command(['collect', '--page', 't.me/channel7'], settings);
  expect(again.output).toMatch(/1 page; 1 read\./);
  expect(server.requests.map(({ method }) => method)).not.toContain('contacts.ResolveUsername');
});

test('with lost accounts every page is an error, each account is told of once, and no session is shown', async () => {
  const words = [
    ['SESSION_REVOKED', 401],
    ['AUTH_KEY_DUPLICATED', 406],
  ] as const;
  const settings = await serve(({ account }) => {
    const [refuse, code] = words[account] ?? words[0];
    return { refuse, code };
  }, 2);
  await product.command(['import', product.file('register.csv', register)]);
  const collected = await product.command(['collect'], { ...settings, LOG_LEVEL: 'info' });
  expect(collected.output).toMatch(/3 pages; 3 could not be read\./);
  expect(collected.output.match(/An account of Telegram cannot be used/g)).toHaveLength(2);
  for (const session of server.sessions) {
    expect(collected.output).not.toContain(session.slice(20, 80));
  }
});

/** Runs `telegram login` with these lines typed, as a person does whose terminal is no terminal. */
async function login(settings: Record<string, string>, parameters: string[], lines: string[]) {
  const trust = fileURLToPath(new URL('../helpers/trust-telegram-server.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', trust, 'cli/profpulse.ts', 'telegram', 'login', ...parameters],
    {
      cwd: root,
      env: environmentOf({
        LOCALE: 'en',
        TELEGRAM_TEST_KEY: JSON.stringify(server.publicKey()),
        ...settings,
      }),
    },
  );
  const [out, err]: Buffer[][] = [[], []] as Buffer[][] as [Buffer[], Buffer[]];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

test('the command signs in, and what it gives is a setting', async () => {
  const person = { phone: '+79140000001', code: '52113', password: 'тайное слово' };
  const desk = loginDesk(person);
  const settings = await serve((call) => {
    if (call.request instanceof Api.updates.GetState && !desk.isSignedIn(call.account)) {
      return { refuse: 'AUTH_KEY_UNREGISTERED', code: 401 };
    }
    return desk.reply(call) ?? good(call);
  }, 0);
  const typed = [person.phone, person.code, person.password];
  const printed = await login(settings, [], typed);
  expect(printed.code).toBe(0);
  expect(printed.out).toMatch(/^1[\w+/=]{300,}\n$/);
  expect(printed.err).toContain('Phone number');
  expect(printed.err).not.toContain(printed.out.trim());

  const file = product.file('place', '');
  const path = join(dirname(file), 'session');
  const saved = await login(settings, ['--save-to', path], typed);
  expect(saved.code).toBe(0);
  expect(saved.out).toBe('');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const { TELEGRAM_SESSIONS: _, ...others } = settings;
  const doctor = await product.command(['doctor'], { ...others, TELEGRAM_SESSIONS_FILE: path });
  expect(doctor.output).toContain('✓ Telegram: session 1 works');
  expect(readFileSync(path, 'utf8')).not.toBe(printed.out);

  const refused = await login(settings, ['--save-to', path], typed);
  expect(refused.err).toContain('--force');
  expect(refused.code).toBe(2);
});
