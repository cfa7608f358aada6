import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { asIs, SaidError, type Said } from '#domain/said.ts';

/** The data directory cannot be used: what is in the way, and what to do. */
export class DataDirectoryUnusable extends SaidError {
  override readonly name = 'DataDirectoryUnusable';
  /** It may pass without another setting: the disk is full. */
  readonly isPassing: boolean;

  constructor(
    directory: string,
    reason: Said,
    advice: Said,
    options?: ErrorOptions & { isPassing?: boolean },
  ) {
    super(
      {
        ru: `Папку DATA_DIR (${directory}) использовать нельзя: ${reason.ru}. ${advice.ru}`,
        en: `DATA_DIR (${directory}) cannot be used: ${reason.en}. ${advice.en}`,
      },
      options,
    );
    this.isPassing = options?.isPassing ?? false;
  }
}

/** The databases cannot even be opened with less room than that. */
const leastRoom = 8 * 1024 * 1024;

const another: Said = {
  ru: 'Укажите в DATA_DIR папку на диске.',
  en: 'Set DATA_DIR to a directory on a disk.',
};

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
    case 'ENOTDIR': {
      const reason = { ru: `${at} — это не папка`, en: `${at} is not a directory` };
      return new DataDirectoryUnusable(path, reason, another, options);
    }
    case 'EEXIST':
    case 'ELOOP': {
      const reason = {
        ru: `${at} — ссылка, которая никуда не ведёт`,
        en: `${at} is a link that leads nowhere`,
      };
      return new DataDirectoryUnusable(path, reason, another, options);
    }
    case 'EROFS': {
      const reason = { ru: 'её диск доступен только для чтения', en: 'its disk can only be read' };
      return new DataDirectoryUnusable(path, reason, another, options);
    }
    case 'EACCES':
    case 'EPERM':
      return new DataDirectoryUnusable(
        path,
        { ru: `этому пользователю нельзя писать в ${at}`, en: `this user may not write ${at}` },
        {
          ru: 'Отдайте её пользователю, от имени которого работает ПрофПульс, или укажите в DATA_DIR папку этого пользователя.',
          en: 'Give it to the user that runs ProfPulse, or set DATA_DIR to a directory of that user.',
        },
        options,
      );
    case 'ENOENT': {
      const reason =
        at === path && isDirectory(path)
          ? { ru: 'там ничего нельзя записать', en: 'nothing can be written there' }
          : { ru: `${at} там не создать`, en: `${at} cannot be made there` };
      return new DataDirectoryUnusable(path, reason, another, options);
    }
    default:
      return new DataDirectoryUnusable(path, asIs(message), another, options);
  }
}

function full(path: string, options: ErrorOptions = {}): DataDirectoryUnusable {
  const advice = {
    ru: 'Освободите место (1 ГБ должен быть свободен всегда) или укажите в DATA_DIR папку на другом диске.',
    en: 'Make room (1 GB should always be free), or set DATA_DIR to a directory on another disk.',
  };
  const reason = { ru: 'её диск заполнен', en: 'its disk is full' };
  return new DataDirectoryUnusable(path, reason, advice, { ...options, isPassing: true });
}
