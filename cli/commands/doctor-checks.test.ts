import { expect, test } from 'vitest';
import type { ParkedKey } from '../../collector/source.ts';
import { checkParked, timeIn, wordsOf } from './doctor-checks.ts';

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
