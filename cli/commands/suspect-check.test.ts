import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertMirroredPages } from '#schema/observations/tables/register-mirror.ts';
import { openTestObservations } from '#tests/helpers/observations.ts';
import { fixedClock, outcomeRow, pageRow } from '#tests/helpers/observed-rows.ts';
import type { Services } from '../services.ts';
import { wordsOf } from './findings.ts';
import { checkSuspect } from './suspect-check.ts';

let observations: Observations;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ observations, close } = await openTestObservations());
  await insertMirroredPages(observations, [pageRow(1, 1), pageRow(2, 2), pageRow(3, 3, { isDeleted: true })]);
});
afterAll(async () => {
  await close();
});

async function look(pageId: number, slot: string, outcome: Outcome, cause = ''): Promise<void> {
  await insertOutcomes(observations, [outcomeRow(pageId, slot, { outcome, cause })]);
}

function findings(now: string, locale: 'ru' | 'en' = 'en') {
  const settings = { LOCALE: locale, TIMEZONE: 'Asia/Irkutsk' } as Services['settings'];
  return checkSuspect({ observations, clock: fixedClock(now), settings }, wordsOf(locale));
}

test('a doubt is told with its beginning and a cause, and is bad when it lasts for more than two days', async () => {
  await look(1, '2026-01-18T03:00:00Z', 'suspect', 'an old doubt');
  await look(1, '2026-01-18T04:00:00Z', 'ok');
  await look(3, '2026-01-18T04:00:00Z', 'suspect', 'not registered any more');
  expect(await findings('2026-01-18T05:00:00Z')).toEqual([]);

  await look(1, '2026-01-19T03:00:00Z', 'suspect', 'no posts, and there are 120');
  await look(2, '2026-01-19T05:00:00Z', 'suspect', 'later');
  await look(1, '2026-01-19T06:00:00Z', 'suspect', 'no posts, and there are 120');
  await look(1, '2026-01-19T07:00:00Z', 'error', 'timeout');
  const [note, ...others] = await findings('2026-01-21T02:59:00Z');
  expect(others).toEqual([]);
  expect(note).toMatchObject({ level: 'look', gist: 'suspect answers (2 pages)' });
  expect(note?.text).toContain('2 pages, since 2026-01-19, 11:00');
  expect(note?.text).toContain('https://vk.com/page1 (no posts, and there are 120)');

  const [bad] = await findings('2026-01-21T03:01:00Z', 'ru');
  expect(bad).toMatchObject({ level: 'bad' });
  expect(bad?.text).toMatch(/2 страницы, с 19\.01\.2026, 11:00.*больше двух дней/);

  await look(1, '2026-01-21T04:00:00Z', 'empty');
  await look(2, '2026-01-21T04:00:00Z', 'closed');
  expect(await findings('2026-01-22T03:00:00Z')).toEqual([]);
});
