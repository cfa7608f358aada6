import { z } from 'zod';
import type { Operations } from '../schema/operations/connect.ts';
import {
  appendJournal,
  getJournalEntry,
  listJournal,
  type JournalEntry,
} from '../schema/operations/journal.ts';
import { EditRefused, problemOf, type EditBy } from './edits.ts';
import { pageClosed, pageReplaced, takePageEditBack } from './page-edits.ts';
import { pauseAgreed, takePauseBack } from './pauses.ts';
import { personChanged, responsibleAppointed, takeAppointmentBack, takePersonChangeBack } from './people.ts';
import { reminderAdded, takeReminderBack } from './reminders.ts';

const pauseSchema = z.object({
  id: z.number(),
  organisationId: z.number(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
});
const personSchema = z.object({ id: z.number(), name: z.string(), email: z.string(), phone: z.string() });
const pageSchema = z.object({ id: z.number(), organisationId: z.number(), link: z.string() });
const replacementSchema = pageSchema.extend({
  was: z.object({ organisationId: z.number(), removedAt: z.string() }).nullable(),
});

type Undo = (operations: Operations, entry: JournalEntry) => Promise<void>;

const undoings: Readonly<Record<string, Undo>> = {
  [pauseAgreed]: (operations, { after }) => takePauseBack(operations, pauseSchema.parse(after)),
  [reminderAdded]: (operations, { after }) =>
    takeReminderBack(operations, z.object({ id: z.number() }).parse(after).id),
  [responsibleAppointed]: (operations, { subject, before, after }) =>
    takeAppointmentBack(operations, Number(subject.split(':')[1]), {
      before: z.array(personSchema).parse(before),
      after: z.array(personSchema).parse(after),
    }),
  [personChanged]: (operations, { before, after }) =>
    takePersonChangeBack(operations, {
      before: personSchema.parse(before),
      after: personSchema.parse(after),
    }),
  [pageReplaced]: (operations, { before, after }) =>
    takePageEditBack(operations, { before: pageSchema.parse(before), after: replacementSchema.parse(after) }),
  [pageClosed]: (operations, { before }) =>
    takePageEditBack(operations, { before: pageSchema.parse(before), after: null }),
};

/** The kinds of edits, as the journal names them, that `undoEdit` can undo. */
export const undoableEdits: readonly string[] = Object.keys(undoings);

const undone = 'journal.undone';

/** Which of these entries of the journal were undone. */
export async function undoneAmong(operations: Operations, ids: readonly number[]): Promise<Set<number>> {
  const among = new Set<number>();
  for (const id of ids) {
    const [found] = await listJournal(operations, { subject: `journal:${id}`, what: [undone], limit: 1 });
    if (found) among.add(id);
  }
  return among;
}

/**
 * Undoes an edit by its entry in the journal, whole or not at all, and notes it there: what it was about gets an entry
 * of its own with before and after turned round. Throws `EditRefused` when there is no such edit, it was undone already,
 * or what it had made was changed since.
 */
export async function undoEdit(operations: Operations, entryId: number, by: EditBy): Promise<JournalEntry> {
  return await operations.transaction(async (inside) => {
    const entry = await getJournalEntry(inside, entryId);
    const undo = entry && undoings[entry.what];
    if (!entry || !undo) throw new EditRefused([problemOf('not_there')]);
    if ((await undoneAmong(inside, [entryId])).size > 0) throw new EditRefused([problemOf('undone_already')]);
    await undo(inside, entry);
    const { before, after, subject } = entry;
    await appendJournal(inside, [
      { at: by.now, who: by.who, what: `${entry.what}.undone`, subject, before: after, after: before },
      { at: by.now, who: by.who, what: undone, subject: `journal:${entryId}`, before: null, after: null },
    ]);
    return entry;
  });
}
