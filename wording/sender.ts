import { undeclined, type CasedName } from './cases.ts';
import type { Locale } from './locale.ts';
import { getLocale } from './paraglide/runtime.js';

/** Who writes a letter. */
export interface Sender {
  /** The federation, by its short name. */
  federation: CasedName;
  /** The department of it that does the writing. */
  department: CasedName;
}

/** What the department is called where nobody has named it otherwise. */
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

/** The sender with a federation's short name as the register has it; `null` without one: the letter is not signed. */
export function senderNamed(federation: string): Sender | null {
  if (federation === '') return null;
  return { federation: undeclined(federation), department: defaultDepartment[getLocale()] };
}
