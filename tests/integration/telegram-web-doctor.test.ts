import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { wordsOf } from '#cli/commands/findings.ts';
import { checkTelegramWeb } from '#cli/commands/telegram-web-check.ts';
import { settingsFrom } from '#cli/settings.ts';
import { systemClock } from '#domain/clock.ts';
import type { ScriptedGet, ScriptedReplyPage, ScriptedWeb } from '../helpers/scripted-web.ts';
import { serveWebScript } from '../helpers/scripted-web.ts';
import { well } from '../helpers/telegram-web-source.ts';
import { writtenChannel } from '../helpers/web-pages.ts';

const servers: ScriptedWeb[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function check(
  script: (request: ScriptedGet) => ScriptedReplyPage,
  {
    name = 'channel7' as string | null,
    locale = 'en' as 'en' | 'ru',
    settings = {} as Record<string, string>,
    signal = new AbortController().signal,
    patience = 60_000,
  } = {},
) {
  const server = await serveWebScript(script);
  servers.push(server);
  const environment = { TELEGRAM_WEB_URL: server.url, ...settings };
  const findings = await checkTelegramWeb(await settingsFrom(environment, systemClock.now()), name, {
    words: wordsOf(locale),
    log: pino({ level: 'silent' }),
    signal,
    patience,
  });
  return { server, findings };
}

const channel = writtenChannel(7, 3);

test('a site that answers is well, whether the name is a channel’s or nobody’s', async () => {
  for (const [name, requests] of [
    ['channel7', 1],
    ['nobody', 2],
  ] as const) {
    const { findings, server } = await check(well([channel]), { name });
    expect(findings).toEqual([{ level: 'ok', text: `Telegram: ${new URL(server.url).host} answers` }]);
    expect(server.requests).toHaveLength(requests);
  }
  const { findings } = await check(() => ({ redirect: 'https://telegram.org/' }), { locale: 'ru' });
  expect(findings).toMatchObject([{ level: 'ok', text: expect.stringMatching(/ отвечает$/) as string }]);
});

test.each<[string, ScriptedReplyPage, RegExp, RegExp]>([
  [
    'silence',
    'hang',
    /does not open \(.*no answer within 1 s\).*set TELEGRAM_WEB_PROXY/,
    /Если страница не открывается из вашей сети, позовите администратора/,
  ],
  ['a cut connection', 'reset', /does not open \(.*cannot be reached/, /не открывается/],
  ['a refusal', { html: '', status: 403 }, /does not open \(.*status 403/, /не открывается/],
  [
    'a pause',
    { html: '', status: 429, headers: { 'retry-after': '300' } },
    /wants a pause of 300 s\. It passes/,
    /просит подождать 300 с\./,
  ],
  ['a pause without length', { html: '', status: 429 }, /wants a pause\. It passes/, /просит подождать\./],
  [
    'somebody else’s page',
    { html: '<html><title>Доступ ограничен</title></html>' },
    /something else answers in place of .*"Доступ ограничен"/,
    /отвечает кто-то другой/,
  ],
  [
    'an error of the server',
    { html: '', status: 502 },
    /could not be checked \(.*status 502\)\. Try again later/,
    /не проверен/,
  ],
])('%s is told with what to do, after one try', async (_, reply, english, russian) => {
  const patience = reply === 'hang' ? 600 : 60_000;
  const told = await check(() => reply, { patience });
  expect(told.findings).toMatchObject([{ level: 'bad', text: expect.stringMatching(english) as string }]);
  expect(told.server.requests).toHaveLength(1);
  const { findings } = await check(() => reply, { locale: 'ru', patience });
  expect(findings).toMatchObject([{ level: 'bad', text: expect.stringMatching(russian) as string }]);
});

test('a proxy that is not there is what to look at, and its password is not shown', async () => {
  const settings = { TELEGRAM_WEB_PROXY: 'http://ivan:secret@127.0.0.1:9' };
  for (const locale of ['ru', 'en'] as const) {
    const { findings, server } = await check(well([channel]), { settings, locale });
    expect(findings).toMatchObject([
      { level: 'bad', text: expect.stringMatching(/TELEGRAM_WEB_PROXY/) as string },
    ]);
    expect(findings[0]?.text).not.toMatch(/secret/);
    expect(server.requests).toEqual([]);
  }
});

test('nothing is asked without a channel in the register, or with accounts', async () => {
  const accounts = {
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: '0123456789abcdef'.repeat(2),
    TELEGRAM_SESSIONS: `1${'A'.repeat(300)}`,
  };
  for (const options of [{ name: null }, { settings: accounts }]) {
    const { findings, server } = await check(well([channel]), options);
    expect(findings).toEqual([]);
    expect(server.requests).toEqual([]);
  }
});

test.each([
  ['en', 'only leads on to another address of the site. Set TELEGRAM_WEB_URL=https://t.me.'],
  ['ru', 'только перенаправляет на другой адрес этого сайта. Задайте TELEGRAM_WEB_URL=https://t.me.'],
] as const)('an address that only leads on is told with the one to set (%s)', async (locale, words) => {
  const { findings, server } = await check(({ path }) => ({ redirect: `https://t.me${path}` }), { locale });
  expect(findings).toMatchObject([{ level: 'bad', text: expect.stringContaining(words) as string }]);
  expect(server.requests).toHaveLength(1);
});
