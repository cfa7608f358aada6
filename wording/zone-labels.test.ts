import { expect, test } from 'vitest';
import { zoneWords } from './zone-labels.ts';

const at = new Date('2026-11-22T00:00:00Z');

test('the zone is named as people there name it', () => {
  expect(zoneWords('Asia/Irkutsk', 'ru', at)).toBe('время иркутское (МСК+5)');
  expect(zoneWords('Europe/Moscow', 'ru', at)).toBe('время московское (МСК)');
  expect(zoneWords('Europe/Kaliningrad', 'ru', at)).toBe('время калининградское (МСК−1)');
  expect(zoneWords('Asia/Irkutsk', 'en', at)).toBe('Irkutsk time (UTC+8)');
});

test('a zone without a Russian name is named by its place', () => {
  expect(zoneWords('Asia/Kolkata', 'ru', at)).toBe('время по зоне Asia/Kolkata (UTC+5:30)');
  expect(zoneWords('UTC', 'en', at)).toBe('UTC time (UTC+0)');
});
