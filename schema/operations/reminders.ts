import type { ReminderChannel } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { readInstant, storedInstant } from './instants.ts';

/** That a person was reminded of pages that are silent. */
export interface Reminder {
  id: number;
  at: Date;
  /** Who reminded: a login, or the command that did it. */
  who: string;
  personId: number;
  /** The person's name then: they may be out of the register by now. */
  personName: string;
  channel: ReminderChannel;
  note: string;
  /** The ids of the pages it was about, ascending. */
  pageIds: number[];
}

/** Writes a reminder into the log. Rejects for a page that was never registered. */
export async function addReminder(operations: Operations, reminder: Omit<Reminder, 'id'>): Promise<Reminder> {
  const { pageIds, ...said } = reminder;
  return await operations.transaction(async ({ db }) => {
    const { id } = await db
      .insertInto('reminders')
      .values({ ...said, at: storedInstant(said.at) })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (pageIds.length > 0) {
      const pages = pageIds.map((pageId) => ({ reminderId: id, pageId }));
      await db.insertInto('reminderPages').values(pages).execute();
    }
    return { id, ...reminder };
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

/** Reminders, the newest first; those of an instant or later when it is given. */
export async function listReminders(
  operations: Operations,
  filter: { since?: Date } = {},
): Promise<Reminder[]> {
  let query = operations.db.selectFrom('reminders').selectAll().orderBy('at', 'desc').orderBy('id', 'desc');
  let pages = operations.db
    .selectFrom('reminderPages')
    .innerJoin('reminders', 'reminders.id', 'reminderPages.reminderId')
    .select(['reminderPages.reminderId', 'reminderPages.pageId'])
    .orderBy('reminderPages.pageId');
  if (filter.since !== undefined) {
    query = query.where('at', '>=', storedInstant(filter.since));
    pages = pages.where('reminders.at', '>=', storedInstant(filter.since));
  }
  const pagesOf = Map.groupBy(await pages.execute(), (page) => page.reminderId);
  return (await query.execute()).map((row) => ({
    ...row,
    at: readInstant(row.at),
    pageIds: (pagesOf.get(row.id) ?? []).map((page) => page.pageId),
  }));
}
