import { stemOf } from '#domain/text/stems.ts';
import { tokensOf } from '#domain/text/tokens.ts';
import { commonWords } from './common-words.ts';
import { leastPasswordLength, mostPasswordLength } from './lengths.ts';
import type { AccountProblemCode } from './problems.ts';

/** Of zxcvbn, from 0 to 4: safely unguessable when the hashes are stolen. */
const leastScore = 3;

/** So many common words, one after another, are tried by whoever guesses. */
const fewWords = 3;
const commonStems = new Set(commonWords.map(stemOf));

/** Whether a password is a few common words, in any of their forms, with short numbers at most. */
function isFewCommonWords(password: string): boolean {
  const words = tokensOf(password).filter((word) => word.length > 2 && !/^\d{1,4}$/.test(word));
  const different = new Set(words.map(stemOf));
  return different.size <= fewWords && [...different].every((stem) => commonStems.has(stem));
}

/** zxcvbn with its lists of words; they are needed when a password is set, and loaded then. */
let checker: ReturnType<typeof loadChecker> | null = null;

async function loadChecker() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary });
}

const [russianKeys, latinKeys] = ['ёйцукенгшщзхъфывапролджэячсмитьбю', "`qwertyuiop[]asdfghjkl;'zxcvbnm,."];

/** What the same keys write with the Latin layout: lists of passwords and of rows of keys know that. */
function onLatinKeys(text: string): string {
  return [...text.toLowerCase()].map((letter) => latinKeys[russianKeys.indexOf(letter)] ?? letter).join('');
}

/**
 * A password as it is guessed by: as it stands, on the keys of the Latin layout, and without what stands between its words,
 * which makes one repeated or two common ones no stronger.
 */
function readings(password: string): string[] {
  const joined = password.replace(/[^\p{L}\p{N}]+/gu, '');
  const typed = joined === '' ? [password] : [password, joined];
  return [...new Set(typed.flatMap((text) => [text, onLatinKeys(text)]))];
}

/**
 * What is wrong with a password that is to be set, or `null`. `words`: what everybody knows of whoever sets it (name, address,
 * names of their federation); a password made of these is weak.
 */
export async function passwordProblem(
  password: string,
  words: readonly string[],
): Promise<AccountProblemCode | null> {
  if (password === '') return 'password_missing';
  if ([...password].length < leastPasswordLength) return 'password_short';
  if (password.length > mostPasswordLength) return 'password_long';
  checker ??= loadChecker();
  const known = words.flatMap((word) => [word, ...word.split('@'), ...word.split(/[\s@.«»"]+/u)]);
  const inputs = [...commonWords, ...known.filter((word) => word.length > 2)];
  const check = await checker;
  if (/\p{Script=Cyrillic}/u.test(password) && isFewCommonWords(password)) return 'password_weak';
  const scores = readings(password).map((text) => check.check(text, inputs).score);
  return Math.min(...scores) < leastScore ? 'password_weak' : null;
}
