import type { StoredAccount } from '#accounts/stored-account.ts';
import { basisFields, type PersonBasis } from '#domain/personal-data.ts';
import type { Role } from '#domain/vocabulary.ts';
import type { StoredPerson } from '#register/personal-data/stored-person.ts';
import type { JournalValue } from '#schema/operations/journal-people.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { roleLabel } from './accounts/labels.ts';
import { basisLabel } from './basis-labels.ts';
import { channelLabel } from './silent-labels.ts';

/** A part of what is stored of somebody, in words: facts have one column with a heading, lists as many as they want. */
export interface StoredSection {
  title: string;
  note: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

const section = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  note = '',
): StoredSection => ({ title, columns, rows, note });

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
    section(
      m.stored_person(),
      [m.stored_field(), m.stored_value()],
      [
        [m.stored_person_id(), String(id)],
        [m.stored_name(), said(name)],
        [m.stored_phone(), said(phone)],
        [m.stored_email(), said(email)],
        ...(stored.erasedOn === null
          ? []
          : [[m.stored_erase_due(), m.stored_erased_on({ day: format.day(stored.erasedOn) })]]),
      ],
    ),
    section(m.basis_title(), [m.stored_field(), m.stored_value()], basisRows(basis, format)),
    section(
      m.stored_roles(),
      [m.stored_organisation(), m.stored_role(), m.stored_until()],
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
        who,
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
    section(
      m.stored_account(),
      [m.stored_field(), m.stored_value()],
      [
        [m.stored_name(), stored.name],
        [m.stored_email(), stored.email],
        [m.stored_created(), when(stored.createdAt)],
        ...(stored.removedAt ? [[m.stored_removed(), when(stored.removedAt)]] : []),
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
        grantedBy,
        when(endsAt),
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
      [m.stored_name(), m.stored_created(), m.stored_until(), m.stored_session_used()],
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
  basis: m.basis_field,
  proof: m.basis_proof,
  basisOn: m.basis_on,
  processingGiven: () => `${m.basis_processing()}: ${m.basis_given()}`,
  processingWithdrawn: () => `${m.basis_processing()}: ${m.basis_withdrawn()}`,
  disseminationGiven: () => `${m.basis_dissemination()}: ${m.basis_given()}`,
  disseminationWithdrawn: () => `${m.basis_dissemination()}: ${m.basis_withdrawn()}`,
};

function basisRows(basis: PersonBasis, format: Formatter): string[][] {
  return basisFields.map((field) => {
    const text = basis[field];
    if (field === 'basis') return [basisNames[field](), basisLabel(basis.basis)];
    return [basisNames[field](), field === 'proof' || text === '' ? said(text) : format.day(text)];
  });
}

function journalSection(values: readonly JournalValue[], format: Formatter): StoredSection {
  return section(
    m.stored_journal(),
    [m.stored_entry(), m.stored_when(), m.stored_what(), m.stored_where(), m.stored_value()],
    values.map(({ entryId, at, what, path, value }) => [
      String(entryId),
      format.instant(at),
      what,
      path,
      value,
    ]),
    m.stored_journal_note(),
  );
}
