import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#domain/clock.ts';
import { whenLabel } from '#domain/instant-labels.ts';
import { SaidError } from '#domain/said.ts';

/** Who holds a data directory, as it wrote of itself. */
export interface DataDirectoryHolder {
  pid: number;
  /** What it was started as, e.g. `profpulse start`. */
  command: string;
  /** Since when: ISO 8601, UTC. */
  started: string;
  /** Where it takes commands, when it does. */
  socket: string | null;
}

/** The hold of this process on a data directory. */
export interface DataDirectoryHold {
  readonly directory: string;
  /** Gives the directory back; again does nothing. */
  release(): void;
}

/** Another process has the data directory; since when is said in `zone`. */
export class DataDirectoryInUse extends SaidError {
  override readonly name = 'DataDirectoryInUse';
  readonly holder: DataDirectoryHolder | null;

  constructor(directory: string, holder: DataDirectoryHolder | null, zone: string | null) {
    const [ru, en] = holder
      ? [
          `процесс ${holder.pid} (${holder.command}, запущен ${startedWords(holder, zone, 'ru')})`,
          `process ${holder.pid} (${holder.command}, since ${startedWords(holder, zone, 'en')})`,
        ]
      : ['другой процесс, который себя не назвал', 'another process, which has not said who it is'];
    super({
      ru:
        `Папку данных ${directory} уже занял ${ru}. ` +
        'Завершите его, дождитесь его окончания или укажите в DATA_DIR другую папку.',
      en:
        `The data directory ${directory} is in use by ${en}. ` +
        'End that process, wait for it to finish, or set DATA_DIR to another directory.',
    });
    this.holder = holder;
  }
}

/** When the holder was started, in the zone, or in UTC where nobody says which; what cannot be read, as it stands. */
function startedWords({ started }: DataDirectoryHolder, zone: string | null, locale: 'ru' | 'en'): string {
  const instant = new Date(started);
  if (Number.isNaN(instant.getTime())) return started;
  return zone === null ? `${whenLabel(instant, 'UTC', locale)} UTC` : whenLabel(instant, zone, locale);
}

// A lock that nothing refers to any more would be collected as garbage, and given up.
const locks = new Map<DatabaseSync, { path: string; file: string }>();

const lockFile = 'process.lock';
const holderFile = 'process.json';

/**
 * Holds a data directory for this process alone, until `release` or its death: the lock is the kernel's, so a
 * process that was killed leaves nothing to clear away. Makes the directory when it is not there.
 * Throws `DataDirectoryInUse`, which names the holder, and since when in `zone`.
 */
export function holdDataDirectory(
  directory: string,
  about: { command: string; socket?: string | null; zone?: string },
): DataDirectoryHold {
  const path = resolve(directory);
  mkdirSync(path, { recursive: true });
  const lock = takeLock(path);
  if (!lock) throw new DataDirectoryInUse(path, readHolder(path), about.zone ?? null);
  const holder: DataDirectoryHolder = {
    pid: process.pid,
    command: about.command,
    started: systemClock.now().toISOString(),
    socket: about.socket ?? null,
  };
  const file = join(path, holderFile);
  writeFileSync(`${file}.new`, `${JSON.stringify(holder, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  locks.set(lock, { path, file: fileIdentity(join(path, lockFile)) });
  return {
    directory: path,
    release: () => {
      if (!locks.delete(lock)) return;
      rmSync(file, { force: true });
      lock.close();
    },
  };
}

/** Who holds the directory at this moment; `null` when nobody does, whatever a killed process has left behind. */
export function dataDirectoryHolder(directory: string): DataDirectoryHolder | null {
  const path = resolve(directory);
  if (!existsSync(join(path, lockFile))) return null;
  const lock = takeLock(path);
  if (!lock) return readHolder(path);
  lock.close();
  return null;
}

/**
 * What became of a directory that this process holds: `gone` when it was removed, `replaced` when another one stands in its
 * place. What is written then is lost. `null` when all is well, or this process does not hold it.
 */
export function heldDirectoryFault(directory: string): 'gone' | 'replaced' | null {
  const path = resolve(directory);
  const hold = [...locks.values()].find((held) => held.path === path);
  if (!hold) return null;
  const file = fileIdentity(join(path, lockFile));
  if (file === hold.file) return null;
  return file === '' ? 'gone' : 'replaced';
}

/** What tells a file from every other one; empty when there is none. While it is open no other file gets it. */
function fileIdentity(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : '';
}

/** Takes SQLite's exclusive lock on an empty file; `null` when another has it. */
function takeLock(path: string): DatabaseSync | null {
  const lock = new DatabaseSync(join(path, lockFile), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    const busy = 5;
    if ((error as { errcode?: number }).errcode === busy) return null;
    throw error;
  }
}

function readHolder(path: string): DataDirectoryHolder | null {
  try {
    return JSON.parse(readFileSync(join(path, holderFile), 'utf8')) as DataDirectoryHolder;
  } catch {
    return null; // The holder is just starting or ending.
  }
}
