import type { ReminderChannel } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { readDoer, storedDoer } from './doers.ts';
import { readInstant, storedInstant } from './instants.ts';

/** That a person was reminded of pages that are silent. */
export interface Reminder {
  id: number;
  at: Date;
  /** Who reminded: a login, or the command that did it; '' when their account was erased. */
  who: string;
  personId: number;
  /** The person's name now; '' when they were erased, or are out of the register otherwise. */
  personName: string;
  channel: ReminderChannel;
  note: string;
  /** The ids of the pages it was about, ascending. */
  pageIds: number[];
}

/** Writes a reminder into the log; returns its id. Rejects for a page that was never registered. */
export async function addReminder(
  operations: Operations,
  reminder: Omit<Reminder, 'id' | 'personName'>,
): Promise<number> {
  const { pageIds, ...said } = reminder;
  return await operations.transaction(async (inside) => {
    const { db } = inside;
    const { id } = await db
      .insertInto('reminders')
      .values({ ...said, at: storedInstant(said.at), who: await storedDoer(inside, said.who) })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (pageIds.length > 0) {
      const pages = pageIds.map((pageId) => ({ reminderId: id, pageId }));
      await db.insertInto('reminderPages').values(pages).execute();
    }
    return id;
  });
}

/** Takes a reminder out of the log, and tells whether it was in it. */
export async function removeReminder(operations: Operations, id: number): Promise<boolean> {
  return await operations.transaction(async ({ db }) => {
    await db.deleteFrom('reminderPages').where('reminderId', '=', id).execute();
    const { numDeletedRows } = await db
      .deleteFrom('reminders')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  });
}

/** What reminders are asked for. */
export interface ReminderFilter {
  /** Those of this instant or later. */
  since?: Date;
  /** Those of one person. */
  personId?: number;
}

/** Reminders, the newest first. */
export async function listReminders(
  operations: Operations,
  filter: ReminderFilter = {},
): Promise<Reminder[]> {
  let query = operations.db
    .selectFrom('reminders')
    .leftJoin('people', 'people.id', 'reminders.personId')
    .leftJoin('users', 'users.id', 'reminders.who')
    .selectAll('reminders')
    .select(['people.name as personName', 'users.email'])
    .orderBy('reminders.at', 'desc')
    .orderBy('reminders.id', 'desc');
  let pages = operations.db
    .selectFrom('reminderPages')
    .innerJoin('reminders', 'reminders.id', 'reminderPages.reminderId')
    .select(['reminderPages.reminderId', 'reminderPages.pageId'])
    .orderBy('reminderPages.pageId');
  if (filter.since !== undefined) {
    query = query.where('reminders.at', '>=', storedInstant(filter.since));
    pages = pages.where('reminders.at', '>=', storedInstant(filter.since));
  }
  if (filter.personId !== undefined) {
    query = query.where('reminders.personId', '=', filter.personId);
    pages = pages.where('reminders.personId', '=', filter.personId);
  }
  const pagesOf = Map.groupBy(await pages.execute(), (page) => page.reminderId);
  return (await query.execute()).map(({ email, who, personName, ...row }) => ({
    ...row,
    who: readDoer(who, email),
    personName: personName ?? '',
    at: readInstant(row.at),
    pageIds: (pagesOf.get(row.id) ?? []).map((page) => page.pageId),
  }));
}

/** Erases what was noted of a person's reminders; that there were reminders stays. */
export async function eraseReminderNotes({ db }: Operations, personId: number): Promise<void> {
  await db.updateTable('reminders').set({ note: '' }).where('personId', '=', personId).execute();
}
