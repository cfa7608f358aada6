import type { Command, Option } from 'commander';
import { WrongArguments } from './failures.ts';

type Environment = NodeJS.ProcessEnv;

/**
 * npm takes options before `--` for its own and leaves them in the environment (`npm_config_dry_run`): a try would become
 * the real thing. Throws `WrongArguments` that names the options of this command which npm has kept, with the whole line
 * that is right.
 */
export function refuseSwallowed(program: Command, words: readonly string[], environment: Environment): void {
  const { command, path } = commandOf(program, words);
  const given = new Set(words.map((word) => word.split('=', 1)[0]));
  const open = command.options.filter(({ long }) => long && !given.has(long));
  const kept = new Map(open.flatMap((option) => keptBy(option, environment)));
  if (![...kept.values()].some(({ isExact }) => isExact)) return;
  const values = new Map([...kept].map(([option, { value }]) => [option, value]));
  const rest = handOut(words.slice(path.length), command.registeredArguments.length, open, values);
  const meant = open.filter((option) => values.has(option) || option.mandatory);
  const options = meant.map((option) => written(option, values.get(option) ?? null));
  const line = ['npm run profpulse --', ...path, ...rest.map(quoted), ...options].join(' ');
  const names = meant.flatMap((option) => (kept.has(option) ? (option.long ?? []) : [])).join(', ');
  const settings = [...kept.values()].map(({ setting }) => setting).join(', ');
  throw new WrongArguments({
    ru:
      `npm забрал себе ${names}, и ничего не сделано. Поставьте два дефиса перед тем, что предназначено ПрофПульсу:\n` +
      `  ${line}\n(Если так настроен сам npm, уберите из его настроек ${settings}.)`,
    en:
      `npm kept ${names} for itself, and nothing was done. Put two dashes before what is meant for ProfPulse:\n` +
      `  ${line}\n(If npm itself is set so, take ${settings} out of its settings.)`,
  });
}

interface Kept {
  setting: string;
  /** `null` where npm has lost which word it was. */
  value: string | null;
  /** npm kept it by its own name, and not as the beginning of one of npm's. */
  isExact: boolean;
}

/** Where npm has an option of ours: under its name, or, as `--to`, under the name of npm's that begins so. */
function keptBy(option: Option, environment: Environment): [Option, Kept][] {
  const name = npmName(option.long ?? '');
  const isFlag = option.isBoolean();
  const value = environment[name];
  if (value !== undefined) {
    return [
      [option, { setting: name, value: isFlag || value === 'true' ? null : value || null, isExact: true }],
    ];
  }
  if (isFlag) return [];
  const longer = Object.keys(environment).find(
    (key) => key.startsWith(name) && environment[key] !== '' && looksLike(option, environment[key] ?? ''),
  );
  if (longer === undefined) return [];
  return [[option, { setting: longer, value: environment[longer] ?? null, isExact: false }]];
}

/** Gives words that are left over to the options that lost them; what remains are the command's own. */
function handOut(
  words: readonly string[],
  own: number,
  open: readonly Option[],
  values: Map<Option, string | null>,
): string[] {
  const wanting = (option: Option): boolean =>
    !option.isBoolean() &&
    values.get(option) == null &&
    (values.has(option) || option.mandatory || option.argChoices !== undefined);
  const left = [...words.slice(own)].filter((word) => {
    const choices = open.filter((option) => wanting(option) && looksLike(option, word));
    // A word that fits a form of its own goes there; any text is a file or a link.
    const option = choices.find(hasForm) ?? choices[0];
    if (option) values.set(option, word);
    return !option;
  });
  return [...words.slice(0, own), ...left];
}

const day = /^\d{4}-\d{2}-\d{2}$|^\d{1,2}\.\d{1,2}\.\d{4}$/;
const time = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
/** By what an option's help calls its value. */
const forms: Readonly<Record<string, RegExp>> = {
  '<day>': day,
  '<день>': day,
  '<time>': time,
  '<время>': time,
};

function formOf({ flags, argChoices }: Option): RegExp | undefined {
  if (argChoices) return new RegExp(`^(?:${argChoices.join('|')})$`);
  return forms[/<.*>/.exec(flags)?.[0] ?? ''];
}

function hasForm(option: Option): boolean {
  return formOf(option) !== undefined;
}

function looksLike(option: Option, word: string): boolean {
  return formOf(option)?.test(word) ?? true;
}

function written(option: Option, value: string | null): string {
  if (option.isBoolean()) return option.long ?? option.flags;
  return value === null ? option.flags : `${option.long} ${quoted(value)}`;
}

/** A word as a shell takes it for one. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./~-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What npm calls an option in the environment. */
function npmName(long: string): string {
  return `npm_config_${long.replace(/^--/, '').replaceAll('-', '_')}`;
}

/** The command that these words name, as deep as they go, and the words that name it. */
function commandOf(program: Command, words: readonly string[]): { command: Command; path: string[] } {
  const [first = '', ...rest] = words;
  const next = program.commands.find((command) => command.name() === first);
  if (!next) return { command: program, path: [] };
  const deeper = commandOf(next, rest);
  return { command: deeper.command, path: [first, ...deeper.path] };
}
