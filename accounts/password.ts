import { leastPasswordLength, mostPasswordLength } from './lengths.ts';
import type { AccountProblemCode } from './problems.ts';

/** Of zxcvbn, from 0 to 4: safely unguessable when the hashes are stolen. */
const leastScore = 3;

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

/** Words that the passwords of a federation are made of, as they are written and on a Latin keyboard. */
const commonWords = [
  ...[
    'профсоюз',
    'профком',
    'профпульс',
    'федерация',
    'profsoyuz',
    'profcom',
    'profpulse',
    'ghjacj.p',
    'ghjarjv',
  ],
  ...['пароль', 'любовь', 'солнце', 'россия', 'москва', 'иркутск', 'байкал', 'сибирь', 'победа', 'привет'],
  ...['зима', 'весна', 'лето', 'осень', 'январь', 'февраль', 'март', 'апрель', 'июнь', 'июль', 'август'],
  ...['сентябрь', 'октябрь', 'ноябрь', 'декабрь', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница'],
  ...['наталья', 'сергей', 'андрей', 'алексей', 'дмитрий', 'александр', 'екатерина', 'марина', 'светлана'],
];

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
  const scores = [password, onLatinKeys(password)].map((text) => check.check(text, inputs).score);
  return Math.min(...scores) < leastScore ? 'password_weak' : null;
}
