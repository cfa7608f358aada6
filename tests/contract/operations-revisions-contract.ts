import { describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import {
  addRevision,
  commitRevisions,
  endedRuns,
  endRuns,
  newestRevision,
  raiseRevisions,
  revisionAsOf,
  takeRevision,
  uncommittedBefore,
} from '#schema/operations/revisions.ts';
import { changeSetting, getSetting } from '#schema/operations/settings.ts';
import { greatestRevision, revisionOf, writesPerRevision } from '#schema/revision-numbers.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 6, 1, 0, 0, second));
const clock = (second: number) => ({ now: () => at(second) });
const count = { stream: 'observations', kind: 'rebuild' } as const;
const run = { stream: 'observations', kind: 'run', slot: at(0) } as const;

/** The numbers that order everything, in every backend. */
export function describeRevisions(given: () => Operations): void {
  describe('revisions', () => {
    const operations = (): Operations => given();
    const rows = async (above: number) =>
      await operations()
        .db.selectFrom('revisions')
        .selectAll()
        .where('id', '>', above)
        .orderBy('id')
        .execute();
    const newest = async (): Promise<number> => (await newestRevision(operations())) ?? 0;

    it('are numbered one after the other, however many are asked for at once', async () => {
      const before = await newest();
      const taken = await Promise.all(
        Array.from({ length: 20 }, () => takeRevision(operations(), clock(0), count)),
      );
      const ids = taken.flatMap((revision) => revision.ids).sort((one, other) => one - other);
      expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index));
      await commitRevisions(operations(), ids, at(1));
    });

    it('are committed one after the other, also by a clock that stands still or was set back', async () => {
      const first = await addRevision(operations(), at(10), count);
      const begun = await takeRevision(operations(), clock(11), run);
      const open = begun.ids[0] ?? 0;
      const edit = await addRevision(operations(), at(10), { stream: 'register', kind: 'edit', actor: 'a' });
      await commitRevisions(operations(), [open, first], at(3));
      await commitRevisions(operations(), [open], at(900));
      const found = await rows(first - 1);
      expect(found.map(({ id, committed }) => [id, committed])).toEqual([
        [first, at(10).getTime()],
        [open, at(10).getTime() + 2],
        [edit, at(10).getTime() + 1],
      ]);
      expect(found[1]).toMatchObject({ started: at(11).getTime(), slot: at(0).toISOString(), actor: null });
    });

    it('say what was known at an instant, in each stream of its own', async () => {
      const first = await addRevision(operations(), at(20), count);
      const open = await takeRevision(operations(), clock(21), count);
      const edit = await addRevision(operations(), at(22), { stream: 'register', kind: 'edit' });
      expect(await revisionAsOf(operations(), 'observations', at(30))).toBe(first);
      expect(await revisionAsOf(operations(), 'register', at(30))).toBe(edit);
      expect(await revisionAsOf(operations(), 'register', new Date(0))).toBeNull();
      await commitRevisions(operations(), open.ids, at(31));
      expect(await revisionAsOf(operations(), 'observations', at(30))).toBe(first);
      expect(await revisionAsOf(operations(), 'observations', at(31))).toBe(open.ids[0]);
    });

    it('say nothing of what was known that a run beside could still change', async () => {
      const before = await addRevision(operations(), at(32), count);
      const long = await takeRevision(operations(), clock(33), run);
      const brief = await addRevision(operations(), at(34), count);
      expect(await revisionAsOf(operations(), 'observations', at(35))).toBe(before);
      await commitRevisions(operations(), long.ids, at(36));
      expect(await revisionAsOf(operations(), 'observations', at(35))).toBe(before);
      expect(await revisionAsOf(operations(), 'observations', at(36))).toBe(brief);
    });

    it('give versions that grow, and another number when those of one are used up', async () => {
      const revision = await takeRevision(operations(), clock(40), count);
      const [id = 0] = revision.ids;
      expect(await revision.next()).toBe(id * writesPerRevision);
      const other = await addRevision(operations(), at(41), { stream: 'register', kind: 'edit' });
      let last = 0;
      for (let index = 2; index <= writesPerRevision; index += 1) last = await revision.next();
      expect(last).toBe((id + 1) * writesPerRevision - 1);
      const over = await Promise.all([revision.next(), revision.next()]);
      expect(over).toEqual([(other + 1) * writesPerRevision, (other + 1) * writesPerRevision + 1]);
      expect(revision.ids).toEqual([id, other + 1]);
      expect(over.map(revisionOf)).toEqual([other + 1, other + 1]);
      await commitRevisions(operations(), revision.ids, at(42));
      expect((await rows(id - 1)).every(({ committed }) => committed !== null)).toBe(true);
    });

    it('of a run that was cut short are closed by the next, and committed when that is counted', async () => {
      const killed = await takeRevision(operations(), clock(50), run);
      const aggregation = await takeRevision(operations(), clock(51), count);
      expect(await uncommittedBefore(operations(), aggregation, run)).toEqual(killed.ids);
      expect(await endedRuns(operations())).toEqual([]);
      const elsewhere = await takeRevision(operations(), clock(51), { ...run, slot: at(7) });
      const next = await takeRevision(operations(), clock(52), { ...run, slot: at(8) });
      await endRuns(operations(), next, { summary: 'pages: 3', underWay: [at(7)] });
      const running = await takeRevision(operations(), clock(53), run);
      const ended = await endedRuns(operations());
      expect(ended).toEqual([...killed.ids, ...next.ids]);
      const summaries = (await rows((killed.ids[0] ?? 0) - 1)).map(({ summary }) => summary);
      expect(summaries).toEqual(['cut short', null, null, 'pages: 3', null]);
      await commitRevisions(operations(), [...ended, ...aggregation.ids], at(54));
      expect(await endedRuns(operations())).toEqual([]);
      await commitRevisions(operations(), [...elsewhere.ids, ...running.ids], at(55));
    });

    it('are renewed when another of the same kind began since, and only then', async () => {
      const slow = await takeRevision(operations(), clock(56), run);
      await takeRevision(operations(), clock(56), count);
      await slow.renew();
      expect(slow.ids).toHaveLength(1);
      const other = await takeRevision(operations(), clock(57), { ...run, slot: at(9) });
      const written = await other.next();
      const read = await slow.next();
      await slow.renew();
      await slow.renew();
      expect(slow.ids).toHaveLength(2);
      expect(read).toBeLessThan(written);
      expect(await slow.next()).toBeGreaterThan(written);
      await endRuns(operations(), slow, { summary: '' });
      await commitRevisions(operations(), await endedRuns(operations()), at(58));
    });

    it('of an edit are part of its transaction', async () => {
      const before = await newest();
      const entry = { at: at(60), who: 'anna', what: 'page.closed', subject: 'page:1', before: 1, after: 2 };
      await appendJournal(operations(), [entry]);
      await appendJournal(operations(), [entry, entry], 'import');
      await appendJournal(operations(), []);
      const by = { who: 'anna', now: at(61) };
      await changeSetting(operations(), { key: 'growth.target', value: { subscribers: 1 } }, by);
      const failed = operations().transaction(async (inside) => {
        await changeSetting(inside, { key: 'growth.target', value: 2 }, by);
        throw new Error('failed after it');
      });
      await expect(failed).rejects.toThrow('failed after it');
      expect(await getSetting(operations(), 'growth.target')).toEqual({ subscribers: 1 });
      const found = await rows(before);
      expect(found.map(({ stream, kind, actor, summary }) => [stream, kind, actor, summary])).toEqual([
        ['register', 'edit', 'anna', 'page.closed page:1'],
        ['register', 'import', 'anna', '2 entries'],
        ['rules', 'settings', 'anna', 'growth.target'],
      ]);
      expect(found.every(({ committed }) => committed !== null)).toBe(true);
    });

    it('go on above what was used, and end where versions would not be exact any more', async () => {
      const before = await newest();
      const raised = await raiseRevisions(operations(), before + 1_000, at(70));
      expect(raised).toBe(before + 1_001);
      expect(await raiseRevisions(operations(), before, at(70))).toBe(before + 1_002);
      expect(await addRevision(operations(), at(71), count)).toBe(before + 1_003);
      expect(Number.isSafeInteger((greatestRevision + 1) * writesPerRevision - 1)).toBe(true);
      await expect(raiseRevisions(operations(), greatestRevision, at(72))).rejects.toMatchObject({
        name: 'RevisionsExhausted',
      });
      expect(await newest()).toBe(before + 1_003);
    });
  });
}
