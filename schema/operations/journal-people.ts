import type { Operations } from './connect.ts';
import { readInstant } from './instants.ts';
import { readStoredJson } from './stored-json.ts';

/** A personal value that the journal keeps beside an entry. */
export interface JournalValue {
  entryId: number;
  at: Date;
  what: string;
  /** Where in the entry it stands: `who`, `after/0/phone`. */
  path: string;
  value: string;
}

/** Whose values are asked for: of a person of the register, and whatever holds one of these texts as a whole. */
export interface ValuesOf {
  personId: number | null;
  texts: readonly string[];
  /** Where papers of theirs lie: looked for among such places alone. */
  proofs?: readonly string[];
}

/** Texts as the values beside the journal hold them. */
export const storedTexts = (texts: readonly string[]): string[] =>
  texts.filter((text) => text !== '').map((text) => JSON.stringify(text));

/** The personal values of somebody in the journal, by entries: what `eraseFromJournal` would erase. */
export async function listJournalValues(
  { db }: Operations,
  { personId, texts, proofs = [] }: ValuesOf,
): Promise<JournalValue[]> {
  const [stored, places] = [storedTexts(texts), storedTexts(proofs)];
  if (personId === null && stored.length === 0) return [];
  const rows = await db
    .selectFrom('journalValues as beside')
    .innerJoin('journal as entry', 'entry.id', 'beside.entryId')
    .select(['beside.entryId', 'entry.at', 'entry.what', 'beside.path', 'beside.value'])
    .where(({ or, and, eb, selectFrom }) => {
      const own = eb('beside.personId', '=', personId);
      if (stored.length === 0) return own;
      const signed = selectFrom('journalValues as login')
        .select('login.entryId')
        .where('login.path', '=', 'who')
        .where('login.value', 'in', stored);
      return or([
        own,
        eb('beside.value', 'in', stored),
        ...(places.length === 0
          ? []
          : [and([eb('beside.path', 'like', '%proof'), eb('beside.value', 'in', places)])]),
        and([eb('beside.path', '=', 'address'), eb('beside.entryId', 'in', signed)]),
      ]);
    })
    .orderBy('beside.entryId')
    .orderBy('beside.path')
    .execute();
  return rows.map(({ value, at, ...row }) => {
    const read = readStoredJson(value);
    return { ...row, at: readInstant(at), value: typeof read === 'string' ? read : value };
  });
}

/** In how many entries of the journal a person of the register is told of by their id. */
export async function countEntriesAbout({ db }: Operations, personId: number): Promise<number> {
  const { entries } = await db
    .selectFrom('journalValues')
    .select(({ fn }) => fn.count<number>('entryId').distinct().as('entries'))
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(entries);
}
