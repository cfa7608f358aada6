import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyRollups } from '#analytics/rollups/rollups.ts';
import type { Services } from '#cli/services.ts';
import { listOwedDays } from '#schema/operations/owed-days.ts';
import { collectAll, openStoreFolder, type StoreFolder } from '../helpers/store-folder.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it kills a process that collects and counts, and lets another end its work');

const hour = 3_600_000;
let folder: StoreFolder;
/** Rounds after which something was not counted: else nothing would be shown. */
let uncounted = 0;

beforeAll(async () => {
  folder = await openStoreFolder({
    seed: 11,
    at: new Date('2026-02-10T04:00:00Z'),
    organisations: 6,
    historyFrom: '2026-01-20',
  });
  await folder.opened((services) => folder.importRegister(services));
});
afterAll(async () => {
  await folder.close();
});

/** What `npm start` does before its schedule; the next slot, in which nothing is due; the next command. */
const nexts: Record<string, (services: Services) => Promise<unknown>> = {
  'the next start': async (services) => {
    await services.mend();
    await services.aggregation.countLeft();
  },
  'the next slot, in which nothing is due': async (services) => {
    await services.operations.db
      .updateTable('pages')
      .set({ nextDue: new Date(folder.clock.now().getTime() + 20 * hour).toISOString() })
      .execute();
    await services.collect({ slot: services.clock.now(), kind: 'schedule', pages: 'due' });
  },
  'the next collect': collectAll,
};

/*
 * Rounds over one folder, each some hours later, so that there is always something new: the first reads the histories.
 * Every write of a collection and its counting is a point at which the process may end.
 */
const points: [point: string, next: string][] = [
  ['after:posts:1', 'the next start'],
  ['before:outcomes:1', 'the next slot, in which nothing is due'],
  ['after:posts:2', 'the next start'],
  ['after:outcomes:1', 'the next slot, in which nothing is due'],
  ['after:runs:2', 'the next start'],
  ['before:page_days:1', 'the next slot, in which nothing is due'],
  ['after:runs:2', 'the next collect'],
  ['after:page_days:1', 'the next start'],
  ['before:page_months:1', 'the next slot, in which nothing is due'],
  ['after:page_months:1', 'the next start'],
  ['after:rankings:1', 'the next slot, in which nothing is due'],
  ['after:rankings:2', 'the next start'],
  ['after:transaction:1', 'the next start'],
  ['before:transaction:2', 'the next slot, in which nothing is due'],
  ['after:transaction:2', 'the next start'],
  ['after:transaction:3', 'the next collect'],
];

test.each(points)(
  'killed %s of the store’s writes, what was written is counted by %s',
  async (point, next) => {
    folder.clock.advance(30 * hour);
    expect(await folder.collectAndDie(point)).toBe('SIGKILL');
    folder.clock.advance(hour);
    await folder.opened(async (services) => {
      if ((await verifyRollups(services.analytics)).length > 0) uncounted += 1;
      await nexts[next]?.(services);
      expect(await verifyRollups(services.analytics)).toEqual([]);
    });
  },
);

test('one more run shows that no posts are on their way any more, and nothing is owed for ever', async () => {
  folder.clock.advance(hour);
  await folder.opened(async (services) => {
    await services.collect({ slot: services.clock.now(), kind: 'manual', pages: { pageId: 1 } });
    expect(await listOwedDays(services.operations)).toEqual([]);
    expect(await verifyRollups(services.analytics)).toEqual([]);
  });
});

test('the kills left something uncounted in most rounds, so that it was not right by itself', () => {
  expect(uncounted).toBeGreaterThan(points.length / 3);
});
