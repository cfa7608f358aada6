import { appendFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DestinationStream, Logger } from 'pino';
import type { Settings } from '#domain/settings.ts';
import { openLog } from './settings.ts';

/** The names of the log in a data directory: that of the moment, and the one before it. */
export const logNames = ['profpulse.log', 'profpulse.log.1'] as const;

/** At most twice so many bytes are kept. */
const largest = 5 * 1024 * 1024;

/** What a process is: a command that answers somebody, a server, or a demo. */
export type ProcessKind = 'command' | 'server' | 'demo';

/**
 * The file that takes the log, so that its lines do not stand between the sentences of a terminal: of a command always, of
 * a server where a terminal watches. `null`: standard error, also wherever `LOG_LEVEL` is set, as somebody wants to see it.
 */
export function logFile(
  environment: NodeJS.ProcessEnv,
  settings: Pick<Settings, 'DATA_DIR'>,
  kind: ProcessKind,
  isWatched: boolean = process.stderr.isTTY,
): string | null {
  if (environment.LOG_LEVEL) return null;
  return kind === 'command' || isWatched ? join(resolve(settings.DATA_DIR), logNames[0]) : null;
}

/** The log of a process, with its level: `LOG_LEVEL`, and of what nobody asked more of, warnings. */
export function openProcessLog(
  environment: NodeJS.ProcessEnv,
  settings: Pick<Settings, 'DATA_DIR' | 'LOG_LEVEL'>,
  kind: ProcessKind,
): Logger {
  const level = environment.LOG_LEVEL || kind === 'server' ? settings.LOG_LEVEL : 'warn';
  const file = logFile(environment, settings, kind);
  return file === null ? openLog(level) : openLog(level, fileLog(file));
}

/**
 * Appends lines to a file for its owner alone, and begins another one when it has grown. What cannot be written there, as
 * when the directory is gone, is written to `other`: standard error when not said.
 */
export function fileLog(
  path: string,
  other: (line: string) => void = (line) => void writeSync(2, line),
): DestinationStream {
  return {
    write: (line) => {
      try {
        const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
        if (size + line.length > largest && size > 0) renameSync(path, `${path}.1`);
        appendFileSync(path, line, { mode: 0o600 });
      } catch {
        other(line);
      }
    },
  };
}
