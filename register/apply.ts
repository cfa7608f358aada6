import { isMeasuredNetwork } from '#domain/networks.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal, type NewJournalEntry } from '#schema/operations/journal.ts';
import { listMembers, removeMembers, saveMembers, type MemberCount } from '#schema/operations/members.ts';
import { insertOrganisation, updateOrganisation } from '#schema/operations/organisations.ts';
import { insertPage, updatePage } from '#schema/operations/pages.ts';
import { raiseVersions } from '#schema/operations/row-versions.ts';
import { isCountMirrored } from '#schema/register-mirror.ts';
import { parentFinder } from './check.ts';
import type { Actor } from './edits/actor.ts';
import type { OrganisationChange, PageChange } from './changes.ts';
import type { RegisterRow } from './rows.ts';
import { PeopleWriter } from './people-writer.ts';
import { nameKey, type RegisterIndex } from './state.ts';

/** Writes changes inside a transaction: organisations first, then who is above whom, then what hangs on them. */
export async function applyChanges(
  operations: Operations,
  rows: readonly RegisterRow[],
  changes: readonly OrganisationChange[],
  index: RegisterIndex,
  by: Pick<Actor, 'who' | 'now'>,
): Promise<void> {
  const ids = new Map<string, number>();
  for (const change of changes) {
    ids.set(
      nameKey(change.row.name),
      change.before?.id ?? (await addOrganisation(operations, change, by.now)),
    );
  }
  const find = parentFinder(rows, index);
  const people = new PeopleWriter(operations, index.state, by.now);
  const journal: NewJournalEntry[] = [];
  for (const change of changes) {
    const id = ids.get(nameKey(change.row.name));
    if (id === undefined || change.kind === 'unchanged') continue;
    await updateOrganisation(operations, id, {
      ...(change.before ? plainFields(change.row) : {}),
      ...parentField(change.row, find, ids),
    });
    if (change.members) {
      journal.push(...(await writeMembers(operations, { organisationId: id, ...change.members }, by)));
    }
    for (const person of change.people) await people.write(id, person);
    for (const page of change.pages) journal.push(await writePage(operations, id, page, by));
    journal.push({
      at: by.now,
      who: by.who,
      what: `organisation.${change.kind}`,
      subject: `organisation:${id}`,
      before: change.before ? valuesOf(change, 'before') : null,
      after: valuesOf(change, 'after'),
    });
  }
  for (const { before, after } of people.changed) {
    const subject = `person:${after.id}`;
    journal.unshift({ at: by.now, who: by.who, what: 'person.imported', subject, before, after });
  }
  // Who has a form open about any of these is told that it was changed.
  await raiseVersions(
    operations,
    journal.map(({ subject }) => subject),
  );
  await appendJournal(operations, journal, 'import');
}

/** Sets the count on its day, in place of counts that the statistics do not take: of those the entries tell. */
async function writeMembers(
  operations: Operations,
  members: MemberCount,
  { who, now }: Pick<Actor, 'who' | 'now'>,
): Promise<NewJournalEntry[]> {
  const counts = await listMembers(operations, members.organisationId);
  const replaced = counts.filter((count) => !isCountMirrored(count));
  for (const { organisationId, on } of replaced) await removeMembers(operations, organisationId, on);
  await saveMembers(operations, members);
  const subject = `organisation:${members.organisationId}`;
  return replaced.map(({ on, count }) => ({
    at: now,
    who,
    what: 'members.replaced',
    subject,
    before: { on, count },
    after: { on: members.on, count: members.count },
  }));
}

async function addOrganisation(
  operations: Operations,
  change: OrganisationChange,
  now: Date,
): Promise<number> {
  const unsaid = {
    parentId: null,
    council: '',
    short: '',
    level: 'branch',
    sector: '',
    municipality: '',
    tier: 'active',
    started: null,
    league: '',
  } as const;
  const added = await insertOrganisation(operations, { ...unsaid, ...plainFields(change.row) }, now);
  return added.id;
}

type PlainFields = Pick<
  RegisterRow,
  'name' | 'short' | 'level' | 'sector' | 'municipality' | 'council' | 'tier'
>;

/** What the row says; what it does not say is left out, and stays as it was. */
function plainFields(
  row: RegisterRow,
): { name: string } & { [Field in keyof PlainFields]?: NonNullable<PlainFields[Field]> } {
  const { name, short, level, sector, municipality, council, tier } = row;
  return {
    name,
    ...(short !== undefined && { short }),
    ...(level !== undefined && { level }),
    ...(sector !== undefined && { sector }),
    ...(municipality !== undefined && { municipality }),
    ...(council !== undefined && { council }),
    ...(tier !== undefined && { tier }),
  };
}

function parentField(
  row: RegisterRow,
  find: ReturnType<typeof parentFinder>,
  ids: ReadonlyMap<string, number>,
): { parentId?: number } {
  if (row.parent === undefined) return {};
  const parent = find(row.parent);
  const parentId =
    parent.kind === 'row'
      ? ids.get(nameKey(parent.row.name))
      : parent.kind === 'known'
        ? parent.id
        : undefined;
  return parentId === undefined ? {} : { parentId };
}

async function writePage(
  operations: Operations,
  organisationId: number,
  { kind, link, pageId, from }: PageChange,
  { who, now }: Pick<Actor, 'who' | 'now'>,
): Promise<NewJournalEntry> {
  const { network, nativeId, name, url } = link;
  // A page that is not read stays as it is given: there is nothing to find out about it.
  const state = isMeasuredNetwork(network) ? ('unresolved' as const) : ('ok' as const);
  const page =
    pageId === null
      ? await insertPage(operations, { organisationId, network, link: url, nativeId, name, state }, now)
      : await updatePage(operations, pageId, { organisationId, removedAt: null });
  return {
    at: now,
    who,
    what: `page.${kind}`,
    subject: `page:${page.id}`,
    before: from === null ? null : { organisation: from },
    after: { organisationId, link: page.link },
  };
}

function valuesOf(change: OrganisationChange, side: 'before' | 'after'): Record<string, string> {
  return Object.fromEntries(change.fields.map((field) => [field.column, field[side]]));
}
