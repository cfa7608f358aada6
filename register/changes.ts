import { basisFields, type PersonBasis } from '#domain/personal-data.ts';
import type { PageLink } from '#domain/page-link.ts';
import { networks, type Role } from '#domain/vocabulary.ts';
import { parentFinder } from './check.ts';
import { basisColumn, type RegisterColumn } from './columns.ts';
import type { RegisterRow, RowPerson } from './rows.ts';
import type { KnownOrganisation, KnownPerson, RegisterIndex } from './state.ts';

/** One value that an import changes; an empty text is "nothing". */
export interface FieldChange {
  column: RegisterColumn;
  before: string;
  after: string;
}

/** A page that an import adds to an organisation or takes over from another. */
export interface PageChange {
  kind: 'added' | 'moved';
  link: PageLink;
  /** The page in the register, when it moves or comes back. */
  pageId: number | null;
  /** The organisation it moves from. */
  from: string | null;
}

/** A person of a role as they will be. */
export interface PersonChange {
  role: Role;
  before: KnownPerson | null;
  after: { name: string; email: string; phone: string };
  /** By what right they are kept, as far as the row says. */
  basis: Partial<PersonBasis>;
}

/** What an import does to one organisation. */
export interface OrganisationChange {
  kind: 'added' | 'changed' | 'unchanged';
  row: RegisterRow;
  before: KnownOrganisation | null;
  fields: FieldChange[];
  members: { on: string; count: number } | null;
  people: PersonChange[];
  pages: PageChange[];
}

const plainColumns = ['short', 'level', 'sector', 'municipality', 'council', 'tier'] as const;

/** What rows that hold together change in the register; `today` is the day of counts of members without one. */
export function changesOf(
  rows: readonly RegisterRow[],
  index: RegisterIndex,
  today: string,
): OrganisationChange[] {
  const find = parentFinder(rows, index);
  return rows.map((row) => {
    const before = index.named(row.name)[0] ?? null;
    const change: OrganisationChange = {
      kind: 'unchanged',
      row,
      before,
      fields: [],
      members: null,
      people: [],
      pages: pageChanges(row, before, index),
    };
    compare(change, 'organisation', before?.name ?? '', row.name);
    for (const column of plainColumns) {
      if (row[column] !== undefined) compare(change, column, before?.[column] ?? '', row[column]);
    }
    if (row.parent !== undefined) {
      const parent = find(row.parent);
      const after =
        parent.kind === 'row'
          ? parent.row.name
          : index.organisation(parent.kind === 'known' ? parent.id : 0)?.name;
      compare(change, 'parent', index.organisation(before?.parentId ?? 0)?.name ?? '', after ?? '');
    }
    compareMembers(change, index, today);
    comparePerson(change, index, 'chair', row.chair, ['chair', 'chair_email', 'chair_phone']);
    comparePerson(change, index, 'responsible', row.responsible, ['responsible', 'email', 'phone']);
    for (const network of networks) {
      const pages = change.pages.filter((page) => page.link.network === network);
      if (pages.length > 0) compare(change, network, '', pages.map((page) => page.link.url).join(' '));
    }
    if (!before) change.kind = 'added';
    else if (change.fields.length > 0) change.kind = 'changed';
    return change;
  });
}

function compare(change: OrganisationChange, column: RegisterColumn, before: string, after: string): void {
  if (before !== after) change.fields.push({ column, before, after });
}

function pageChanges(row: RegisterRow, before: KnownOrganisation | null, index: RegisterIndex): PageChange[] {
  const changes: PageChange[] = [];
  for (const link of row.pages) {
    const known = index.page(link);
    if (!known || known.removed) changes.push({ kind: 'added', link, pageId: known?.id ?? null, from: null });
    else if (known.organisationId !== before?.id) {
      const from = index.organisation(known.organisationId)?.name ?? null;
      changes.push({ kind: 'moved', link, pageId: known.id, from });
    }
  }
  return changes;
}

/** A count without a day is new only when it differs from the newest one. */
function compareMembers(change: OrganisationChange, index: RegisterIndex, today: string): void {
  const { row, before } = change;
  if (!row.members) return;
  const counts = (before && index.state.members.get(before.id)) ?? [];
  const on = row.members.on ?? today;
  const same = row.members.on === null ? counts.at(-1) : counts.find((count) => count.on === on);
  if (same?.count === row.members.count) return;
  change.members = { on, count: row.members.count };
  const earlier = same ?? counts.at(-1);
  change.fields.push({
    column: 'members',
    before: earlier ? `${earlier.count} (${earlier.on})` : '',
    after: `${row.members.count} (${on})`,
  });
}

function comparePerson(
  change: OrganisationChange,
  index: RegisterIndex,
  role: Role,
  said: RowPerson | undefined,
  columns: readonly ['chair' | 'responsible', RegisterColumn, RegisterColumn],
): void {
  if (!said) return;
  const inRole = change.before ? index.person(change.before.id, role) : undefined;
  // Another name is another person: nothing of the one before is kept.
  const kept = inRole && (said.name === undefined || said.name === inRole.name) ? inRole : null;
  const after = {
    name: said.name ?? kept?.name ?? '',
    email: said.email ?? kept?.email ?? '',
    phone: said.phone ?? kept?.phone ?? '',
  };
  const count = change.fields.length;
  compare(change, columns[0], inRole?.name ?? '', after.name);
  compare(change, columns[1], inRole?.email ?? '', after.email);
  compare(change, columns[2], inRole?.phone ?? '', after.phone);
  for (const field of basisFields) {
    const value = said.basis[field];
    if (value !== undefined) compare(change, basisColumn(columns[0], field), kept?.[field] ?? '', value);
  }
  if (change.fields.length > count)
    change.people.push({ role, before: inRole ?? null, after, basis: said.basis });
}
