import type { Operations } from './connect.ts';
import { appendJournal } from './journal.ts';

/** Whose values are erased, and who has them erased. */
export interface Erasure {
  /** The person of the register. */
  personId: number;
  /** What they are called and reached by, as an imported file or a login said it: erased wherever it stands as a whole. */
  texts?: readonly string[];
  by: { at: Date; who: string; address?: string };
}

/**
 * Erases the personal values of a person from the journal, with their salts: names, addresses and numbers of theirs, what was
 * noted of reminders, and what they did under a login among `texts`, with the address that they did it from. Entries and
 * their chain stay, and one more tells of it. Returns how many values there were.
 */
export async function eraseFromJournal(
  operations: Operations,
  { personId, texts = [], by }: Erasure,
): Promise<number> {
  const stored = texts.filter((text) => text !== '').map((text) => JSON.stringify(text));
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
          and([eb('path', '=', 'address'), eb('entryId', 'in', signed)]),
        ]);
      })
      .executeTakeFirst();
    const values = Number(erased.numDeletedRows);
    const subject = `person:${personId}`;
    await appendJournal(
      inside,
      [{ ...by, what: 'journal.erased', subject, before: null, after: { values } }],
      'note',
    );
    return values;
  });
}
