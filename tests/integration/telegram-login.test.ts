import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Api } from 'telegram';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LoginRequest, Terminal } from '#cli/commands/telegram-login.ts';
import { NoAnswer, phoneNumber, telegramLogin } from '#cli/commands/telegram-login.ts';
import type { ScriptedReply, ScriptedRequest, ScriptedTelegram } from '../helpers/scripted-telegram.ts';
import { serveTelegramScript } from '../helpers/scripted-telegram.ts';
import { trustServer } from '../helpers/telegram-key-exchange.ts';
import { loginDesk } from '../helpers/telegram-login-desk.ts';
import { channelOf, closeTelegram, looksFor, telegramSourceOf, well } from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts commands that sign in to a network');

const person = { phone: '+79140000001', code: '52113', password: 'тайное слово', hint: 'слово' };
const { password: _, ...simplePerson } = person;

let directory: string;
let server: ScriptedTelegram;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-login-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
afterEach(async () => {
  await server.close();
  await closeTelegram();
});

type Script = (call: ScriptedRequest) => ScriptedReply | undefined;

/** A terminal at which these answers are given, in this order, and then none. */
function terminalOf(answers: string[]): Terminal & { told: string[]; asked: string[]; printed: string[] } {
  const [told, asked, printed]: string[][] = [[], [], []] as string[][] as [string[], string[], string[]];
  const left = [...answers];
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new NoAnswer();
    return answer;
  };
  return {
    ask,
    askHidden: (question) => ask(`(hidden) ${question}`),
    tell: (text) => told.push(text),
    print: (text) => printed.push(text),
    told,
    asked,
    printed,
  };
}

async function login(
  script: Script,
  answers: string[],
  { settings = {}, ...request }: Partial<LoginRequest> & { settings?: Record<string, string> } = {},
) {
  server = await serveTelegramScript(0, script);
  trustServer(server.publicKey());
  const terminal = terminalOf(answers);
  const code = await telegramLogin(
    {
      LOCALE: 'en',
      TELEGRAM_API_ID: '1',
      TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
      TELEGRAM_PROXY: server.proxy,
      ...settings,
    },
    { force: false, log: pino({ level: 'silent' }), ...request },
    terminal,
  );
  return { code, ...terminal, all: [...terminal.told, ...terminal.asked, ...terminal.printed].join('\n') };
}

describe('signing in', () => {
  test('agrees on a key, gives the code, and prints a session that reads', async () => {
    const desk = loginDesk(simplePerson);
    const channels = [channelOf(7, 3)];
    const read = well(channels);
    const done = await login(
      (call) => desk.reply(call) ?? (desk.isSignedIn(call.account) ? read(call) : undefined),
      ['8 (914) 000-00-01', ' 5 21 13 '],
    );
    expect(done.code).toBe(0);
    expect(done.asked).toEqual(['Phone number', 'The code sent to the Telegram app (the chat "Telegram")']);
    expect(done.printed).toHaveLength(1);
    expect(done.told.at(-1)).toContain('TELEGRAM_SESSIONS');
    const { source } = await telegramSourceOf(() => undefined, {
      sessions: done.printed,
      proxy: server.proxy,
    });
    expect(outcomes(await looksOf(source, looksFor(channels)))).toEqual(['ok']);
  });

  test('proves the second factor, which the server verifies', async () => {
    const desk = loginDesk(person);
    const done = await login(desk.reply, [person.phone, person.code, person.password]);
    expect(done.asked.at(-1)).toBe('(hidden) Password of two-step verification (hint: слово)');
    expect(done.code).toBe(0);
    expect(desk.isSignedIn(0)).toBe(true);
    expect(done.all.replaceAll('(hint: слово)', '')).not.toContain(person.password);
  });

  test('asks again for what was wrong, in plain words', async () => {
    const desk = loginDesk(person);
    const done = await login(desk.reply, [
      '12',
      person.phone,
      '11111',
      person.code,
      'слово',
      person.password,
    ]);
    expect(done.code).toBe(0);
    expect(done.told.slice(1, 4)).toEqual([
      'Telegram does not know this number. Give it with the country: +79141234567.',
      'The code is not right. Give it again.',
      'The password is not right. It is that of Telegram’s two-step verification, not the code.',
    ]);
  });

  test('asks for another number when nobody has registered this one', async () => {
    const desk = loginDesk(simplePerson);
    const answer = new Api.auth.AuthorizationSignUpRequired({});
    const done = await login(
      (call) => (call.request instanceof Api.auth.SignIn ? { answer } : desk.reply(call)),
      [person.phone, person.code],
    );
    expect(done.told[1]).toContain('Nobody is registered');
    expect(done.asked.at(-1)).toBe('Phone number');
  });

  test('sends another code when the first is too old', async () => {
    const desk = loginDesk(simplePerson);
    let isOld = true;
    const done = await login(
      (call) => {
        if (!isOld || !(call.request instanceof Api.auth.SignIn)) return desk.reply(call);
        isOld = false;
        return { refuse: 'PHONE_CODE_EXPIRED' };
      },
      [person.phone, person.code, person.phone, person.code],
    );
    expect(done.code).toBe(0);
    expect(done.told[1]).toContain('too old');
    expect(server.requests.filter(({ method }) => method === 'auth.SendCode')).toHaveLength(2);
  });

  test('moves to the server where the number lives, and agrees on another key there', async () => {
    const desk = loginDesk(simplePerson);
    const dcOptions = [new Api.DcOption({ id: 4, ipAddress: '149.154.167.91', port: 443 })];
    const done = await login(
      (call) => {
        if (call.request instanceof Api.help.GetConfig) return { answer: configurationOf(dcOptions) };
        if (call.account === 0 && call.request instanceof Api.auth.SendCode) {
          return { refuse: 'PHONE_MIGRATE_4', code: 303 };
        }
        return desk.reply(call) ?? { refuse: 'AUTH_KEY_UNREGISTERED', code: 401 };
      },
      [person.phone, person.code],
    );
    expect(done.code).toBe(0);
    expect(desk.isSignedIn(1)).toBe(true);
    expect(Buffer.from(done.printed[0]?.slice(1) ?? '', 'base64')[0]).toBe(4);
  });

  test('goes on where the connection was cut while somebody looked for the code', async () => {
    const desk = loginDesk(simplePerson);
    let isCut = false;
    const done = await login(
      (call) => {
        if (isCut || !(call.request instanceof Api.auth.SignIn)) return desk.reply(call);
        isCut = true;
        return 'cut';
      },
      [person.phone, person.code],
    );
    expect(done.code).toBe(0);
    expect(desk.isSignedIn(0)).toBe(true);
  });
});

describe('what another answer would not mend ends it', () => {
  const after = (method: string, refuse: string, code = 400): Script => {
    const desk = loginDesk(simplePerson);
    return (call) => (call.method === method ? { refuse, code } : desk.reply(call));
  };
  test.each([
    ['auth.SendCode', 'FLOOD_WAIT_5400', 420, 'wait for 90 min'],
    ['auth.SendCode', 'PHONE_NUMBER_FLOOD', 400, 'Try again tomorrow'],
    ['auth.SendCode', 'PHONE_NUMBER_BANNED', 400, 'banned'],
    ['auth.SendCode', 'API_ID_INVALID', 400, 'my.telegram.org'],
    ['auth.SignIn', 'PHONE_PASSWORD_FLOOD', 406, 'Try again tomorrow'],
    ['auth.SignIn', 'SOMETHING_NEW', 400, 'SOMETHING_NEW'],
    ['auth.SignIn', 'INTERNAL', 500, 'Try again later'],
  ])('%s refused with %s', async (method, word, code, said) => {
    const done = await login(after(method, word, code), [person.phone, person.code]);
    expect(done.code).toBe(1);
    expect(done.told.at(-1)).toContain(said);
    expect(done.printed).toEqual([]);
  });

  test('Telegram that says nothing, or cannot be reached', async () => {
    const silent = await login(
      ({ method }) => (method === 'auth.SendCode' ? 'silence' : undefined),
      [person.phone],
      {
        patience: 1_000,
      },
    );
    expect(silent.told.at(-1)).toMatch(/does not answer .*TELEGRAM_PROXY/);
    expect(silent.code).toBe(1);
    await server.close();
    const closed = await login(() => undefined, [], { settings: { TELEGRAM_PROXY: 'socks5://127.0.0.1:9' } });
    expect(closed.told.at(-1)).toMatch(/ECONNREFUSED.*TELEGRAM_PROXY/);
  });

  test('nobody who answers', async () => {
    const done = await login(loginDesk(simplePerson).reply, [person.phone]);
    expect(done.told.at(-1)).toBe('Signing in was interrupted, nothing was written.');
    expect(done.code).toBe(130);
  });
});

describe('the session', () => {
  const sign = (saveTo: string, force = false) =>
    login(loginDesk(simplePerson).reply, [person.phone, person.code], { saveTo, force });

  test('goes into a file that only its owner reads, and not on the screen', async () => {
    const path = join(directory, 'session');
    const done = await sign(path);
    expect(done.code).toBe(0);
    expect(done.told.at(-1)).toContain(`TELEGRAM_SESSIONS_FILE=${path}`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const session = readFileSync(path, 'utf8').trim();
    expect(session).toMatch(/^1[\w+/=]{300,}$/);
    expect(done.all).not.toContain(session);
  });

  test('replaces a file only when told to, and closes it to others', async () => {
    const path = join(directory, 'old');
    writeFileSync(path, 'old');
    chmodSync(path, 0o644);
    await expect(sign(path)).rejects.toThrow(/is there already.*--force/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await server.close();
    expect((await sign(path, true)).code).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('old');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is not begun for a file that cannot be', async () => {
    await expect(sign(directory)).rejects.toThrow(/is a directory/);
    await server.close();
    await expect(sign(join(directory, 'no', 'session'))).rejects.toThrow(/no directory .*make it/);
  });
});

test('without an application it is said where to get one', async () => {
  const none = { TELEGRAM_API_ID: '', TELEGRAM_API_HASH: '' };
  await expect(login(() => undefined, [], { settings: none })).rejects.toThrow(/my\.telegram\.org/);
  await server.close();
  await expect(login(() => undefined, [], { settings: { ...none, LOCALE: 'ru' } })).rejects.toThrow(
    /Получите их на my\.telegram\.org/,
  );
});

test.each([
  ['8 914 123-45-67', '+79141234567'],
  ['+7 (914) 123-45-67', '+79141234567'],
  ['375291234567', '+375291234567'],
])('the number %s is %s', (text, number) => {
  expect(phoneNumber(text)).toBe(number);
});

/** As much of a configuration as a client looks at. */
function configurationOf(dcOptions: Api.DcOption[]): Api.Config {
  const many = Object.fromEntries(
    [
      'date expires thisDc chatSizeMax megagroupSizeMax forwardedCountMax onlineUpdatePeriodMs',
      'offlineBlurTimeoutMs offlineIdleTimeoutMs onlineCloudTimeoutMs notifyCloudDelayMs notifyDefaultDelayMs',
      'pushChatPeriodMs pushChatLimit editTimeLimit revokeTimeLimit revokePmTimeLimit ratingEDecay',
      'stickersRecentLimit channelsReadMediaPeriod callReceiveTimeoutMs callRingTimeoutMs callConnectTimeoutMs',
      'callPacketTimeoutMs captionLengthMax messageLengthMax webfileDcId',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, 1]),
  );
  const others = { testMode: false, dcTxtDomainName: '', meUrlPrefix: '' };
  return new Api.Config({ ...many, ...others, dcOptions } as unknown as ConstructorParameters<
    typeof Api.Config
  >[0]);
}
