import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { PageTaken } from '#schema/operations/errors.ts';
import { appendJournal, listJournal } from '#schema/operations/journal.ts';
import { raiseVersions, readVersion, type Subject } from '#schema/operations/row-versions.ts';
import type { Actor } from './actor.ts';
import { EditRefused, problemsOf } from './problems.ts';
import { refuseUnreachable } from './reach.ts';

const { problem, refusal } = problemsOf();

/** How the revision of an edit is told apart: whether the mirror has to follow it, and whether it sets something. */
export interface EditReach {
  touchesMirror: boolean;
  isSetting: boolean;
}

/** The kind of revision that an edit is. */
export function revisionKindOf({ touchesMirror, isSetting }: EditReach): 'edit' | 'note' | 'settings' {
  if (isSetting) return 'settings';
  return touchesMirror ? 'edit' : 'note';
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
    if (error instanceof PageTaken) {
      throw new EditRefused([problem('taken_meanwhile')], { cause: error });
    }
    throw error;
  }
}

/** An edit that is to be made: what it is called in the journal, what its form was opened about, and what it does. */
interface EditToMake extends EditReach {
  what: string;
  opened: { subject: Subject; version: number | null } | null;
  /** What its form has sent. */
  named: object;
  apply(inside: Operations): Promise<{ subject: Subject; before: unknown; after: unknown }>;
}

/** Makes an edit, with its entry in the journal, whose id it returns. Throws `EditRefused`. */
export async function makeEdit(
  operations: Operations,
  { opened, named, what, apply, ...reach }: EditToMake,
  actor: Actor,
): Promise<number> {
  return await editRegister(operations, async (inside) => {
    await refuseUnreachable(inside, named, actor);
    if (opened) await refuseOverwriting(inside, opened);
    const change = await apply(inside);
    const entry = { ...madeBy(actor), what, ...change };
    // What is only noted leaves the row that it is about as it was.
    if (opened) await raiseVersions(inside, [change.subject]);
    const [id] = await appendJournal(inside, [entry], revisionKindOf(reach));
    if (id === undefined) throw new Error('The journal did not take an entry.');
    return id;
  });
}

/** Who made an edit, when and from where, for its entries in the journal. */
export const madeBy = ({ now, who, address = '' }: Actor) => ({ at: now, who, address });

/** Throws `EditRefused` when something was edited since its form was opened, with who did that and when, as far as is known. */
async function refuseOverwriting(
  inside: Operations,
  { subject, version }: { subject: Subject; version: number | null },
): Promise<void> {
  if (version === null) return;
  const present = await readVersion(inside, subject);
  // What is not in the register any more, the edit itself says.
  if (present === null || present === version) return;
  const [newest] = await listJournal(inside, { subject, limit: 1 });
  throw refusal('edited_meanwhile', null, newest?.who ?? '', newest?.at.toISOString() ?? '');
}
