import { asIs, SaidError, type Said } from '#domain/said.ts';
import { DataDirectoryUnusable } from '#schema/usable-directory.ts';
import { localeOf, type Locale } from './messages.ts';

/** What a process says of an error before it ends, and its exit code. */
export interface Failure {
  message: string;
  exitCode: number;
}

/** Exit codes beside 0: something failed; what was asked for, or how it is set up, is wrong; interrupted. */
export const exitCodes = { failed: 1, wrongSetup: 2, interrupted: 130 } as const;

const setupErrors: ReadonlySet<string> = new Set([
  'SettingsError',
  'EnvironmentFileUnreadable',
  'WrongArguments',
  'PageLinkError',
  'UnusableKeyFile',
  'UnusableSecret',
  'WrongEncryptionKey',
  'NoNewKey',
]);

/**
 * An error as people can use it, in their language. Our own classes explain themselves; of anything else the message and
 * the place it came from are told, since a report without them helps nobody.
 */
export function explainFailure(error: unknown, locale: Locale): Failure {
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failed };
  if (error.name === 'AbortError') {
    return { message: locale === 'ru' ? 'Прервано.' : 'Interrupted.', exitCode: exitCodes.interrupted };
  }
  const isSetup = setupErrors.has(error.name) || (error instanceof DataDirectoryUnusable && !error.isPassing);
  if (error instanceof SaidError) {
    return { message: error.said[locale], exitCode: isSetup ? exitCodes.wrongSetup : exitCodes.failed };
  }
  const isOurs = error.name !== 'Error' && !/^(Type|Range|Reference|Syntax)Error$/.test(error.name);
  if (isOurs || 'code' in error) return { message: error.message, exitCode: exitCodes.failed };
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.includes('at '))
      ?.trim() ?? '';
  return { message: `${error.message} (${error.name} ${place})`, exitCode: exitCodes.failed };
}

/** Prints an error on standard error, in the language of `LOCALE`, and ends the process with its exit code. */
export function endWithFailure(error: unknown): never {
  const failure = explainFailure(error, localeOf(process.env));
  process.stderr.write(`${failure.message}\n`);
  process.exit(failure.exitCode);
}

/** What was asked for on the command line cannot be. */
export class WrongArguments extends SaidError {
  override readonly name = 'WrongArguments';

  constructor(said: Said | string) {
    super(typeof said === 'string' ? asIs(said) : said);
  }
}
