import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ParkedKey } from '#collector/source.ts';
import { readSettings } from '#domain/settings.ts';
import { checkDisk, checkKeys, checkParked, checkVk } from './doctor-checks.ts';
import { wordsOf } from './findings.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([301, 302, 303, 307, 308])('a key is not passed on where VK answers %d', async (status) => {
  let asked = 0;
  const elsewhere = await serve((_request, response) => {
    asked += 1;
    response.end('{"response":[]}');
  });
  const url = await serve((_request, response) => {
    response.writeHead(status, { location: `${elsewhere}/method/groups.getById` }).end();
  });
  const settings = readSettings(
    { VK_TOKENS: 'service-key', VK_API_URL: `${url}/method` },
    { readFile: () => '', now: new Date('2026-07-01T00:00:00Z') },
  );
  const about = { groupId: 1 };
  const findings = await checkVk(settings, about, wordsOf('en'), new AbortController().signal);
  expect(findings).toEqual([
    {
      level: 'bad',
      text: `VK: ${new URL(url).host} sends on to ${new URL(elsewhere).host}; the key was not passed there. Look after the setting VK_API_URL and the network.`,
      gist: 'VK sends on to another address',
    },
  ]);
  expect(asked).toBe(0);
});

test('a VK that does not answer is told in the language of the terminal', async () => {
  const url = await serve(() => undefined);
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  const settings = readSettings(
    { VK_TOKENS: 'service-key', VK_API_URL: `${url}/method` },
    { readFile: () => '', now: new Date('2026-07-01T00:00:00Z') },
  );
  const { host } = new URL(url);
  const signal = new AbortController().signal;
  const [finding] = await checkVk(settings, { groupId: 1 }, wordsOf('ru'), signal);
  expect(finding?.text).toBe(
    `ВКонтакте: ${host} не отвечает (${host} не принимает соединений, ECONNREFUSED). Проверьте сеть и настройку VK_API_URL.`,
  );
});

const flood: ParkedKey = {
  what: 'session 2 of TELEGRAM_SESSIONS',
  cause: 'telegram:FLOOD_WAIT Telegram wants to be left alone for 86400 s',
  until: new Date('2026-03-11T06:05:00Z'),
};

test('what a running process has laid aside is said of each network, with its end', () => {
  const sources = [
    { network: 'vk' as const, parked: () => [{ what: 'key 1 of VK_TOKENS', cause: 'vk:5', until: null }] },
    { network: 'telegram' as const, parked: () => [flood] },
    { network: 'telegram' as const },
  ];
  const settings = { TIMEZONE: 'Asia/Irkutsk', LOCALE: 'en' as const };
  expect(checkParked(sources, settings, wordsOf('en'))).toEqual([
    {
      level: 'bad',
      text: 'VK: key 1 of VK_TOKENS is laid aside (vk:5). It does not pass by itself.',
      gist: 'VK: key 1 of VK_TOKENS is laid aside',
    },
    {
      level: 'bad',
      text: `Telegram: session 2 of TELEGRAM_SESSIONS is laid aside (${flood.cause}). It is tried again at 2026-03-11, 14:05.`,
      gist: 'Telegram: session 2 of TELEGRAM_SESSIONS is laid aside',
    },
  ]);
  const [first, second] = checkParked(sources, { ...settings, LOCALE: 'ru' }, wordsOf('ru'));
  expect(first?.text).toMatch(
    /^ВКонтакте: ключ 1 из VK_TOKENS не используется \(.*vk:5.*\)\. Само это не пройдёт\.$/,
  );
  expect(second?.text).toMatch(/^Telegram: вход 2 из TELEGRAM_SESSIONS временно не используется/);
  expect(second?.text).toContain('Следующая попытка: 11.03.2026, 14:05.');
});

test('a missing key is bad where the register has pages that wait for it, and is told wherever it is missing', () => {
  const found = (pages: number, ...networks: ('vk' | 'telegram')[]) =>
    checkKeys(
      networks.map((network) => ({ network })),
      () => pages,
      wordsOf('ru'),
    );
  expect(found(2, 'telegram')).toEqual([
    {
      level: 'bad',
      text: 'ВКонтакте: ключ не задан (VK_TOKENS), страницы не читаются. Как получить ключ, написано в README.ru.md.',
      gist: 'ключ ВКонтакте не задан',
    },
  ]);
  expect(found(0)).toMatchObject([{ level: 'look', gist: 'ключ ВКонтакте не задан' }]);
  expect(found(2, 'vk')).toEqual([]);
});

test('room on the disk is said with the comma of the language', async () => {
  const settings = readSettings(
    { DATA_DIR: '/' },
    { readFile: () => '', now: new Date('2026-07-01T00:00:00Z') },
  );
  expect((await checkDisk(settings, wordsOf('ru'))).text).toMatch(/\d,\d ГБ/);
  expect((await checkDisk({ ...settings, LOCALE: 'en' }, wordsOf('en'))).text).toMatch(/\d\.\d GB/);
});
