/** A text as it is compared: without hashtags, marks and case. */
export interface Told {
  words: string;
  /** Its pairs of neighbouring words. */
  pairs: ReadonlySet<string>;
}

/** From this share of the shorter text's pairs on, two texts tell the same. */
const similarFrom = 0.5;

/** Texts are compared with all that are told near them, so that each comes again and again. */
const known = new Map<string, Told>();
const knownLimit = 5_000;

/** A text, ready to be compared. */
export function toldBy(text: string): Told {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= knownLimit) known.clear();
  const told = prepare(text);
  known.set(text, told);
  return told;
}

function prepare(text: string): Told {
  const bare = text.toLowerCase().replace(/#[\p{L}\p{N}_]+/gu, ' ');
  const words = bare.match(/[\p{L}\p{N}]+/gu) ?? [];
  const pairs = new Set(words.slice(1).map((word, index) => `${words[index] ?? ''} ${word}`));
  return { words: words.join(' '), pairs };
}

/**
 * Whether a text tells in other words what another tells: neither the same words nor clearly something else, so that
 * nobody could say for sure whether they are one publication.
 */
export function isAnotherVersion(text: Told, other: Told): boolean {
  if (text.words === other.words) return false;
  const [fewer, more] = text.pairs.size < other.pairs.size ? [text, other] : [other, text];
  let common = 0;
  for (const pair of fewer.pairs) common += more.pairs.has(pair) ? 1 : 0;
  return common > similarFrom * fewer.pairs.size;
}
