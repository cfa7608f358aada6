import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAggregation } from '#cli/aggregation.ts';
import { noEdits } from '#dashboard/src/lib/edit-address.ts';
import { readerWhere } from '../helpers/readers.ts';
import { overviewScreen } from '#dashboard/src/lib/server/overview-screen.ts';
import type { DashboardServices } from '#dashboard/src/lib/server/services.ts';
import { silentScreen } from '#dashboard/src/lib/server/silent-screen.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import {
  morning,
  openSilentScreenFixture,
  type SilentScreenFixture,
} from '../helpers/silent-screen-fixture.ts';

let fixture: SilentScreenFixture;
let services: DashboardServices;
/** What the engine was asked since it was looked at last. */
let asked = 0;
beforeAll(async () => {
  fixture = await openSilentScreenFixture();
  const { observations } = fixture;
  const rows: typeof observations.rows = async (...question) => {
    asked += 1;
    return await observations.rows(...question);
  };
  const opened = fixture.openTo(false);
  const analytics = { ...opened.analytics, observations: { ...observations, rows } };
  services = fixture.openTo(false, { analytics });
});
afterAll(async () => {
  await fixture.close();
});

const askedSince = (): number => {
  const count = asked;
  asked = 0;
  return count;
};
const reader = readerWhere({ publicDashboard: false });
const overview = () => overviewScreen(services, reader, { posts: 8, edits: noEdits });
const groupOf = async (short: string) => {
  const { list } = await silentScreen(services, reader, readSilentFilters(new URLSearchParams()));
  const found = list.sections.find(({ rows }) =>
    rows.some(({ organisation }) => organisation.short === short),
  );
  return found?.group;
};

test('fifty overviews at once ask the engine what one asks, and later ones nothing', async () => {
  await overview();
  const once = askedSince();
  expect(once).toBeGreaterThan(5);
  await fixture.operations.transaction(async (inside) => {
    await inside.db.insertInto('settings').values({ key: 'sample', value: '1' }).execute();
  });
  const screens = await Promise.all(Array.from({ length: 50 }, overview));
  expect(askedSince()).toBeLessThanOrEqual(once);
  expect(new Set(screens.map(({ view }) => view)).size).toBe(1);
  await overview();
  expect(askedSince()).toBe(0);
});

test('an edit is shown by the very next screen, and so is what was counted', async () => {
  const before = await groupOf('А');
  askedSince();
  const organisation = await organisationId('А');
  const fields = {
    organisation: String(organisation),
    from: '2026-11-01',
    to: '2026-12-31',
    reason: 'отпуск',
  };
  await fixture.send('pause', fields);
  // `send` opens nothing anew: these are the same services, with what they have kept.
  expect([before, await groupOf('А')]).toEqual(['silent', 'paused']);
  await overview();
  askedSince();
  await createAggregation({ operations: fixture.operations, analytics: services.analytics }).count();
  askedSince();
  await overview();
  expect(askedSince()).toBeGreaterThan(5);
});

test('a minute later, and so after midnight, everything is asked again', async () => {
  await overview();
  askedSince();
  fixture.turnTo(new Date(Date.parse(morning) + 59_000).toISOString());
  await overview();
  expect(askedSince()).toBe(0);
  fixture.turnTo('2026-11-25T16:00:00Z');
  expect((await overview()).view.today).toBe('2026-11-26');
  expect(askedSince()).toBeGreaterThan(5);
});

async function organisationId(short: string): Promise<number> {
  const row = await fixture.operations.db
    .selectFrom('organisations')
    .select('id')
    .where('short', '=', short)
    .executeTakeFirstOrThrow();
  return row.id;
}
