import { pino, type DestinationStream, type Logger } from 'pino';
import { readSettings, settingWarnings, type Settings } from '#domain/settings.ts';
import { localeOf } from './messages.ts';
import { checkUse } from './settings-use.ts';
import { readText } from './text-file.ts';

/**
 * The settings of this process from its environment, tried on what will use them. Rejects with `SettingsError`, which names each
 * wrong one.
 */
export async function settingsFrom(environment: NodeJS.ProcessEnv, now: Date): Promise<Settings> {
  const settings = readSettings(environment, { readFile: readText, now });
  await checkUse(settings, now);
  return settings;
}

/** The log goes to standard error, one JSON object a line; standard output is for what was asked for. */
export function openLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino({ name: 'profpulse', level, base: { pid: process.pid } }, destination);
}

/** Writes what looks like a misspelt setting into the log, and says it where somebody watches. */
export function warnOfMisspelt(
  environment: NodeJS.ProcessEnv,
  log: Logger,
  say?: (text: string) => void,
): void {
  for (const warning of settingWarnings(environment)) {
    log.warn(warning.en);
    say?.(warning[localeOf(environment)]);
  }
}
