import type { StoredAccount } from '#accounts/stored-account.ts';
import { basisFields, type PersonBasis } from '#domain/personal-data.ts';
import type { Role } from '#domain/vocabulary.ts';
import type { StoredPerson } from '#register/personal-data/stored-person.ts';
import type { JournalValue } from '#schema/operations/journal-people.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { roleLabel } from './accounts/labels.ts';
import { deedLabel, doerLabel, journalFieldLabel } from './journal-labels.ts';
import { basisLabel } from './basis-labels.ts';
import { channelLabel } from './silent-labels.ts';

/** A part of what is stored of somebody, in words: a table, or facts, each a name and a value. */
export interface StoredSection {
  title: string;
  note: string;
  /** The headings of a table; none of facts. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

const section = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  note = '',
): StoredSection => ({ title, columns, rows, note });

const facts = (title: string, rows: readonly (readonly [string, string])[], note = ''): StoredSection =>
  section(title, [], rows, note);

const said = (text: string): string => text || m.stored_unknown();

const partLabels: Record<Role, () => string> = {
  chair: m.silent_chair,
  responsible: m.silent_responsible,
  page_administrator: m.stored_role_page_administrator,
};

/** Everything that is stored of a person, in words. */
export function personSections(stored: StoredPerson, format: Formatter): StoredSection[] {
  const { id, name, email, phone, basis, roles, reminders } = stored;
  return [
    facts(m.stored_contacts(), [
      [m.stored_name(), said(name)],
      [m.stored_phone(), said(phone)],
      [m.stored_email(), said(email)],
      [m.stored_person_id(), String(id)],
      ...(stored.erasedOn === null
        ? []
        : [[m.stored_erase_due(), m.stored_erased_on({ day: format.day(stored.erasedOn) })] as const]),
    ]),
    facts(m.basis_title(), basisRows(basis, format)),
    section(
      m.stored_roles(),
      [m.stored_organisation(), m.stored_role(), m.stored_role_state()],
      roles.map(({ organisation, role, endedAt }) => [
        organisation,
        partLabels[role](),
        endedAt ? m.stored_role_ended({ when: format.instant(endedAt) }) : m.stored_role_held(),
      ]),
    ),
    section(
      m.stored_reminders(),
      [m.stored_when(), m.stored_how(), m.stored_who(), m.stored_reminder_pages(), m.stored_note()],
      reminders.map(({ at, channel, who, pages, note }) => [
        format.instant(at),
        channelLabel(channel),
        doerLabel(who),
        pages.join(', '),
        note,
      ]),
    ),
    journalSection(stored.journal, format),
  ];
}

/** Everything that is stored of an account, in words. */
export function accountSections(stored: StoredAccount, format: Formatter): StoredSection[] {
  const when = (instant: Date | null): string => (instant ? format.instant(instant) : '');
  return [
    facts(
      m.stored_login(),
      [
        [m.stored_name(), said(stored.name)],
        [m.stored_email(), said(stored.email)],
        ...(stored.personId === null ? [] : [[m.stored_person_id(), String(stored.personId)] as const]),
        [m.stored_created(), when(stored.createdAt)],
        ...(stored.removedAt ? [[m.stored_removed(), when(stored.removedAt)] as const] : []),
        [m.stored_second_factor(), stored.hasTwoFactor ? m.stored_yes() : m.stored_no()],
      ],
      m.stored_secrets(),
    ),
    section(
      m.stored_roles(),
      [m.stored_role(), m.stored_organisation(), m.stored_granted(), m.stored_granted_by(), m.stored_until()],
      stored.roles.map(({ role, organisation, grantedAt, grantedBy, endsAt }) => [
        roleLabel(role),
        organisation || m.stored_whole(),
        when(grantedAt),
        doerLabel(grantedBy),
        endsAt ? when(endsAt) : m.stored_endless(),
      ]),
    ),
    section(
      m.stored_sessions(),
      [m.stored_session_begun(), m.stored_session_used(), m.stored_address(), m.stored_browser()],
      stored.sessions.map(({ createdAt, usedAt, address, userAgent }) => [
        when(createdAt),
        when(usedAt),
        address,
        userAgent,
      ]),
    ),
    section(
      m.stored_tokens(),
      [m.stored_key_name(), m.stored_created(), m.stored_until(), m.stored_session_used()],
      stored.tokens.map(({ name, createdAt, expiresAt, lastUsedAt }) => [
        name,
        when(createdAt),
        when(expiresAt),
        when(lastUsedAt),
      ]),
    ),
    section(
      m.stored_reminders_made(),
      [m.stored_when()],
      stored.reminders.map((at) => [when(at)]),
    ),
    journalSection(stored.journal, format),
  ];
}

const basisNames: Record<keyof PersonBasis, () => string> = {
  basis: m.stored_basis,
  proof: m.basis_proof,
  basisOn: m.basis_on,
  processingGiven: m.stored_processing_given,
  processingWithdrawn: m.stored_processing_withdrawn,
  disseminationGiven: m.stored_dissemination_given,
  disseminationWithdrawn: m.stored_dissemination_withdrawn,
};

function basisRows(basis: PersonBasis, format: Formatter): [string, string][] {
  return basisFields.map((field) => {
    const text = basis[field];
    if (field === 'basis') return [basisNames[field](), basisLabel(basis.basis)];
    return [basisNames[field](), field === 'proof' || text === '' ? said(text) : format.day(text)];
  });
}

function journalSection(values: readonly JournalValue[], format: Formatter): StoredSection {
  const isBefore = ({ path }: JournalValue): number => Number(path.startsWith('before/'));
  const inOrder = values.toSorted(
    (one, other) => one.entryId - other.entryId || isBefore(other) - isBefore(one),
  );
  return section(
    m.stored_journal(),
    [m.stored_entry(), m.stored_when(), m.stored_what(), m.stored_where(), m.stored_value()],
    inOrder.map(({ entryId, at, what, path, value }) => [
      m.stored_entry_number({ id: entryId }),
      format.instant(at),
      deedLabel(what),
      journalFieldLabel(path),
      value,
    ]),
    values.length === 0 ? '' : m.stored_journal_note(),
  );
}
