import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ParkedKey } from '../../collector/source.ts';
import { readSettings } from '../../domain/settings.ts';
import { checkParked, checkVk, timeIn, wordsOf } from './doctor-checks.ts';

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
  const findings = await checkVk(settings, 1, wordsOf('en'), new AbortController().signal);
  expect(findings).toEqual([
    {
      level: 'bad',
      text: `VK: ${new URL(url).host} sends on to ${new URL(elsewhere).host}; the key was not passed there. Look after the setting VK_API_URL and the network.`,
    },
  ]);
  expect(asked).toBe(0);
});

const flood: ParkedKey = {
  what: 'session 2 of TELEGRAM_SESSIONS',
  cause: 'telegram:FLOOD_WAIT Telegram wants to be left alone for 86400 s',
  until: new Date('2026-03-11T06:05:00Z'),
};

test('what a running process has laid aside is said of each network, with its end', () => {
  const sources = [
    { network: 'vk' as const, parked: () => [{ what: 'key 1', cause: 'vk:5', until: null }] },
    { network: 'telegram' as const, parked: () => [flood] },
    { network: 'telegram' as const },
  ];
  const settings = { TIMEZONE: 'Asia/Irkutsk', LOCALE: 'en' as const };
  expect(checkParked(sources, settings, wordsOf('en'))).toEqual([
    { level: 'bad', text: 'VK: key 1 is laid aside (vk:5). It does not pass by itself.' },
    {
      level: 'bad',
      text: `Telegram: session 2 of TELEGRAM_SESSIONS is laid aside (${flood.cause}). It is tried again at 11/03/2026, 14:05.`,
    },
  ]);
  const [first, second] = checkParked(sources, { ...settings, LOCALE: 'ru' }, wordsOf('ru'));
  expect(first?.text).toBe('ВКонтакте: key 1 временно не используется (vk:5). Само это не пройдёт.');
  expect(second?.text).toContain('Следующая попытка: 11.03.2026, 14:05.');
});

test('a time is said in the federation’s zone', () => {
  expect(timeIn('Asia/Irkutsk', 'ru', new Date('2026-03-10T16:30:00Z'))).toBe('11.03.2026, 00:30');
});
