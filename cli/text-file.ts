import { readFileSync } from 'node:fs';
import { asIs, SaidError, type Said } from '#domain/said.ts';

/** A file that was to hold text cannot be read as such; the message is half a sentence: "it is a directory". */
class NotText extends SaidError {
  override readonly name = 'NotText';
}

const forbidden = { ru: 'этому пользователю нельзя его читать', en: 'this user may not read it' };
const missing = { ru: 'такого файла нет', en: 'there is no such file' };
const reasons: Readonly<Record<string, Said>> = {
  EISDIR: { ru: 'это папка, а нужен файл', en: 'it is a directory, and a file is wanted' },
  EACCES: forbidden,
  EPERM: forbidden,
  ENOENT: missing,
  ENOTDIR: missing,
  ELOOP: { ru: 'это ссылка, которая никуда не ведёт', en: 'it is a link that leads nowhere' },
};

/**
 * The text of a file as editors write it: UTF-8, with a byte order mark or without, or UTF-16 with one, as Notepad writes
 * "Unicode". The mark is left out. Throws `NotText` for anything else, with what is wrong; the cause has the `code`.
 */
export function readText(path: string): string {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new NotText(reasons[code] ?? asIs(message), { cause: error });
  }
  return textOf(content);
}

function textOf(content: Buffer): string {
  const encoding =
    content[0] === 0xff && content[1] === 0xfe
      ? 'utf-16le'
      : content[0] === 0xfe && content[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (error) {
    const name = encoding.toUpperCase();
    throw new NotText(
      {
        ru: `он не в кодировке ${name}: сохраните его как UTF-8`,
        en: `it is not in ${name}: save it as UTF-8`,
      },
      { cause: error },
    );
  }
  if (text.includes('\0')) {
    throw new NotText({
      ru: 'в нём есть нулевые символы: сохраните его как UTF-8',
      en: 'it has NUL characters in it: save it as UTF-8',
    });
  }
  return text;
}
