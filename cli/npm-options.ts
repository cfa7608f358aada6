import type { Command } from 'commander';
import { WrongArguments } from './failures.ts';

/**
 * npm takes options before `--` for its own and leaves them in the environment (`npm_config_dry_run`): a try would become
 * the real thing. Throws `WrongArguments` that names the options of this command which npm has kept.
 */
export function refuseSwallowed(
  program: Command,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): void {
  const { command, path } = commandOf(program, words);
  const given = new Set(words.map((word) => word.split('=', 1)[0]));
  const swallowed = command.options.filter(
    ({ long }) => long && !given.has(long) && environment[npmName(long)] !== undefined,
  );
  if (swallowed.length === 0) return;
  const names = swallowed.map(({ long }) => long ?? '');
  // Where an option has a value, npm has lost which word it was.
  const rest = swallowed.every((option) => option.isBoolean()) ? words : path;
  throw new WrongArguments(
    `npm kept ${names.join(', ')} for itself, and nothing was done. Put two dashes before what is meant for ProfPulse: ` +
      `npm run profpulse -- ${[...rest, ...swallowed.map(({ flags }) => flags)].join(' ')}` +
      ` (or take ${names.map(npmName).join(', ')} out of npm's settings).`,
  );
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
