import { createServer, type AddressInfo, type Socket } from 'node:net';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { wordsOf } from '#cli/commands/findings.ts';
import { checkTelegram } from '#cli/commands/telegram-check.ts';
import { settingsFrom } from '#cli/settings.ts';
import { systemClock } from '#domain/clock.ts';
import type { ScriptedReply, ScriptedRequest, ScriptedTelegram } from '../helpers/scripted-telegram.ts';
import { serveTelegramScript } from '../helpers/scripted-telegram.ts';
import { well } from '../helpers/telegram-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts commands that ask a network');

const servers: ScriptedTelegram[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function check(
  script: (call: ScriptedRequest) => ScriptedReply | undefined,
  {
    accounts = 1,
    locale = 'en' as 'en' | 'ru',
    settings = {} as Record<string, string>,
    signal = new AbortController().signal,
    patience = 60_000,
  } = {},
) {
  const server = await serveTelegramScript(accounts, script);
  servers.push(server);
  const environment = {
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
    TELEGRAM_SESSIONS: server.sessions.join(','),
    TELEGRAM_PROXY: server.proxy,
    ...settings,
  };
  const findings = await checkTelegram(await settingsFrom(environment, systemClock.now()), {
    words: wordsOf(locale),
    log: pino({ level: 'silent' }),
    signal,
    patience,
  });
  return { server, findings };
}

test('each account that is signed in works, and no connection is left', async () => {
  const { findings, server } = await check(well([]), { accounts: 2 });
  expect(findings).toEqual([
    { level: 'ok', text: 'Telegram: session 1 works' },
    { level: 'ok', text: 'Telegram: session 2 works' },
  ]);
  expect(server.requests.map(({ method }) => method)).toEqual(['updates.GetState', 'updates.GetState']);
  await expect.poll(() => server.open()).toBe(0);
});

test.each([
  [
    'SESSION_REVOKED',
    401,
    /session 1 is not valid any more \(SESSION_REVOKED\)\. Sign in again by .*telegram login/,
  ],
  ['AUTH_KEY_DUPLICATED', 406, /not valid any more \(AUTH_KEY_DUPLICATED\)/],
  ['API_ID_INVALID', 400, /refused the application .*my\.telegram\.org/],
  ['FLOOD_WAIT_86400', 420, /wants a pause of 86400 s \(until [^()]+\d\d:\d\d\)\. It passes by itself/],
  ['USER_MIGRATE_4', 303, /Sign in again/],
  ['INTERNAL', 500, /could not be checked \(INTERNAL\)\. Try again later/],
])('%s is told with what to do', async (refuse, code, said) => {
  const { findings } = await check(({ account, method }) =>
    account === 0 && method !== 'connecting' ? { refuse, code } : undefined,
  );
  expect(findings).toMatchObject([{ level: 'bad', text: expect.stringMatching(said) as string }]);
});

test('a key that is not known for a moment is asked for again, and one that never is has to be replaced', async () => {
  const good = well([]);
  let left = 1;
  const once = await check((call) => ((left -= 1) >= 0 ? 'forget' : good(call)));
  expect(once.findings).toMatchObject([{ level: 'ok' }]);
  const { findings } = await check(() => 'forget');
  expect(findings).toMatchObject([
    { level: 'bad', text: expect.stringMatching(/not valid any more \(AUTH_KEY_UNREGISTERED\)/) as string },
  ]);
});

test('one bad account does not hide another that works', async () => {
  const good = well([]);
  const { findings } = await check(
    (call) => (call.account === 0 ? { refuse: 'USER_DEACTIVATED', code: 401 } : good(call)),
    { accounts: 2, locale: 'ru' },
  );
  expect(findings.map(({ level }) => level)).toEqual(['bad', 'ok']);
  expect(findings[0]?.text).toContain('вход 1 больше не действует (USER_DEACTIVATED)');
});

test('a session that was not copied whole is told without asking anybody', async () => {
  const { findings, server } = await check(well([]), {
    settings: { TELEGRAM_SESSIONS: `1${'A'.repeat(300)}` },
  });
  expect(findings).toMatchObject([{ level: 'bad', text: expect.stringContaining('not whole') as string }]);
  expect(server.requests).toEqual([]);
});

test('a network that is silent or closed is told within its time, and what to look at', async () => {
  const sockets = new Set<Socket>();
  const deaf = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    deaf.listen(0, '127.0.0.1', resolve);
  });
  const silent = `socks5://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
  for (const proxy of [silent, 'socks5://127.0.0.1:9']) {
    const { findings } = await check(well([]), {
      locale: 'ru',
      settings: { TELEGRAM_PROXY: proxy },
      patience: 600,
    });
    expect(findings).toMatchObject([
      {
        level: 'bad',
        text: expect.stringMatching(/до Telegram не достучаться .*прокси из TELEGRAM_PROXY/) as string,
      },
    ]);
  }
  const { findings } = await check(() => 'silence', { patience: 600 });
  expect(findings[0]?.text).toMatch(/cannot be reached .*TELEGRAM_PROXY/);
  for (const socket of sockets) socket.destroy();
  await new Promise<void>((resolve) => {
    deaf.close(() => resolve());
  });
});

test('without accounts it is said how channels are read, and what accounts would give', async () => {
  const { findings } = await check(well([]), { settings: { TELEGRAM_SESSIONS: '' } });
  expect(findings).toMatchObject([
    {
      level: 'note',
      text: expect.stringMatching(/pages of t\.me: .*telegram login --save-to telegram-session$/) as string,
    },
  ]);
});
