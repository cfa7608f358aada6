import { expect, test } from 'vitest';
import type { RunSummary } from '#collector/context.ts';
import type { ParkedKey } from '#collector/source.ts';
import { runTeller } from './run-teller.ts';
import { progressText, runText } from './run-labels.ts';
import type { Services } from './services.ts';

const slot = new Date('2026-03-10T16:30:00Z');
const none = { ok: 0, empty: 0, closed: 0, gone: 0, rate_limited: 0, error: 0, missed: 0, suspect: 0 };
const run = (pages: number, outcomes: Partial<RunSummary['outcomes']> = {}): RunSummary => ({
  slot,
  pages,
  outcomes: { ...none, ...outcomes },
});

test('a run is told in words, and in the federation’s time', () => {
  const zone = 'Asia/Irkutsk';
  const mixed = run(7, { ok: 3, empty: 1, error: 2, suspect: 1 });
  expect(runText(mixed, zone, 'ru')).toBe(
    'Сбор 11.03.2026, 00:30: 7 страниц; прочитано — 3, прочитано, публикаций нет — 1, прочитать не удалось — 2, ответ сети сомнителен — 1.',
  );
  expect(runText(mixed, zone, 'en')).toBe(
    'Collection of 2026-03-11, 00:30: 7 pages; 3 read, 1 read and without a post, 2 could not be read, 1 answered in a way that is doubted.',
  );
  expect(runText(run(0), zone, 'ru')).toBe('Сбор 11.03.2026, 00:30: читать нечего.');
  expect(runText(run(0), zone, 'en')).toBe('Collection of 2026-03-11, 00:30: there is nothing to read.');
  expect(runText(run(2), zone, 'en')).toBe('Collection of 2026-03-11, 00:30: 2 pages.');
  expect([progressText(7, 73, 'ru'), progressText(7, 73, 'en')]).toEqual([
    'Проверено страниц: 7 из 73',
    'Pages looked at: 7 of 73',
  ]);
});

test('a terminal is told of runs that read something, and of a key that is laid aside once', () => {
  const said: string[] = [];
  let parked: ParkedKey[] = [];
  const services = {
    settings: { TIMEZONE: 'Asia/Irkutsk', LOCALE: 'en' },
    sources: [{ network: 'vk', parked: () => parked }],
    clock: { now: () => slot },
  } as unknown as Services;
  const teller = runTeller(services, (text) => void said.push(text));
  teller.ended(run(0));
  expect(said).toEqual([]);
  parked = [{ what: 'key 1 of VK_TOKENS', cause: 'vk:5 dead', until: null }];
  teller.ended(run(1, { error: 1 }));
  teller.ended(run(1, { error: 1 }));
  const line = 'Collection of 2026-03-11, 00:30: 1 page; 1 could not be read.';
  const key = 'VK: key 1 of VK_TOKENS is laid aside (vk:5 dead). It does not pass by itself.';
  expect(said).toEqual([line, key, line]);
  parked = [];
  teller.ended(run(1, { ok: 1 }));
  parked = [{ what: 'key 1 of VK_TOKENS', cause: 'vk:5 dead', until: null }];
  teller.ended(run(1, { error: 1 }));
  expect(said.filter((text) => text === key)).toHaveLength(2);
  teller.failed(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }));
  expect(said.at(-1)).toBe('2026-03-11, 00:30: the collection failed. database is locked');
});
