import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { asIs, type Said } from '#domain/said.ts';
import { WrongArguments } from './failures.ts';
import { counted, type Locale } from './messages.ts';

/** A file that takes what a command prints. */
export interface OutputFile {
  take(text: string): void;
  /** Puts the file in its place, wholly or not at all. Gives what it holds. */
  write(): string;
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
      const content = lines.join('');
      attempt(() => {
        if (!isReplaced) return writeFileSync(path, content);
        put(content);
        renameSync(unfinished, path);
      });
      return content;
    },
  };
}

/** How many rows a table holds, without its headings; of JSON, its `data`. */
function rowsIn(content: string): number {
  if (content.startsWith('{')) return (JSON.parse(content) as { data: unknown[] }).data.length;
  return Math.max(0, parse(content, { relax_column_count: true }).length - 1);
}

/** That a file is written, and how much is in it. */
export function writtenText(path: string, content: string, locale: Locale): string {
  const rows = counted(rowsIn(content), 'row', locale);
  return locale === 'ru' ? `Записано в ${path}: ${rows}.` : `Written to ${path}: ${rows}.`;
}

const missing = { ru: 'такой папки нет', en: 'there is no such directory' };
const forbidden = { ru: 'этому пользователю нельзя туда писать', en: 'this user may not write there' };
const reasons: Readonly<Record<string, Said>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EISDIR: { ru: 'это папка', en: 'it is a directory' },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { ru: 'диск доступен только для чтения', en: 'the disk can only be read' },
  ENOSPC: { ru: 'диск заполнен', en: 'the disk is full' },
};

function refused(path: string, error: unknown): WrongArguments {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = reasons[code] ?? asIs(message);
  return new WrongArguments({
    ru: `Файл ${path} не записать: ${reason.ru}.`,
    en: `The file ${path} cannot be written: ${reason.en}.`,
  });
}
