import type { CasedName } from '#domain/cased-name.ts';
import { undeclined } from './cases.ts';
import type { Locale } from './locale.ts';
import { getLocale } from './paraglide/runtime.js';

/** Who writes a letter. */
export interface Sender {
  /** The federation, by its short name. */
  federation: CasedName;
  /** The department of it that does the writing. */
  department: CasedName;
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
  return federation && { federation, department: names.department ?? ownDepartment() };
}

const nothingSet = { federation: null, department: null };
