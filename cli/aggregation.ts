import { queryOtherZone } from '#analytics/queries/rollup-cells.ts';
import { refreshAllRollups, refreshRollups } from '#analytics/rollups/rollups.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import { storeRankings } from '#analytics/ranking/stored/store-rankings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { moveDataVersion } from '#schema/operations/data-version.ts';
import {
  allPages,
  listOwedDays,
  oweAll,
  settleOwedDays,
  type OwedDay,
} from '#schema/operations/owed-days.ts';
import { commitRevisions, endedRuns, takeRevision, uncommittedBefore } from '#schema/operations/revisions.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { under } from '#schema/revisions.ts';
import { alone as onlyUs, type Alone, type AloneOptions } from './sole-work.ts';

/**
 * Counts what is owed (`owed-days.ts`): rollups, then the rankings made of them. What is owed is in the store, so it does
 * not matter which process owes and which counts. One after the other, never two at once.
 */
export interface Aggregation {
  /** After a run, whatever became of it: what is owed, and the rankings. */
  count(): Promise<void>;
  /**
   * What an ended process left uncounted; tells whether there was any. Rejects with `CountedElsewhere` when another process
   * counts and is not to be waited for.
   */
  countLeft(options?: AloneOptions): Promise<boolean>;
  /** Everything again. */
  rebuild(): Promise<void>;
  /** What is owed in its turn. Asked for again before that has begun, it is done once. */
  countSoon(): Promise<void>;
  /** Resolves when nothing is being counted. */
  idle(): Promise<void>;
}

/** What was counted last as a whole: under which definitions, and in which zone. */
interface WholeCount {
  at: string;
  definitions: number;
  zone: string;
}
const wholeKey = 'rollups.whole';

/** Counts up when cells come to mean something else, so that a folder of an older version is counted whole once. */
const rollupDefinitions = 2;

/** Makes the counting of a process; where databases are shared `alone` keeps other processes from counting meanwhile. */
export function createAggregation(context: {
  operations: Operations;
  analytics: AnalyticsSources;
  alone?: Alone;
}): Aggregation {
  const { operations, analytics, alone = onlyUs } = context;
  const { clock, zone } = analytics;
  let last: Promise<unknown> = Promise.resolve();
  let soon: Promise<void> | null = null;
  const serialize = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return await mine;
  };

  /** What was counted as a whole holds no more (or nothing ever was): everything is owed, and stays so until counted. */
  const oweWhatNeverWasWhole = async (): Promise<void> => {
    const whole = await getSetting<WholeCount>(operations, wholeKey);
    const covers = whole?.definitions === rollupDefinitions && whole.zone === zone;
    if (covers && !(await queryOtherZone(analytics.observations, zone))) return;
    await oweAll(operations, clock.now());
  };

  const settle = async (
    numbered: AnalyticsSources,
    owed: readonly OwedDay[],
    at: Date,
    confirm: () => Promise<void>,
  ): Promise<void> => {
    const isWhole = owed.some(({ pageId }) => pageId === allPages);
    if (isWhole) await refreshAllRollups(numbered);
    else
      await refreshRollups(
        numbered,
        owed.map(({ pageId, fromDay }) => ({ pageId, days: [fromDay] })),
      );
    await storeRankings(numbered);
    await confirm();
    if (isWhole) {
      const whole: WholeCount = { at: at.toISOString(), definitions: rollupDefinitions, zone };
      await setSetting(operations, wholeKey, whole);
    }
    await settleOwedDays(operations, owed, at);
    await moveDataVersion(operations);
  };

  const count = async (options?: AloneOptions): Promise<void> =>
    await alone(async (confirm) => {
      await oweWhatNeverWasWhole();
      const at = clock.now();
      // Taken by whoever counts alone: counts that were cut short before, or stood still, have smaller ones.
      const about = { stream: 'observations', kind: 'rebuild' } as const;
      const revision = await takeRevision(operations, clock, about);
      const earlier = await uncommittedBefore(operations, revision, about);
      const ended = await endedRuns(operations);
      const numbered = { ...analytics, observations: under(analytics.observations, revision) };
      await settle(numbered, await listOwedDays(operations), at, confirm);
      await commitRevisions(operations, [...earlier, ...ended, ...revision.ids], clock.now());
    }, options);

  return {
    count: () => serialize(() => count()),
    countLeft: (options) =>
      serialize(async () => {
        await oweWhatNeverWasWhole();
        if ((await listOwedDays(operations)).length === 0) return false;
        await count(options);
        return true;
      }),
    rebuild: () =>
      serialize(async () => {
        await oweAll(operations, clock.now());
        await count();
      }),
    countSoon: () =>
      (soon ??= serialize(async () => {
        soon = null;
        await count();
      })),
    idle: async () => {
      await last;
    },
  };
}
