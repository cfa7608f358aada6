import { sql, type RawBuilder } from 'kysely';
import type { Clock } from '#domain/clock.ts';
import { SaidError } from '#domain/said.ts';
import { greatestRevision, writesPerRevision } from '../revision-numbers.ts';
import type { Operations } from './connect.ts';
import { storedInstant } from './instants.ts';
import type { RevisionKind, RevisionStream } from './tables.ts';

/** What a revision is: whose, and of what. */
export interface RevisionAbout {
  stream: RevisionStream;
  kind: RevisionKind;
  /** Of a run: the slot. */
  slot?: Date;
  /** A login, or the command that did it. */
  actor?: string;
  /** What was done, in a few words. A run has it at its end (`endRuns`). */
  summary?: string;
}

/** A number that was taken, and the versions that are made of it. It is one process's. */
export interface Revision {
  /** The numbers taken: one, and one more each time 2^20 writes were not enough, or it was renewed. */
  readonly ids: readonly number[];
  readonly started: Date;
  /** The version of the next write: greater than all before it. Asks the store for another number once in 2^20 times. */
  next(): Promise<number>;
  /**
   * Takes another number when one of its stream and kind was taken by somebody else since: what is read from here on is
   * newer than what that one wrote before.
   */
  renew(): Promise<void>;
}

/** All numbers are given: the versions stored are not those of this program. */
class RevisionsExhausted extends SaidError {
  override readonly name = 'RevisionsExhausted';

  constructor(id: number) {
    super({
      ru: `Номеров ревизий больше нет (${id}): в базе наблюдений стоят версии, которых программа не давала. Восстановите обе базы из одной резервной копии.`,
      en: `There are no revision numbers left (${id}): the observations hold versions that this program never gave. Restore both stores from the same backup.`,
    });
  }
}

// Any number will do, so long as every process of ours takes the same.
const revisionsLock = 7_305_119;

/**
 * Does the work while no other process takes or commits a number: to the end of the transaction that it joins, so that
 * numbers are in the order of the transactions. Keep it the last thing of one.
 */
async function alone<Result>(
  operations: Operations,
  work: (inside: Operations) => Promise<Result>,
): Promise<Result> {
  return await operations.transaction(async (inside) => {
    // SQLite has one writer, and begins as one with the first statement.
    if (inside.dialect === 'postgres') {
      await sql`SELECT pg_advisory_xact_lock(${revisionsLock})`.execute(inside.db);
    }
    return await work(inside);
  });
}

// Reckoned in the statement itself. Two subqueries: each is answered from its index.
const nextId = sql<number>`(SELECT COALESCE(MAX(id), 0) + 1 FROM revisions)`;

function nextCommitted(now: Date): RawBuilder<number> {
  const at = sql`CAST(${now.getTime()} AS bigint)`;
  const newest = sql`COALESCE((SELECT MAX(committed) FROM revisions), 0)`;
  return sql<number>`(CASE WHEN ${newest} < ${at} THEN ${at} ELSE ${newest} + 1 END)`;
}

async function add(
  { db }: Operations,
  about: RevisionAbout,
  numbers: { id: RawBuilder<number> | number; started: Date; committed: RawBuilder<number> | null },
): Promise<number> {
  const { id } = await db
    .insertInto('revisions')
    .values({
      id: numbers.id,
      stream: about.stream,
      started: numbers.started.getTime(),
      committed: numbers.committed,
      kind: about.kind,
      slot: about.slot ? storedInstant(about.slot) : null,
      actor: about.actor ?? null,
      summary: about.summary ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (id > greatestRevision) throw new RevisionsExhausted(id);
  return id;
}

/**
 * Takes the next number for work that begins now. It stays uncommitted until `commitRevisions`, also when the process ends
 * before. Of one store no number is ever given twice. Rejects with `RevisionsExhausted`.
 */
export async function takeRevision(
  operations: Operations,
  clock: Pick<Clock, 'now'>,
  about: RevisionAbout,
): Promise<Revision> {
  const take = async (started: Date): Promise<number> =>
    await alone(operations, (inside) => add(inside, about, { id: nextId, started, committed: null }));
  const started = clock.now();
  let current = await take(started);
  const ids = [current];
  let sequence = 0;
  let continuing: Promise<void> | null = null;
  const another = async (): Promise<void> => {
    current = await take(clock.now());
    ids.push(current);
    sequence = 0;
  };
  const goOn = async (): Promise<void> => {
    continuing ??= another().finally(() => (continuing = null));
    await continuing;
  };
  const next = async (): Promise<number> => {
    while (sequence >= writesPerRevision) await goOn();
    return current * writesPerRevision + sequence++;
  };
  const renew = async (): Promise<void> => {
    const newest = await operations.db
      .selectFrom('revisions')
      .select('id')
      .where('stream', '=', about.stream)
      .where('kind', '=', about.kind)
      .where('id', '>', current)
      .limit(1)
      .executeTakeFirst();
    if (newest) await goOn();
  };
  return { ids, started, next, renew };
}

/** Takes a number and commits it, in the transaction of the edit that it is of. Nothing should follow in that. */
export async function addRevision(operations: Operations, now: Date, about: RevisionAbout): Promise<number> {
  return await alone(operations, (inside) =>
    add(inside, about, { id: nextId, started: now, committed: nextCommitted(now) }),
  );
}

/**
 * Commits numbers in their order: each gets the instant, or the millisecond after the last one given when the clock is not
 * beyond it. What is committed already stays.
 */
export async function commitRevisions(
  operations: Operations,
  ids: readonly number[],
  now: Date,
): Promise<void> {
  await alone(operations, async ({ db }) => {
    for (const id of [...ids].sort((one, other) => one - other)) {
      await db
        .updateTable('revisions')
        .set({ committed: nextCommitted(now) })
        .where('id', '=', id)
        .where('committed', 'is', null)
        .execute();
    }
  });
}

/**
 * Ends a run with what it came to; it is committed when it is counted (`endedRuns`). Runs before it that never ended were
 * cut short, and end with it, for it has closed them: all but those of the slots that are `underWay` elsewhere.
 */
export async function endRuns(
  operations: Operations,
  { ids }: Revision,
  { summary, underWay = [] }: { summary: string; underWay?: readonly Date[] },
): Promise<void> {
  const last = ids.at(-1) ?? 0;
  await operations.db
    .updateTable('revisions')
    .set((set) => ({
      summary: set
        .case()
        .when('id', 'in', [...ids])
        .then(summary)
        .else('cut short')
        .end(),
    }))
    .where('stream', '=', 'observations')
    .where('kind', '=', 'run')
    .where('committed', 'is', null)
    .where('summary', 'is', null)
    .where('id', '<=', last)
    .where((where) =>
      where.or([where('id', 'in', [...ids]), where('slot', 'not in', ['', ...underWay.map(storedInstant)])]),
    )
    .execute();
}

/** Numbers of runs that have ended and are not committed. */
export async function endedRuns({ db }: Operations): Promise<number[]> {
  const rows = await db
    .selectFrom('revisions')
    .select('id')
    .where('stream', '=', 'observations')
    .where('committed', 'is', null)
    .where('kind', '=', 'run')
    .where('summary', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** Numbers of a stream and kind that were taken before this one and are not committed: under way, or cut short. */
export async function uncommittedBefore(
  { db }: Operations,
  { ids }: Revision,
  of: { stream: RevisionStream; kind?: RevisionKind },
): Promise<number[]> {
  let query = db
    .selectFrom('revisions')
    .select('id')
    .where('stream', '=', of.stream)
    .where('committed', 'is', null)
    .where('id', '<', Math.min(...ids));
  if (of.kind) query = query.where('kind', '=', of.kind);
  return (await query.orderBy('id').execute()).map(({ id }) => id);
}

/** The newest number given; `null` before the first. */
export async function newestRevision({ db }: Operations): Promise<number | null> {
  const row = await db
    .selectFrom('revisions')
    .select((select) => select.fn.max('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * The newest number of a stream up to which all was committed at the instant: what was known then; `null` when nothing was.
 * What ran beside, and ended later under a smaller number, holds it back: its writes were not all there.
 */
export async function revisionAsOf(
  { db }: Operations,
  stream: RevisionStream,
  instant: Date,
): Promise<number | null> {
  const row = await db
    .selectFrom('revisions')
    .select((select) => select.fn.max('id').as('id'))
    .where('stream', '=', stream)
    .where('committed', '<=', instant.getTime())
    .where('id', '<', ({ selectFrom, fn, val }) =>
      selectFrom('revisions')
        .select((select) => fn.coalesce(select.fn.min('id'), val(greatestRevision + 1)).as('open'))
        .where('stream', '=', stream)
        .where((where) =>
          where.or([where('committed', 'is', null), where('committed', '>', instant.getTime())]),
        ),
    )
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Lets numbers begin above one that was used: for stores whose numbers were lost or never counted. Returns the number that
 * says so. Rejects with `RevisionsExhausted`.
 */
export async function raiseRevisions(operations: Operations, above: number, now: Date): Promise<number> {
  const summary = 'numbers begin above what is stored';
  const used = sql`CAST(${above} AS bigint)`;
  const newest = sql`COALESCE((SELECT MAX(id) FROM revisions), 0)`;
  const id = sql<number>`(CASE WHEN ${newest} < ${used} THEN ${used} ELSE ${newest} END + 1)`;
  return await alone(operations, (inside) =>
    add(
      inside,
      { stream: 'observations', kind: 'upgrade', summary },
      { id, started: now, committed: nextCommitted(now) },
    ),
  );
}
