import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Operations } from './connect.ts';
import { storedInstant } from './instants.ts';
import { storedTexts } from './journal-people.ts';
import { appendJournal } from './journal.ts';

/** Whose values are erased, and who has them erased. */
export interface Erasure {
  /** The person of the register; `null` for an account, which its `subject` names. */
  personId: number | null;
  /** What the entry of the erasure is about; the person when not said. */
  subject?: string;
  /** What they are called and reached by, as an imported file or a login said it: erased wherever it stands as a whole. */
  texts?: readonly string[];
  /** Where papers of theirs lie: erased among such places alone. */
  proofs?: readonly string[];
  by: { at: Date; who: string; address?: string };
}

/**
 * Erases the personal values of a person from the journal, with their salts: names, addresses and numbers of theirs, what was
 * noted of reminders, and what they did under a login among `texts`, with the address that they did it from. Entries and
 * their chain stay, and one more tells of it. Returns how many values there were.
 */
export async function eraseFromJournal(
  operations: Operations,
  { personId, subject = `person:${personId}`, texts = [], proofs = [], by }: Erasure,
): Promise<number> {
  const [stored, places] = [storedTexts(texts), storedTexts(proofs)];
  return await operations.transaction(async (inside) => {
    const { db } = inside;
    const erased = await db
      .deleteFrom('journalValues')
      .where(({ or, and, eb, selectFrom }) => {
        const own = eb('personId', '=', personId);
        if (stored.length === 0) return own;
        const signed = selectFrom('journalValues as login')
          .select('login.entryId')
          .where('login.path', '=', 'who')
          .where('login.value', 'in', stored);
        return or([
          own,
          eb('value', 'in', stored),
          ...(places.length === 0 ? [] : [and([eb('path', 'like', '%proof'), eb('value', 'in', places)])]),
          and([eb('path', '=', 'address'), eb('entryId', 'in', signed)]),
        ]);
      })
      .executeTakeFirst();
    const values = Number(erased.numDeletedRows);
    await appendJournal(
      inside,
      [{ ...by, what: 'journal.erased', subject, before: null, after: { values } }],
      'note',
    );
    return values;
  });
}

/** Values that are read at once. */
const valuesAtOnce = 1000;

/**
 * Erases what entries of before an instant say of people who are not in the register any more, nor is anybody reached by it. What
 * accounts did stays theirs. Returns how many values there were; each part of them is erased with an entry that tells of it.
 */
export async function eraseLeftValues(
  operations: Operations,
  { before, by }: { before: Date; by: Erasure['by'] },
): Promise<number> {
  const { db } = operations;
  const people = await db.selectFrom('people').select(['name', 'email', 'phone', 'proof']).execute();
  const known = new Set(
    people.flatMap((person) => Object.values(person)).map((text) => JSON.stringify(text)),
  );
  let erased = 0;
  let last = { entryId: 0, path: '' };
  for (;;) {
    const { entryId, path } = last;
    const read = await db
      .selectFrom('journalValues as beside')
      .innerJoin('journal as entry', 'entry.id', 'beside.entryId')
      .leftJoin('people', 'people.id', 'beside.personId')
      .select(['beside.entryId', 'beside.path', 'beside.value'])
      .where('entry.at', '<', storedInstant(before))
      .where('beside.path', 'not in', ['who', 'address'])
      .where('people.id', 'is', null)
      .where(({ or, and, eb }) =>
        or([
          eb('beside.entryId', '>', entryId),
          and([eb('beside.entryId', '=', entryId), eb('beside.path', '>', path)]),
        ]),
      )
      .orderBy('beside.entryId')
      .orderBy('beside.path')
      .limit(valuesAtOnce)
      .execute();
    const newest = read.at(-1);
    if (!newest) return erased;
    last = newest;
    const left = read.filter(({ value }) => !known.has(value));
    erased += await eraseValues(operations, left, by);
    await nextTurn();
  }
}

async function eraseValues(
  operations: Operations,
  left: readonly { entryId: number; path: string }[],
  by: Erasure['by'],
): Promise<number> {
  if (left.length === 0) return 0;
  return await operations.transaction(async (inside) => {
    let values = 0;
    for (const [entryId, those] of Map.groupBy(left, (value) => value.entryId)) {
      const { numDeletedRows } = await inside.db
        .deleteFrom('journalValues')
        .where('entryId', '=', entryId)
        .where(
          'path',
          'in',
          those.map(({ path }) => path),
        )
        .executeTakeFirst();
      values += Number(numDeletedRows);
    }
    const entry = { ...by, what: 'journal.erased', subject: 'journal', before: null, after: { values } };
    await appendJournal(inside, [entry], 'note');
    return values;
  });
}
