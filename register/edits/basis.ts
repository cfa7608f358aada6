import { z } from 'zod';
import { dayProblem } from '#domain/allowed-days.ts';
import { basisFields, personBases, type PersonBasis } from '#domain/personal-data.ts';
import { readText } from './fields.ts';
import { problemsOf, type EditProblem } from './problems.ts';

const { codes, problem } = problemsOf('basis_unknown', 'day_ahead', 'withdrawn_too_early', 'basis_too_old');

/** What can be wrong with what is said of a basis. */
export const basisProblems = codes;

/** A text; `null` when nothing was sent: what is not said stays as it was. */
const saidField = z.preprocess((value) => {
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' ? text : null;
}, z.string().nullable());

/** The fields of a form that asks for a basis. */
export const basisInputs = {
  basis: saidField,
  proof: saidField,
  basisOn: saidField,
  processingGiven: saidField,
  processingWithdrawn: saidField,
  disseminationGiven: saidField,
  disseminationWithdrawn: saidField,
} as const satisfies Record<keyof PersonBasis, typeof saidField>;

/** A basis as the journal tells of it: entries of before know of none. */
export const basisEntry = {
  basis: z.enum(['', ...personBases]).default(''),
  proof: z.string().default(''),
  basisOn: z.string().default(''),
  processingGiven: z.string().default(''),
  processingWithdrawn: z.string().default(''),
  disseminationGiven: z.string().default(''),
  disseminationWithdrawn: z.string().default(''),
};

type SaidBasis = Readonly<Record<keyof PersonBasis, string | null>>;

const dayFields = basisFields.filter((field) => field !== 'basis' && field !== 'proof');

/** What is said of a basis, in the form in which it is kept; what is wrong with it is added to the problems. */
export function readBasis(
  said: SaidBasis,
  { today, problems }: { today: string; problems: EditProblem[] },
): Partial<PersonBasis> {
  const read: Partial<PersonBasis> = {};
  if (said.basis !== null) {
    const basis = said.basis.trim();
    const known = personBases.find((each) => each === basis);
    if (known === undefined && basis !== '') problems.push(problem('basis_unknown', 'basis', basis));
    read.basis = known ?? '';
  }
  if (said.proof !== null) read.proof = readText('proof', said.proof, problems);
  for (const field of dayFields) {
    const text = said[field]?.trim();
    if (text === undefined) continue;
    const wrong = text === '' ? null : (dayProblem(text) ?? (text > today ? 'day_ahead' : null));
    if (wrong) problems.push(problem(wrong, field, text));
    read[field] = text;
  }
  for (const consent of ['processing', 'dissemination'] as const) {
    const [given, withdrawn] = [said[`${consent}Given`] ?? '', said[`${consent}Withdrawn`] ?? ''];
    const areDays = dayProblem(given) === null && dayProblem(withdrawn) === null;
    if (areDays && withdrawn < given)
      problems.push(problem('withdrawn_too_early', `${consent}Withdrawn`, withdrawn, given));
  }
  return read;
}

/** Whether a person is kept by this basis; of what is not said, any will do. */
export const hasBasis = (person: PersonBasis, basis: Partial<PersonBasis>): boolean =>
  basisFields.every((field) => (basis[field] ?? person[field]) === person[field]);
