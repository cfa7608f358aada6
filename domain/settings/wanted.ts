import { asIs, type Said } from '../said.ts';

/** What is wanted, by its English text: the checks carry one text, and that is the English one. */
const known = new Map<string, Said>();

/** What a value of a setting is wanted to be, completing "wanted ..."; gives the text a check carries. */
export function wanted(said: Said): string {
  known.set(said.en, said);
  return said.en;
}

/** A check's text in both languages; as it is where `wanted` has not made it. */
export function wantedOf(text: string): Said {
  return known.get(text) ?? asIs(text);
}
