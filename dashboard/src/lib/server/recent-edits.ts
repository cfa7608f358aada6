import type { Aftermath } from '../../../../analytics/silent.ts';
import type { Person } from '../../../../schema/operations/people.ts';
import { measuredNetworks, type ReminderChannel } from '../../../../domain/vocabulary.ts';
import { editKinds, readEdit, type RegisterEdit } from '../../../../register/edit-entries.ts';
import { undoneAmong } from '../../../../register/undo.ts';
import { getJournalEntry, listJournal, type JournalEntry } from '../../../../schema/operations/journal.ts';
import { getOrganisation } from '../../../../schema/operations/organisations.ts';
import { getPage } from '../../../../schema/operations/pages.ts';
import { aftermathOf } from './questions.ts';
import type { DashboardServices } from './services.ts';

/** What happened on several pages, and how many of them were not read since. */
export type JoinedAftermath = Aftermath & { pages: number; unread: number };

/** What was done, as a line tells of it; `isRead` is whether the page that came is of a network that is read. */
export type Deed =
  | {
      kind: 'reminder';
      person: string;
      channel: ReminderChannel;
      note: string;
      organisations: string[];
      aftermath: JoinedAftermath;
    }
  | { kind: 'pause' | 'pause_end'; organisation: string; from: string; to: string; reason: string }
  | { kind: 'appointment'; organisation: string; before: string[]; after: string[] }
  | { kind: 'contacts'; before: Person; after: Person }
  | { kind: 'page_added'; organisation: string; link: string; isRead: boolean }
  | { kind: 'page'; organisation: string; before: string; after: string | null; isRead: boolean }
  /** Its entry in the journal is damaged. */
  | { kind: 'unreadable'; entry: number };

/** An edit of the register in the list of what was done; `isUndone` ones cannot be undone again. */
export interface DoneLine {
  id: number;
  at: Date;
  who: string;
  isUndone: boolean;
  deed: Deed;
}

/** The newest edits that can be undone, as many as a list shows. */
const shownEdits = 20;

/** What was done lately, the newest first. */
export async function recentlyDone(services: DashboardServices): Promise<DoneLine[]> {
  const entries = await listJournal(services.operations, { what: editKinds, limit: shownEdits });
  return await linesOf(services, entries);
}

/** The one edit of that entry in the journal; `null` when it tells of none. */
export async function doneLine(services: DashboardServices, id: number): Promise<DoneLine | null> {
  const entry = await getJournalEntry(services.operations, id);
  return entry && readEdit(entry) ? ((await linesOf(services, [entry]))[0] ?? null) : null;
}

async function linesOf(services: DashboardServices, entries: readonly JournalEntry[]): Promise<DoneLine[]> {
  const undone = await undoneAmong(
    services.operations,
    entries.map(({ id }) => id),
  );
  const lines: DoneLine[] = [];
  for (const entry of entries) {
    const edit = readEdit(entry);
    const { id, at, who } = entry;
    if (edit) lines.push({ id, at, who, isUndone: undone.has(id), deed: await deedOf(services, edit, at) });
    else if (editKinds.includes(entry.what)) {
      lines.push({ id, at, who, isUndone: false, deed: { kind: 'unreadable', entry: id } });
    }
  }
  return lines;
}

async function deedOf(services: DashboardServices, edit: RegisterEdit, at: Date): Promise<Deed> {
  const named = (id: number) => organisationName(services, id);
  const names = (people: readonly Person[]) => people.map(({ name }) => name);
  switch (edit.kind) {
    case 'pause':
    case 'pause_end': {
      const { organisationId, from, to, reason } = edit.kind === 'pause' ? edit.pause : edit.before;
      return { kind: edit.kind, organisation: await named(organisationId), from, to, reason };
    }
    case 'reminder': {
      const { personName, channel, note, pageIds } = edit.reminder;
      const owners = new Set<string>();
      for (const id of pageIds) {
        const page = await getPage(services.operations, id);
        if (page) owners.add(await named(page.organisationId));
      }
      const aftermath = await aftermathOfPages(services, pageIds, at);
      return { kind: 'reminder', person: personName, channel, note, organisations: [...owners], aftermath };
    }
    case 'appointment': {
      const organisation = await named(edit.organisationId);
      return { kind: 'appointment', organisation, before: names(edit.before), after: names(edit.after) };
    }
    case 'contacts':
      return { kind: 'contacts', before: edit.before, after: edit.after };
    case 'page_added': {
      const { id, organisationId, link } = edit.after;
      const organisation = await named(organisationId);
      return { kind: 'page_added', organisation, link, isRead: await isRead(services, id) };
    }
    case 'page': {
      const organisation = await named(edit.before.organisationId);
      return {
        kind: 'page',
        organisation,
        before: edit.before.link,
        after: edit.after?.link ?? null,
        isRead: edit.after === null || (await isRead(services, edit.after.id)),
      };
    }
  }
}

/** Whether a page is of a network that is read; others are only kept. */
async function isRead({ operations }: DashboardServices, pageId: number): Promise<boolean> {
  const network = (await getPage(operations, pageId))?.network;
  return measuredNetworks.some((measured) => measured === network);
}

async function organisationName({ operations }: DashboardServices, id: number): Promise<string> {
  const organisation = await getOrganisation(operations, id);
  return organisation?.short || (organisation?.name ?? '');
}

/** What several pages together have published since an instant: known when each of them was read since. */
async function aftermathOfPages(
  { analytics }: DashboardServices,
  pageIds: readonly number[],
  since: Date,
): Promise<JoinedAftermath> {
  return joinedAftermath(
    await aftermathOf(
      analytics,
      pageIds.map((pageId) => ({ pageId, since })),
    ),
  );
}

/** What happened on several pages as one. */
export function joinedAftermath(parts: readonly Aftermath[]): JoinedAftermath {
  const firsts = parts.flatMap(({ first }) => first ?? []);
  return {
    posts: parts.reduce((sum, { posts }) => sum + posts, 0),
    first: firsts.sort((one, other) => one.getTime() - other.getTime())[0] ?? null,
    isKnown: parts.length > 0 && parts.every(({ isKnown }) => isKnown),
    pages: parts.length,
    unread: parts.filter(({ isKnown }) => !isKnown).length,
  };
}
