import type { Clock } from '#domain/clock.ts';
import type { Observations } from './observations/connect.ts';
import type { TableWrite } from './observations/table.ts';
import { writeRevisionMark } from './observations/tables/instance.ts';
import { isSmall, newestRevisionIn } from './observations/versions.ts';
import type { Operations } from './operations/connect.ts';
import {
  commitRevisions,
  newestRevision,
  raiseRevisions,
  takeRevision,
  uncommittedBefore,
  type Revision,
  type RevisionAbout,
} from './operations/revisions.ts';
import { revisionOf } from './revision-numbers.ts';

/**
 * The observations as the work of a revision writes them: every write has the revision's next version. Before its first
 * write a word of it is left in the observations, by which numbers go on above it when the operations store is lost.
 */
export function under(observations: Observations, revision: Revision): Observations {
  const marks = new Map<number, Promise<void>>();
  const mark = async (version: number): Promise<void> => {
    const number = revisionOf(version);
    let marking = marks.get(number);
    if (!marking) {
      marking = writeRevisionMark(observations, number, revision.started, version);
      marks.set(number, marking);
      marking.catch(() => marks.delete(number));
    }
    await marking;
  };
  const insert = async <Row>(table: TableWrite<Row>, rows: readonly Row[], given?: number): Promise<void> => {
    if (rows.length === 0) return;
    const version = given ?? (await revision.next());
    // What stands in a small table is seen there.
    if (given === undefined && !isSmall(table.table)) await mark(version);
    await observations.insert(table, rows, version);
  };
  return { ...observations, insert };
}

/**
 * Lets numbers go on above every version stored: of folders that were written by the clock, and when the operations store
 * was lost, or restored from a copy older than the observations. All tables are read for it only then. Returns the number
 * that says so, `null` when there was no need. Rejects with `RevisionsExhausted`.
 */
export async function keepRevisionsAbove(
  operations: Operations,
  observations: Observations,
  now: Date,
): Promise<{ number: number; wasEmpty: boolean } | null> {
  // First what is stored: who takes a number meanwhile writes under it after that.
  const marked = await newestRevisionIn(observations, 'small');
  const given = await newestRevision(operations);
  if (given !== null && marked <= given) return null;
  const stored = await newestRevisionIn(observations, 'all');
  if (stored <= (given ?? 0)) return null;
  return { number: await raiseRevisions(operations, stored, now), wasEmpty: given === null };
}

/**
 * Writes of the register's mirror, under a number of their own: whoever reads the register after it has taken the number,
 * and writes what it read, is right against everybody with a smaller one. `work` is told whether it is `alone`: while
 * another writes under a smaller number what is mirrored now says nothing of what will be, and a row left out because the
 * mirror has it already may be overwritten by that other with what was before. So one that is not alone writes all rows
 * (and returns that it did), and what others began is over then, whether they live or were killed.
 */
export async function whileMirroring<Result>(
  stores: { operations: Operations; observations: Observations; clock: Pick<Clock, 'now'> },
  about: Omit<RevisionAbout, 'stream'>,
  work: (observations: Observations, turn: { alone: boolean }) => Promise<{ result: Result; whole: boolean }>,
): Promise<Result> {
  const { operations, observations, clock } = stores;
  const revision = await takeRevision(operations, clock, { ...about, stream: 'register' });
  const others = await uncommittedBefore(operations, revision, { stream: 'register' });
  const { result, whole } = await work(under(observations, revision), { alone: others.length === 0 });
  await commitRevisions(operations, [...(whole ? others : []), ...revision.ids], clock.now());
  return result;
}
