import { expect, test } from 'vitest';
import { zoneLabel } from './zone-labels.ts';

const at = new Date('2026-11-22T00:00:00Z');

test('the zone is named as people there name it', () => {
  expect(zoneLabel('Asia/Irkutsk', 'ru', at)).toBe('время иркутское (МСК+5)');
  expect(zoneLabel('Europe/Moscow', 'ru', at)).toBe('время московское (МСК)');
  expect(zoneLabel('Europe/Kaliningrad', 'ru', at)).toBe('время калининградское (МСК−1)');
  expect(zoneLabel('Asia/Irkutsk', 'en', at)).toBe('Irkutsk time (UTC+8)');
});

test('a zone without a Russian name is named by its place', () => {
  expect(zoneLabel('Asia/Kolkata', 'ru', at)).toBe('время по зоне Asia/Kolkata (UTC+5:30)');
  expect(zoneLabel('UTC', 'en', at)).toBe('UTC time (UTC+0)');
});
