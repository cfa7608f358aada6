import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SaidError } from '#domain/said.ts';
import { makeEncryptionKey, parseEncryptionKey, type EncryptionKey } from '#schema/operations/sealed.ts';

/** A key that is kept in a file cannot be used. */
class UnusableKeyFile extends SaidError {
  override readonly name = 'UnusableKeyFile';
}

/** The key in a file; `null` where there is no such file. Throws `UnusableKeyFile` when it cannot be read, or holds no key. */
export function readKeyFile(file: string): EncryptionKey | null {
  let text: string;
  try {
    if (!existsSync(file)) return null;
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { message } = error as Error;
    throw new UnusableKeyFile({
      ru: `Файл ${file} с ключом, которым зашифрованы секреты в базе, не прочитать: ${message}. Верните его из резервной копии или сделайте доступным этому пользователю. В базе ничего не изменено.`,
      en: `The file ${file} with the key by which secrets in the database are encrypted cannot be read: ${message}. Bring it back from a backup or let this user read it. Nothing was changed in the database.`,
    });
  }
  const key = parseEncryptionKey(text);
  if (key) return key;
  throw new UnusableKeyFile({
    ru: `В файле ${file} должен быть ключ, которым зашифрованы секреты в базе: 64 шестнадцатеричные цифры. Файл испорчен; верните его из резервной копии. В базе ничего не изменено. Если копии нет, удалите файл и дайте команду «profpulse secrets rotate --lost»: второй шаг входа всем придётся настроить заново.`,
    en: `The file ${file} should hold the key by which secrets in the database are encrypted: 64 hexadecimal digits. It is damaged; bring it back from a backup. Nothing was changed in the database. Without a backup delete it and give the command "profpulse secrets rotate --lost": everybody sets their second step of the login up anew.`,
  });
}

/** Makes a new key in a file that its owner alone reads: wholly, and on the disk, or not at all. Gives what the file holds. */
export function makeKeyFile(file: string): EncryptionKey {
  const part = `${file}.part`;
  try {
    writeFileSync(part, `${makeEncryptionKey()}\n`, { mode: 0o600, flush: true });
    moveKeyFile(part, file);
  } catch (error) {
    const { message } = error as Error;
    throw new UnusableKeyFile({
      ru: `Файл ${file} с ключом для секретов не создать: ${message}. Проверьте права на папку и место на диске.`,
      en: `The file ${file} with the key of secrets cannot be made: ${message}. Look at the rights of the folder and the space on the disk.`,
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
