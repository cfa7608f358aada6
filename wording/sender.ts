import type { CasedName } from '#domain/cased-name.ts';
import { undeclined } from './cases.ts';
import type { Locale } from './locale.ts';
import { getLocale } from './paraglide/runtime.js';

/** Who writes a letter. */
export interface Sender {
  /** The federation, or the organisation that writes to its own, by its short name. */
  organisation: CasedName;
  /** The department of it that does the writing; `null` where nobody has named one. */
  department: CasedName | null;
}

const defaultDepartment: Readonly<Record<Locale, CasedName>> = {
  ru: {
    nominative: 'информационный отдел',
    genitive: 'информационного отдела',
    dative: 'информационному отделу',
    accusative: 'информационный отдел',
    instrumental: 'информационным отделом',
    prepositional: 'информационном отделе',
  },
  en: undeclined('information department'),
};

/** What the department is called where nobody has named it otherwise. */
export const ownDepartment = (): CasedName => defaultDepartment[getLocale()];

/**
 * The sender by the names that were set; without one for the federation, by its short name as the register has it. `null` when
 * that has none either: the letter is not signed.
 */
export function senderNamed(
  registered: string,
  names: { federation: CasedName | null; department: CasedName | null } = nothingSet,
): Sender | null {
  const federation = names.federation ?? (registered === '' ? null : undeclined(registered));
  return federation && { organisation: federation, department: names.department ?? ownDepartment() };
}

const nothingSet = { federation: null, department: null };

/**
 * The sender of who edits a part of the organisations: those at the top of that part, by their short names. They write in their own
 * name, and not in that of the federation and its department. `null` without any.
 */
export const memberSender = (names: readonly string[]): Sender | null =>
  names.length === 0 ? null : { organisation: undeclined(names.join(', ')), department: null };
