import snowball from 'snowball-stemmers';

import { tokensOf } from './tokens.ts';

const russian = snowball.newStemmer('russian');
const english = snowball.newStemmer('english');
const cyrillicWord = /^\p{Script=Cyrillic}+$/u;
const latinWord = /^[a-z]+$/;

/** Words come again and again, and stemming one costs more than looking it up. */
const known = new Map<string, string>();
const knownLimit = 50_000;

/** The stem of one word as `tokensOf` gives it: Snowball's Russian or English; other words and numbers stay. */
export function stemOf(word: string): string {
  const found = known.get(word);
  if (found !== undefined) {
    return found;
  }
  const stem = cyrillicWord.test(word)
    ? russian.stem(word)
    : latinWord.test(word)
      ? english.stem(word)
      : word;
  if (known.size >= knownLimit) {
    known.clear();
  }
  known.set(word, stem);
  return stem;
}

/** The stems of a text's words, in order. */
export function stemsOf(text: string): string[] {
  return tokensOf(text).map(stemOf);
}

/** The stems of a text as the store keeps them for search: one line, one space between. */
export function stemLine(text: string): string {
  return stemsOf(text).join(' ');
}
