import type { Operations } from '../schema/operations/connect.ts';
import {
  appendJournal,
  getJournalEntry,
  listJournal,
  type JournalEntry,
} from '../schema/operations/journal.ts';
import { readEdit, type RegisterEdit } from './edit-entries.ts';
import { EditRefused, editRegister, problemOf, type EditBy } from './edits.ts';
import { takePageAdditionBack, takePageEditBack } from './page-edits.ts';
import { takePauseBack, takePauseEndBack } from './pauses.ts';
import { takeAppointmentBack, takePersonChangeBack } from './people.ts';
import { takeReminderBack } from './reminders.ts';

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

async function takeBack(operations: Operations, edit: RegisterEdit, now: Date): Promise<void> {
  switch (edit.kind) {
    case 'pause':
      return await takePauseBack(operations, edit.pause);
    case 'pause_end':
      return await takePauseEndBack(operations, edit);
    case 'reminder':
      return await takeReminderBack(operations, edit.reminder.id);
    case 'appointment':
      return await takeAppointmentBack(operations, edit.organisationId, edit);
    case 'contacts':
      return await takePersonChangeBack(operations, edit);
    case 'page_added':
      return await takePageAdditionBack(operations, edit.after, now);
    case 'page':
      return await takePageEditBack(operations, edit);
  }
}

/**
 * Undoes an edit by its entry in the journal, whole or not at all, and notes it there: what it was about gets an entry
 * of its own with before and after turned round. Throws `EditRefused` when there is no such edit, it was undone already,
 * or what it had made was changed since.
 */
export async function undoEdit(operations: Operations, entryId: number, by: EditBy): Promise<JournalEntry> {
  return await editRegister(operations, async (inside) => {
    const entry = await getJournalEntry(inside, entryId);
    const edit = entry && readEdit(entry);
    if (!entry || !edit) throw new EditRefused([problemOf('not_there')]);
    if ((await undoneAmong(inside, [entryId])).size > 0) throw new EditRefused([problemOf('undone_already')]);
    await takeBack(inside, edit, by.now);
    const { what, before, after, subject } = entry;
    await appendJournal(inside, [
      { at: by.now, who: by.who, what: `${what}.undone`, subject, before: after, after: before },
      { at: by.now, who: by.who, what: undone, subject: `journal:${entryId}`, before: null, after: null },
    ]);
    return entry;
  });
}
