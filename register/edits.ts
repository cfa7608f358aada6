import type { Operations } from '../schema/operations/connect.ts';
import { editInTurn } from '../schema/operations/edits-in-turn.ts';
import { PageTaken } from '../schema/operations/errors.ts';
import { appendJournal } from '../schema/operations/journal.ts';
import { getOrganisation, type Organisation } from '../schema/operations/organisations.ts';

/** Who edits the register, and when. */
export interface EditBy {
  /** A login, or where it was done. */
  who: string;
  now: Date;
}

/** What can be wrong with an edit. */
export type EditProblemCode =
  | 'missing'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_phone'
  | 'no_contact'
  | 'not_a_day'
  | 'no_such_day'
  | 'day_out_of_range'
  | 'ends_before_start'
  | 'pause_too_long'
  | 'pauses_overlap'
  | 'not_a_page'
  | 'page_same'
  | 'page_here'
  | 'page_elsewhere'
  | 'no_pages'
  | 'nothing_changed'
  | 'reminded_already'
  | 'taken_meanwhile'
  | 'not_there'
  | 'changed_since'
  | 'undone_already';

/** One thing wrong with an edit, in which field, and what was got. */
export interface EditProblem {
  /** The field's name in the edit; `null` when the edit is meant as a whole. */
  field: string | null;
  code: EditProblemCode;
  /** What was got, or what stands in the way: another pause, another organisation. */
  found: string;
  /** What belongs to the reason: the greatest length, the reason of the other pause. */
  detail: string;
}

/** An edit of the register that was not made: everything wrong with it. Nothing was changed. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
  readonly problems: readonly EditProblem[];

  constructor(problems: readonly EditProblem[], options?: ErrorOptions) {
    super(
      `The edit was refused: ${problems.map(({ code, found }) => `${code} ${found}`.trim()).join('; ')}.`,
      options,
    );
    this.problems = problems;
  }
}

/**
 * Does an edit in its turn, whole or not at all: of two at once, in whatever processes, the second sees what the first has
 * done. Throws `EditRefused`, also when the collector gave the page another address while the edit was made.
 */
export async function editRegister<Result>(
  operations: Operations,
  edit: (operations: Operations) => Promise<Result>,
): Promise<Result> {
  try {
    return await editInTurn(operations, edit);
  } catch (error) {
    if (error instanceof PageTaken) throw new EditRefused([problemOf('taken_meanwhile')], { cause: error });
    throw error;
  }
}

/** One problem, with nothing more to say than is given. */
export function problemOf(
  code: EditProblemCode,
  field: string | null = null,
  found = '',
  detail = '',
): EditProblem {
  return { field, code, found, detail };
}

/** Throws `EditRefused` when there is anything wrong. */
export function refuseOn(problems: readonly EditProblem[]): void {
  if (problems.length > 0) throw new EditRefused(problems);
}

/** The longest text that a field takes, as in a register file. */
const longestText = 300;

/** A text on one line, or a problem when it is missing (where it is wanted) or too long. */
export function readText(
  field: string,
  text: string,
  problems: EditProblem[],
  { wanted = false }: { wanted?: boolean } = {},
): string {
  // PostgreSQL takes no text with a zero in it, and nobody means a control character.
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (wanted && line === '') problems.push(problemOf('missing', field));
  if (line.length > longestText) {
    problems.push(problemOf('too_long', field, `${line.slice(0, 40)}…`, String(longestText)));
  }
  return line;
}

/** The organisation, when it is in the register; else throws `EditRefused`. */
export async function organisationToEdit(operations: Operations, id: number): Promise<Organisation> {
  const organisation = await getOrganisation(operations, id);
  if (!organisation || organisation.removedAt !== null) throw new EditRefused([problemOf('not_there')]);
  return organisation;
}

/** Writes the one entry of an edit into the journal and returns its id, by which the edit can be undone. */
export async function journalEdit(
  operations: Operations,
  by: EditBy,
  edit: { what: string; subject: string; before: unknown; after: unknown },
): Promise<number> {
  const [id] = await appendJournal(operations, [{ at: by.now, who: by.who, ...edit }]);
  if (id === undefined) throw new Error('The journal did not take an entry.');
  return id;
}
