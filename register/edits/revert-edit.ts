import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal, getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import { raiseVersions } from '#schema/operations/row-versions.ts';
import type { Actor } from './actor.ts';
import { editRegister, madeBy, revisionKindOf } from './make-edit.ts';
import { problemsOf } from './problems.ts';
import { refuseBeyond } from './reach.ts';
import { readEdit, type AnyEditKind, type EditName } from './registry.ts';

const { refusal } = problemsOf();

/** The journal's word for the undoing of an entry, which its subject names. */
const undone = 'journal.undone';

const subjectOf = (id: number): string => `journal:${id}`;

/** Which of these entries of the journal were undone. */
export async function undoneAmong(operations: Operations, ids: readonly number[]): Promise<Set<number>> {
  const found = await listJournal(operations, {
    subjects: ids.map(subjectOf),
    what: [undone],
    limit: ids.length,
  });
  return new Set(found.map(({ subject }) => Number(subject.split(':')[1])));
}

/** The kind of edit that an entry tells of; `null` when it tells of none. */
export async function editNameOf(operations: Operations, entryId: number): Promise<EditName | null> {
  const entry = await getJournalEntry(operations, entryId);
  return (entry && readEdit(entry)?.kind.name) ?? null;
}

/**
 * Undoes an edit by its entry in the journal, whole or not at all, and notes it there: what it was about gets an entry
 * of its own with before and after turned round. Returns the kind of edit that it was. Throws `EditRefused` when there is no
 * such edit, it was undone already, personal values of it were erased, or what it had made was changed since.
 */
export async function revertEdit(
  operations: Operations,
  entryId: number,
  actor: Actor,
): Promise<AnyEditKind> {
  return await editRegister(operations, async (inside) => {
    const entry = await getJournalEntry(inside, entryId);
    const read = entry && readEdit(entry);
    if (!entry || !read) throw refusal('not_there');
    await refuseBeyond(inside, read.edit.mentions, actor);
    if ((await undoneAmong(inside, [entryId])).size > 0) throw refusal('undone_already');
    // Those who were named are forgotten: there is nobody to bring back.
    if (entry.isErased) throw refusal('data_erased');
    const { kind, edit } = read;
    await edit.revert(inside, actor);
    if (kind.isOverwriting) await raiseVersions(inside, [entry.subject]);
    const { what, before, after, subject } = entry;
    const by = madeBy(actor);
    await appendJournal(
      inside,
      [
        { ...by, what: `${what}.undone`, subject, before: after, after: before },
        { ...by, what: undone, subject: subjectOf(entryId), before: null, after: null },
      ],
      revisionKindOf(kind),
    );
    return kind;
  });
}
