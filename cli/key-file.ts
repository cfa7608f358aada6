import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SaidError, type Said } from '#domain/said.ts';
import { makeEncryptionKey, parseEncryptionKey, type EncryptionKey } from '#schema/operations/sealed.ts';

/** A key that is kept in a file cannot be used. */
class UnusableKeyFile extends SaidError {
  override readonly name = 'UnusableKeyFile';
}

const unreadable = {
  ru: 'этому пользователю нельзя его читать. Сделайте его доступным пользователю, от имени которого работает ПрофПульс.',
  en: 'this user may not read it. Let the user that runs ProfPulse read it.',
};
const noFile = {
  ru: 'это папка, а нужен файл. Уберите её. Верните файл из резервной копии, если он был.',
  en: 'it is a directory, and a file is wanted. Take it away. Bring the file back from a backup if there was one.',
};
const nowhere = {
  ru: 'это ссылка, которая никуда не ведёт. Верните файл, на который она указывает.',
  en: 'it is a link that leads nowhere. Bring the file back that it points to.',
};
const readProblems: Readonly<Record<string, Said>> = {
  EACCES: unreadable,
  EPERM: unreadable,
  EISDIR: noFile,
  ENOENT: nowhere,
  ELOOP: nowhere,
};

const unwritable = {
  ru: 'этому пользователю нельзя туда писать. Отдайте папку пользователю, от имени которого работает ПрофПульс.',
  en: 'this user may not write there. Give the folder to the user that runs ProfPulse.',
};
const full = { ru: 'диск заполнен. Освободите место.', en: 'the disk is full. Make room.' };
const writeProblems: Readonly<Record<string, Said>> = {
  EACCES: unwritable,
  EPERM: unwritable,
  EROFS: {
    ru: 'диск доступен только для чтения. Сделайте его доступным для записи.',
    en: 'the disk can only be read. Let it be written.',
  },
  ENOSPC: full,
  EDQUOT: full,
};

/** What is wrong with a file by the error that it failed with, and what to do, in sentences. */
function problemOf(error: unknown, problems: Readonly<Record<string, Said>>, otherwise: Said): Said {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return problems[code] ?? { ru: `${message}. ${otherwise.ru}`, en: `${message}. ${otherwise.en}` };
}

/** Why a file that the program keeps cannot be read, and what to do: half a sentence, and more of them. */
export const readProblemOf = (error: unknown): Said =>
  problemOf(error, readProblems, {
    ru: 'Верните его из резервной копии.',
    en: 'Bring it back from a backup.',
  });

/** Why a file that the program keeps cannot be made, and what to do: half a sentence, and more of them. */
export const writeProblemOf = (error: unknown): Said =>
  problemOf(error, writeProblems, {
    ru: 'Проверьте права на папку и место на диске.',
    en: 'Look at the rights of the folder and the space on the disk.',
  });

/** The text of a file, without the spaces around it; `null` where there is none. A link that leads nowhere fails with `ENOENT`. */
export function readKeptFile(file: string): string | null {
  return lstatSync(file, { throwIfNoEntry: false }) ? readFileSync(file, 'utf8').trim() : null;
}

/** The key in a file; `null` where there is no such file. Throws `UnusableKeyFile` when it cannot be read, or holds no key. */
export function readKeyFile(file: string): EncryptionKey | null {
  return readKey(file, {
    ru: 'Если копии нет, удалите файл и дайте команду «profpulse secrets rotate --lost»: второй шаг входа всем придётся настроить заново.',
    en: 'Without a backup delete it and give the command "profpulse secrets rotate --lost": everybody sets their second step of the login up anew.',
  });
}

/** As `readKeyFile`, of the file of a key that is about to follow another: that one may still be the key of the store. */
export function readNextKeyFile(file: string): EncryptionKey | null {
  return readKey(file, {
    ru: 'Если копии нет, уберите файл: скорее всего, в базе ещё действует прежний ключ, иначе об этом скажет следующий запуск.',
    en: 'Without a backup take it away: most likely the former key is still that of the database, and if not the next start says so.',
  });
}

function readKey(file: string, without: Said): EncryptionKey | null {
  let text: string | null;
  try {
    text = readKeptFile(file);
  } catch (error) {
    const problem = readProblemOf(error);
    throw new UnusableKeyFile({
      ru: `Файл ${file} с ключом, которым зашифрованы секреты в базе, не прочитать: ${problem.ru} В базе ничего не изменено.`,
      en: `The file ${file} with the key by which secrets in the database are encrypted cannot be read: ${problem.en} Nothing was changed in the database.`,
    });
  }
  if (text === null) return null;
  const key = parseEncryptionKey(text);
  if (key) return key;
  throw new UnusableKeyFile({
    ru: `В файле ${file} должен быть ключ, которым зашифрованы секреты в базе: 64 шестнадцатеричные цифры. Файл испорчен; верните его из резервной копии. В базе ничего не изменено. ${without.ru}`,
    en: `The file ${file} should hold the key by which secrets in the database are encrypted: 64 hexadecimal digits. It is damaged; bring it back from a backup. Nothing was changed in the database. ${without.en}`,
  });
}

/** Makes a new key in a file that its owner alone reads: wholly, and on the disk, or not at all. Gives what the file holds. */
export function makeKeyFile(file: string): EncryptionKey {
  const part = `${file}.part`;
  try {
    writeFileSync(part, `${makeEncryptionKey()}\n`, { mode: 0o600, flush: true });
    moveKeyFile(part, file);
  } catch (error) {
    const problem = writeProblemOf(error);
    throw new UnusableKeyFile({
      ru: `Файл ${file} с ключом для секретов не создать: ${problem.ru} В базе ничего не изменено.`,
      en: `The file ${file} with the key of secrets cannot be made: ${problem.en} Nothing was changed in the database.`,
    });
  }
  const key = readKeyFile(file);
  if (!key) throw new Error(`The file ${file} was taken away while it was made.`);
  return key;
}

/** Puts a key's file in the place of another, so that it outlasts a power cut. */
export function moveKeyFile(from: string, to: string): void {
  renameSync(from, to);
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
