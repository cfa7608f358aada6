import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { WrongArguments } from './failures.ts';

/** A file that takes what a command prints. */
export interface OutputFile {
  take(text: string): void;
  /** Puts the file in its place, wholly or not at all. */
  write(): void;
}

/**
 * Takes a command's output for a file that only its owner reads: the register holds telephone numbers. A file that is there
 * is replaced, a device or a pipe is written to. Throws `WrongArguments`, before anything is done, where it cannot be.
 */
export function outputFile(path: string): OutputFile {
  const lines: string[] = [];
  const unfinished = `${path}.new`;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw refused(path, error);
    } finally {
      rmSync(unfinished, { force: true });
    }
  };
  const put = (text: string): void => writeFileSync(unfinished, text, { mode: 0o600 });
  const there = statSync(path, { throwIfNoEntry: false });
  const isReplaced = !there || there.isFile();
  attempt(() => (isReplaced ? put('') : closeSync(openSync(path, 'w'))));
  return {
    take: (text) => void lines.push(`${text}\n`),
    write: () => {
      attempt(() => {
        if (!isReplaced) return writeFileSync(path, lines.join(''));
        put(lines.join(''));
        renameSync(unfinished, path);
      });
    },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'there is no such directory',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
};

function refused(path: string, error: unknown): WrongArguments {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new WrongArguments(`The file ${path} cannot be written: ${reasons[code] ?? message}.`);
}
