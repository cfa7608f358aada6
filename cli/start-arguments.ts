import { WrongArguments } from './failures.ts';
import { projectVersion } from './project.ts';

/** What a start is told on its command line: nothing, everything is a setting. */
export type StartOrder = 'start' | 'said';

/**
 * Reads the words after a start's name: `--help` and `--version` are answered through `say`, and nothing is to be started.
 * Throws `WrongArguments` for any other word: a start that passed over it would run otherwise than was meant.
 */
export function readStartArguments(
  words: readonly string[],
  start: { command: string; does: string },
  say: (text: string) => void,
): StartOrder {
  const [first] = words;
  if (first === undefined) return 'start';
  if (['--help', '-h', 'help'].includes(first)) {
    say(usage(start));
    return 'said';
  }
  if (['--version', '-V'].includes(first)) {
    say(projectVersion());
    return 'said';
  }
  throw new WrongArguments(
    `${start.command} takes no arguments, and got "${first}". Settings stand in .env or in the environment, such as PORT=8080; ` +
      `"${start.command} -- --help" says more.`,
  );
}

function usage({ command, does }: { command: string; does: string }): string {
  return `Usage: ${command}

${does}

It takes no arguments: settings stand in the file .env or in the environment. Each is described in .env.example.
  PORT      port of the dashboard, 3000 when not said
  HOST      address it listens on; by default only this machine reaches it
  DATA_DIR  directory of the data, ./data when not said

Stop it with Ctrl+C. Commands: npm run profpulse -- --help`;
}
