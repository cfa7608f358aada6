import { stemOf } from '#domain/text/stems.ts';
import { tokensOf } from '#domain/text/tokens.ts';
import { commonWords } from './common-words.ts';
import { inCyrillic, isLikeSurname, isNameOfSomebody, isSurname, namesToTry } from './names-of-people.ts';
import { leastPasswordLength, mostPasswordLength } from './lengths.ts';
import type { AccountProblemCode } from './problems.ts';

/** Of zxcvbn, from 0 to 4: safely unguessable when the hashes are stolen. */
const leastScore = 3;

/** So many common words, one after another, are tried by whoever guesses. */
const fewWords = 3;
const commonStems = new Set(commonWords.map(stemOf));

/** The words of a text, also where a capital alone begins the next one; numbers of a year's length and small words left out. */
const guessableWords = (text: string): string[] =>
  tokensOf(text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .flatMap((word) => word.split(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u))
    .filter((word) => word.length > 2 && !/^\d{1,4}$/.test(word));

/**
 * Whether a text is a few words that are tried first, in any of their forms, with short numbers at most: common words, those
 * that everybody knows of its owner (`known`: stems), and what people are called.
 */
function isFewTriedWords(text: string, known: ReadonlySet<string>): boolean {
  const different = new Map(guessableWords(text).map((word) => [stemOf(word), word]));
  if (different.size === 0 || different.size > fewWords) return false;
  const isCalledSo = [...different.values()].some(isNameOfSomebody);
  return [...different].every(
    ([stem, word]) =>
      commonStems.has(stem) ||
      known.has(stem) ||
      isNameOfSomebody(word) ||
      isSurname(word) ||
      // Words of many kinds end so: beside a first name they are taken for surnames.
      (isCalledSo && isLikeSurname(word)),
  );
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

const onKeys =
  (from: string, to: string) =>
  (text: string): string =>
    [...text]
      .map((letter) => {
        const key = to[from.indexOf(letter.toLowerCase())];
        return key === undefined ? letter : letter === letter.toLowerCase() ? key : key.toUpperCase();
      })
      .join('');

/** What the same keys write with the other layout: lists of passwords and of rows of keys know that. */
const onLatinKeys = onKeys(russianKeys, latinKeys);
const onRussianKeys = onKeys(latinKeys, russianKeys);

/**
 * A password as it is guessed by: as it stands, on the keys of the Latin layout, and without what stands between its words,
 * which makes one repeated or two common ones no stronger.
 */
function readings(password: string): string[] {
  const joined = password.replace(/[^\p{L}\p{N}]+/gu, '');
  const typed = joined === '' ? [password] : [password, joined];
  return [...new Set(typed.flatMap((text) => [text, onLatinKeys(text.toLowerCase())]))];
}

/** A password as Russian words, as far as it is any: as it stands, on the keys of the other layout, or spelled in Latin letters. */
function inRussian(password: string): string[] {
  const spelled = [password, onLatinKeys(password)].map((text) => inCyrillic(text));
  return [...new Set([password, onRussianKeys(password), ...spelled])].filter((text) =>
    /\p{Script=Cyrillic}/u.test(text),
  );
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
  const inputs = [...commonWords, ...namesToTry, ...known.filter((word) => word.length > 2)];
  const check = await checker;
  const knownStems = new Set(words.flatMap((word) => guessableWords(word)).map(stemOf));
  if (inRussian(password).some((text) => isFewTriedWords(text, knownStems))) return 'password_weak';
  const scores = readings(password).map((text) => check.check(text, inputs).score);
  return Math.min(...scores) < leastScore ? 'password_weak' : null;
}
