import type { Reach } from '#domain/reach.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal, type JournalEntry } from '#schema/operations/journal.ts';
import { getOrganisations } from '#schema/operations/organisations.ts';
import { getPages } from '#schema/operations/pages.ts';
import { rolesOfPeople } from '#schema/operations/people.ts';
import type { Names, RecordedEdit } from './edit-kind.ts';
import { journaledEdits, readEdit, type EditSummary } from './registry.ts';
import { undoneAmong } from './revert-edit.ts';

/** An edit in the list of what was done. */
export interface RecentEdit {
  /** Its entry in the journal. */
  id: number;
  at: Date;
  who: string;
  /** It cannot be undone again. */
  isUndone: boolean;
  /** Personal values of it were erased, and are ''; it cannot be undone. */
  isErased: boolean;
  /** `null` when its entry in the journal is damaged. */
  summary: EditSummary | null;
  /** Pages of which is told what they have published since. */
  watchedPages: readonly number[];
}

/**
 * The newest edits that can be undone, the newest first, and those of the given entries; an entry that tells of no edit is
 * left out. With a reach those alone that are about an organisation within it. However many there are, the store is asked five
 * times at most, and some times more with a reach.
 */
export async function readRecentEdits(
  operations: Operations,
  { limit, ids = [], within = null }: { limit: number; ids?: readonly number[]; within?: Reach | null },
): Promise<{ newest: RecentEdit[]; byId: Map<number, RecentEdit> }> {
  const newest = await newestEdits(operations, limit, within);
  const missing = ids.filter((id) => !newest.some((entry) => entry.id === id));
  const others = await onlyWithin(
    operations,
    await listJournal(operations, { ids: missing, what: journaledEdits }),
    within,
  );
  const entries = [...newest, ...others];
  const undone = await undoneAmong(
    operations,
    entries.map(({ id }) => id),
  );
  const read = entries.map((entry) => ({ entry, edit: readEdit(entry)?.edit ?? null }));
  const names = await namesIn(
    operations,
    read.flatMap(({ edit }) => edit ?? []),
  );
  const edits = read.map(({ entry, edit }) => toRecentEdit(entry, edit, { undone, names }));
  return { newest: edits.slice(0, newest.length), byId: new Map(edits.map((edit) => [edit.id, edit])) };
}

/** Entries of the journal that are read at once, and how many times at most, to find those of some organisations. */
const [entriesAtOnce, readings] = [200, 25];

async function newestEdits(
  operations: Operations,
  limit: number,
  within: Reach | null,
): Promise<JournalEntry[]> {
  if (limit === 0) return [];
  if (!within) return await listJournal(operations, { what: journaledEdits, limit });
  const found: JournalEntry[] = [];
  let beforeId: number | undefined;
  for (let reading = 0; reading < readings && found.length < limit; reading += 1) {
    const older = beforeId === undefined ? {} : { beforeId };
    const read = await listJournal(operations, { what: journaledEdits, limit: entriesAtOnce, ...older });
    found.push(...(await onlyWithin(operations, read, within)));
    beforeId = read.at(-1)?.id;
    if (read.length < entriesAtOnce) break;
  }
  return found.slice(0, limit);
}

/** The entries that are about organisations within a reach alone, about their pages, or about people with a part in them. */
async function onlyWithin(
  operations: Operations,
  entries: readonly JournalEntry[],
  within: Reach | null,
): Promise<readonly JournalEntry[]> {
  if (!within) return entries;
  const read = entries.map((entry) => ({ entry, about: readEdit(entry)?.edit.mentions ?? {} }));
  const pageIds = new Set(read.flatMap(({ about }) => about.pages ?? []));
  const peopleIds = new Set(read.flatMap(({ about }) => about.people ?? []));
  const owners = new Map(
    (await getPages(operations, [...pageIds])).map((page) => [page.id, page.organisationId]),
  );
  const roles = await rolesOfPeople(operations, [...peopleIds]);
  return read
    .filter(({ about: { organisations = [], pages = [], people = [] } }) => {
      const own = [...organisations, ...pages.map((id) => owners.get(id) ?? 0)];
      const isKnown = (id: number): boolean =>
        roles.some(({ personId, organisationId }) => personId === id && within.has(organisationId));
      return own.length + people.length > 0 && own.every((id) => within.has(id)) && people.every(isKnown);
    })
    .map(({ entry }) => entry);
}

function toRecentEdit(
  { id, at, who, isErased }: JournalEntry,
  edit: RecordedEdit | null,
  { undone, names }: { undone: ReadonlySet<number>; names: Names },
): RecentEdit {
  const isUndone = edit !== null && undone.has(id);
  // The registry makes the edit of its own kinds alone.
  const summary = edit && (edit.summary(names) as EditSummary);
  return { id, at, who, isUndone, isErased, summary, watchedPages: edit?.watchedPages ?? [] };
}

/** Whom and what the edits name, in two queries. */
async function namesIn(operations: Operations, edits: readonly RecordedEdit[]): Promise<Names> {
  const pageIds = new Set(edits.flatMap(({ mentions }) => mentions.pages ?? []));
  const pages = new Map((await getPages(operations, [...pageIds])).map((page) => [page.id, page]));
  const organisationIds = new Set([
    ...edits.flatMap(({ mentions }) => mentions.organisations ?? []),
    ...[...pages.values()].map(({ organisationId }) => organisationId),
  ]);
  const organisations = await getOrganisations(operations, [...organisationIds]);
  const named = new Map(organisations.map(({ id, name, short }) => [id, short || name]));
  return { organisation: (id) => named.get(id) ?? '', page: (id) => pages.get(id) };
}
