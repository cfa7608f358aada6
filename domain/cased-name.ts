/** The cases of Russian, in the order in which they are taught and in which a name with its cases is written. */
export const grammaticalCases = [
  'nominative',
  'genitive',
  'dative',
  'accusative',
  'instrumental',
  'prepositional',
] as const;
export type GrammaticalCase = (typeof grammaticalCases)[number];

/** A name as sentences need it: in each case of Russian. A name of English is the same in all of them. */
export type CasedName = Readonly<Record<GrammaticalCase, string>>;

/** A name in all of its cases: one that nobody has said is as the nominative. */
export function inAllCases(entered: CasedName | null): CasedName | null {
  if (!entered) return null;
  const forms = grammaticalCases.map((each) => [each, entered[each] || entered.nominative]);
  return Object.fromEntries(forms) as CasedName;
}
