import type { Operations } from '#schema/operations/connect.ts';
import { now } from './sample-organisation.ts';

export const petrova = {
  id: 7,
  name: 'Петрова Анна',
  email: 'petrova@example.org',
  phone: '+7 000 000-00-01',
};
export const kim = { id: 8, name: 'Ким Сергей', email: 'kim@example.org', phone: '' };
/** Whatever is personal in the samples has one of these in it. */
export const marks = /Петрова|Ким|example\.org|000-00|198\.51|обещала/u;
export const by = { at: now, who: 'boss@example.org', address: '198.51.100.7' };
export const appointed = {
  ...by,
  what: 'responsible.appointed',
  subject: 'organisation:3',
  before: [petrova],
  after: [kim],
};
export const closed = {
  at: now,
  who: 'dashboard',
  what: 'page.closed',
  subject: 'page:1',
  before: null,
  after: 1,
};

/** Every row of the journal itself, as texts. */
export async function rowsOf({ db }: Operations): Promise<string[]> {
  const rows = await db.selectFrom('journal').selectAll().orderBy('id').execute();
  return rows.map((row) => JSON.stringify(row));
}
