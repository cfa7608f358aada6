import type { Day } from './period.ts';

/** By what right a contact is kept: the person has agreed, the organisation's charter says so, or the organisation published it. */
export const personBases = ['consent', 'charter', 'published'] as const;
export type Basis = (typeof personBases)[number];

/**
 * By what right a person's contacts are kept and shown, as texts; '' where it is not said, which is never taken for consent. There
 * are two consents, to processing and to dissemination; each was given on a day, and may have been withdrawn on another.
 */
export interface PersonBasis {
  basis: Basis | '';
  /** Where the paper lies, or a link. */
  proof: string;
  /** The day of the basis, as the other days here `YYYY-MM-DD`. */
  basisOn: Day | '';
  processingGiven: Day | '';
  processingWithdrawn: Day | '';
  disseminationGiven: Day | '';
  disseminationWithdrawn: Day | '';
}

/** Nothing is said. */
export const noBasis: PersonBasis = {
  basis: '',
  proof: '',
  basisOn: '',
  processingGiven: '',
  processingWithdrawn: '',
  disseminationGiven: '',
  disseminationWithdrawn: '',
};

/** The names of all that is said of a basis, in the order in which forms and files have them. */
export const basisFields = Object.keys(noBasis) as (keyof PersonBasis)[];

/** The basis alone, of whatever has one. */
export function basisOf(person: PersonBasis): PersonBasis {
  return {
    basis: person.basis,
    proof: person.proof,
    basisOn: person.basisOn,
    processingGiven: person.processingGiven,
    processingWithdrawn: person.processingWithdrawn,
    disseminationGiven: person.disseminationGiven,
    disseminationWithdrawn: person.disseminationWithdrawn,
  };
}

/** Whether a person has withdrawn the consent to processing: their contacts are neither used nor shown. */
export const isWithdrawn = ({ processingWithdrawn }: Pick<PersonBasis, 'processingWithdrawn'>): boolean =>
  processingWithdrawn !== '';

/** A person as they may be shown and used: without contacts when they have withdrawn their consent. */
export function usable<Contacts extends PersonBasis & { email: string; phone: string }>(
  person: Contacts,
): Contacts {
  return isWithdrawn(person) ? { ...person, email: '', phone: '' } : person;
}

/**
 * The day on which the data of somebody without any part are erased: a year after their last part ended, or after the day of a
 * basis that was given later. Of the 29th of February it is the 28th.
 */
export function erasureDay(endedOn: Day, { basisOn }: Pick<PersonBasis, 'basisOn'>): Day {
  const from = basisOn > endedOn ? basisOn : endedOn;
  const [year, rest] = [Number(from.slice(0, 4)) + 1, from.slice(4)];
  return `${String(year).padStart(4, '0')}${rest === '-02-29' ? '-02-28' : rest}`;
}
