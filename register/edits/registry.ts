import { z } from 'zod';
import type { JournalEntry } from '#schema/operations/journal.ts';
import { addPage } from './add-page.ts';
import { appoint } from './appoint.ts';
import { changeContacts } from './change-contacts.ts';
import type { EditKind, RecordedEdit } from './edit-kind.ts';
import { clearGrowthTarget, setGrowthTarget } from './growth-target.ts';
import { agreePause, endPause } from './pauses.ts';
import { setNaming, setPublicSilent } from './openness.ts';
import type { CommonProblemCode } from './problems.ts';
import { remind } from './remind.ts';
import { setSenderNames } from './sender-names.ts';
import { closePage, replacePage } from './replace-page.ts';

/**
 * Every kind of edit, each a module beside this one. The journal, undoing, the names of forms and the codes of problems
 * follow from it.
 */
const kinds = [
  remind,
  appoint,
  changeContacts,
  agreePause,
  endPause,
  addPage,
  replacePage,
  closePage,
  setGrowthTarget,
  clearGrowthTarget,
  setNaming,
  setPublicSilent,
  setSenderNames,
] as const;

type Kind = (typeof kinds)[number];

/** What a kind of edit, its form and its action are called. */
export type EditName = Kind['name'];

/** What can be wrong with an edit. */
export type EditProblemCode = CommonProblemCode | Kind['problems'][number];

/** What is told of an edit, by its kind. */
export type EditSummary = ReturnType<ReturnType<Kind['read']>['summary']>;

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]));
const byWhat = new Map<string, Kind>(kinds.map((kind) => [kind.what, kind]));

/** The names of all kinds. */
export const editNames = kinds.map(({ name }) => name);

/** The names of all kinds that edit the register, and not a setting. */
export const registerEdits = kinds.filter(({ isSetting }) => !isSetting).map(({ name }) => name);

/** The journal's words for all kinds. */
export const journaledEdits: readonly string[] = kinds.map(({ what }) => what);

/** A kind as who does not know which it is uses it: it is given what a form has sent. */
export type AnyEditKind = Omit<EditKind<EditName, never, object>, 'make'> & {
  make(
    ...given: [Parameters<Kind['make']>[0], Readonly<Record<string, unknown>>, Parameters<Kind['make']>[2]]
  ): Promise<number>;
};

/** The kind of that name. */
export function editKind(name: EditName): AnyEditKind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`There is no kind of edit ${name}.`);
  return kind;
}

/** The edit that an entry of the journal tells of, and its kind; `null` when it tells of something else, or is damaged. */
export function readEdit(entry: JournalEntry): { kind: AnyEditKind; edit: RecordedEdit<EditName> } | null {
  const kind = byWhat.get(entry.what);
  if (!kind) return null;
  try {
    return { kind, edit: kind.read(entry) };
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}
