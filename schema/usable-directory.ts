import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The data directory cannot be used: what is in the way, and what to do. */
export class DataDirectoryUnusable extends Error {
  override readonly name = 'DataDirectoryUnusable';
  /** It may pass without another setting: the disk is full. */
  readonly isPassing: boolean;

  constructor(
    directory: string,
    reason: string,
    advice: string,
    options?: ErrorOptions & { isPassing?: boolean },
  ) {
    super(`DATA_DIR (${directory}) cannot be used: ${reason}. ${advice}`, options);
    this.isPassing = options?.isPassing ?? false;
  }
}

/** The databases cannot even be opened with less room than that. */
const leastRoom = 8 * 1024 * 1024;

const another = 'Set DATA_DIR to a directory on a disk.';

/**
 * Makes a data directory that is not there, for its owner alone, and makes sure that this process can write in it and that
 * there is room to open the databases. Throws `DataDirectoryUnusable`, which names the setting, the cause and what to do.
 */
export function prepareDataDirectory(directory: string): void {
  const path = resolve(directory);
  try {
    makeDirectory(path);
    const probe = join(path, `.probe-${process.pid}`);
    try {
      writeFileSync(probe, Buffer.alloc(4096), { mode: 0o600 });
    } catch (error) {
      throw Object.assign(error as NodeJS.ErrnoException, { path });
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw unusable(path, error);
  }
  const { bavail, bsize, blocks } = statfsSync(path);
  if (blocks > 0 && bavail * bsize < leastRoom) throw full(path);
}

/** Makes a directory and those above it. Node's own way runs for ever where none can be made, as in `/proc`. */
function makeDirectory(path: string): void {
  try {
    if (statSync(path).isDirectory()) return;
    throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR', path });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const above = dirname(path);
  if (above !== path) makeDirectory(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile; a link that leads nowhere is there, and is no directory.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** An error of the file system, as one about the data directory. */
export function unusable(path: string, cause: unknown): DataDirectoryUnusable {
  const { code = '', path: at = path, message } = cause as NodeJS.ErrnoException;
  const options = { cause };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return full(path, options);
    case 'ENOTDIR':
      return new DataDirectoryUnusable(path, `${at} is not a directory`, another, options);
    case 'EEXIST':
    case 'ELOOP':
      return new DataDirectoryUnusable(path, `${at} is a link that leads nowhere`, another, options);
    case 'EROFS':
      return new DataDirectoryUnusable(path, 'its disk can only be read', another, options);
    case 'EACCES':
    case 'EPERM':
      return new DataDirectoryUnusable(
        path,
        `this user may not write ${at}`,
        'Give it to the user that runs ProfPulse, or set DATA_DIR to a directory of that user.',
        options,
      );
    case 'ENOENT':
      return new DataDirectoryUnusable(
        path,
        at === path && isDirectory(path) ? 'nothing can be written there' : `${at} cannot be made there`,
        another,
        options,
      );
    default:
      return new DataDirectoryUnusable(path, message, another, options);
  }
}

function full(path: string, options: ErrorOptions = {}): DataDirectoryUnusable {
  const advice = 'Make room (1 GB should always be free), or set DATA_DIR to a directory on another disk.';
  return new DataDirectoryUnusable(path, 'its disk is full', advice, { ...options, isPassing: true });
}
