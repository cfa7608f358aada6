import { describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import {
  allPages,
  endCutShortChange,
  endCutShortWriting,
  listOwedDays,
  oweAll,
  oweDays,
  owePages,
  settleOwedDays,
  whileAllOwed,
  whileOwed,
} from '#schema/operations/owed-days.ts';
import { keepSetting, setSetting } from '#schema/operations/settings.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 6, 1, hour));

/** What is owed to counting, in every backend. */
export function describeOwedDays(given: () => Operations): void {
  describe('days that are owed', () => {
    const operations = (): Operations => given();
    const owed = async () =>
      (await listOwedDays(operations())).map(({ pageId, fromDay, writing }) => [pageId, fromDay, writing]);
    const settleAll = async (listedAt: Date) => {
      await endCutShortWriting(operations());
      await settleOwedDays(operations(), await listOwedDays(operations()), listedAt);
    };

    it('are the earliest day of each page, however many are owed at once', async () => {
      const many = Array.from({ length: 1200 }, (_, index) => ({ pageId: index + 1, day: '2026-05-02' }));
      await oweDays(operations(), [...many, { pageId: 7, day: '2026-04-01' }], at(1));
      await oweDays(
        operations(),
        [
          { pageId: 7, day: '2026-06-01' },
          { pageId: 8, day: '2026-03-01' },
        ],
        at(2),
      );
      const all = await listOwedDays(operations());
      expect(all).toHaveLength(1200);
      expect(all.slice(6, 9).map(({ fromDay, since }) => [fromDay, since])).toEqual([
        ['2026-04-01', at(1)],
        ['2026-03-01', at(1)],
        ['2026-05-02', at(1)],
      ]);
      await settleAll(at(3));
      expect(await owed()).toEqual([]);
    });

    it('stay when they are owed again while they are counted, as young as the counting', async () => {
      await owePages(operations(), [1, 2], at(1));
      const listed = await listOwedDays(operations());
      await oweDays(operations(), [{ pageId: 2, day: '2026-05-02' }], at(3));
      await settleOwedDays(operations(), listed, at(2));
      expect(await owed()).toEqual([[2, '2000-01-01', false]]);
      expect((await listOwedDays(operations()))[0]?.since).toEqual(at(2));
      await settleAll(at(4));
    });

    it('are owed before the posts are there, and no counting meanwhile takes them away', async () => {
      const day = [{ pageId: 1, day: '2026-05-02' }];
      await whileOwed(operations(), day, at(1), async () => {
        expect(await owed()).toEqual([[1, '2026-05-02', true]]);
        await settleOwedDays(operations(), await listOwedDays(operations()), at(2));
        expect(await owed()).toEqual([[1, '2026-05-02', true]]);
      });
      expect(await owed()).toEqual([[1, '2026-05-02', false]]);
      await settleAll(at(3));
    });

    it('stay as being written when writing fails, until no run is under way', async () => {
      const failing = whileOwed(operations(), [{ pageId: 1, day: '2026-05-02' }], at(1), () =>
        Promise.reject(new Error('away')),
      );
      await expect(failing).rejects.toThrow('away');
      const listed = await listOwedDays(operations());
      await settleOwedDays(operations(), listed, at(2));
      expect(await owed()).toEqual([[1, '2026-05-02', true]]);
      await endCutShortWriting(operations());
      // What was listed before may have been counted before it was there.
      await settleOwedDays(operations(), listed, at(2));
      expect(await owed()).toEqual([[1, '2026-05-02', false]]);
      await settleAll(at(3));
    });

    it('are all, from before a change of everything on, and none when nothing was changed', async () => {
      expect(await whileAllOwed(operations(), at(1), () => Promise.resolve(false))).toBe(false);
      expect(await owed()).toEqual([]);
      await whileAllOwed(operations(), at(1), async () => {
        expect(await owed()).toEqual([[allPages, '2000-01-01', true]]);
        return true;
      });
      expect(await owed()).toEqual([[allPages, '2000-01-01', false]]);
      await whileAllOwed(operations(), at(1), () => Promise.resolve(false));
      expect(await owed()).toEqual([[allPages, '2000-01-01', false]]);
      await settleAll(at(2));
      expect(await owed()).toEqual([]);
      const failing = whileAllOwed(operations(), at(1), () => Promise.reject(new Error('away')));
      await expect(failing).rejects.toThrow('away');
      // Another process may be in the middle of it: it ends with the next change that comes through.
      await settleAll(at(2));
      expect(await owed()).toEqual([[allPages, '2000-01-01', true]]);
      await whileAllOwed(operations(), at(1), () => Promise.resolve(false));
      await settleAll(at(2));
      expect(await owed()).toEqual([]);
    });

    it('are all, after a change of everything that was cut short, until they are counted', async () => {
      await endCutShortChange(operations(), at(1));
      expect(await owed()).toEqual([]);
      await oweAll(operations(), at(1), { writing: true });
      await endCutShortChange(operations(), at(2));
      expect(await owed()).toEqual([[allPages, '2000-01-01', false]]);
      const [whole] = await listOwedDays(operations());
      await endCutShortChange(operations(), at(3));
      expect(await listOwedDays(operations())).toEqual([whole]);
      await settleAll(at(3));
      expect(await owed()).toEqual([]);
    });

    it('a setting is kept once, by whoever is first', async () => {
      expect(await keepSetting(operations(), 'kept', 'first')).toBe('first');
      expect(await keepSetting(operations(), 'kept', 'second')).toBe('first');
      await setSetting(operations(), 'kept', undefined);
    });
  });
}
