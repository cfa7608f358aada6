import type { ReminderChannel } from '../domain/vocabulary.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { listPages } from '../schema/operations/pages.ts';
import { getPerson } from '../schema/operations/people.ts';
import { addReminder, listReminders, removeReminder } from '../schema/operations/reminders.ts';
import {
  EditRefused,
  editRegister,
  journalEdit,
  problemOf,
  readText,
  refuseOn,
  type EditBy,
  type EditProblem,
} from './edits.ts';

/** The journal's word for a reminder; its `after` has the reminder's id. */
export const reminderAdded = 'reminder.added';

/** The same reminder within this time is the same form sent twice. */
const sentTwice = 60_000;

/**
 * Notes that somebody was reminded of pages (the program itself sends nothing). Returns the id of its journal entry.
 * Throws `EditRefused` when the person or a page is not in the register, there is no page, or the very same was noted just
 * now.
 */
export async function recordReminder(
  operations: Operations,
  reminder: { personId: number; pageIds: readonly number[]; channel: ReminderChannel; note: string },
  by: EditBy,
): Promise<number> {
  const problems: EditProblem[] = [];
  const note = readText('note', reminder.note, problems);
  const pageIds = [...new Set(reminder.pageIds)].sort((one, other) => one - other);
  if (pageIds.length === 0) problems.push(problemOf('no_pages'));
  refuseOn(problems);
  return await editRegister(operations, async (inside) => {
    const person = await getPerson(inside, reminder.personId);
    const known = new Set((await listPages(inside)).map(({ id }) => id));
    if (!person || pageIds.some((id) => !known.has(id))) throw new EditRefused([problemOf('not_there')]);
    const since = new Date(by.now.getTime() - sentTwice);
    const isNoted = (await listReminders(inside, { since })).some(
      (other) =>
        other.personId === person.id &&
        other.channel === reminder.channel &&
        other.note === note &&
        other.pageIds.join() === pageIds.join(),
    );
    if (isNoted) throw new EditRefused([problemOf('reminded_already')]);
    const added = await addReminder(inside, {
      at: by.now,
      who: by.who,
      personId: person.id,
      personName: person.name,
      channel: reminder.channel,
      note,
      pageIds,
    });
    return await journalEdit(inside, by, {
      what: reminderAdded,
      subject: `person:${person.id}`,
      before: null,
      after: { id: added.id, personName: person.name, channel: added.channel, note, pageIds },
    });
  });
}

/** Takes a reminder out of the log. Throws `EditRefused` when it is not in it. */
export async function takeReminderBack(operations: Operations, id: number): Promise<void> {
  if (!(await removeReminder(operations, id))) throw new EditRefused([problemOf('changed_since')]);
}
