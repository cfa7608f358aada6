import { join } from 'node:path';
import type { Logger } from 'pino';
import { SaidError } from '#domain/said.ts';
import type { Settings } from '#domain/settings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { parseEncryptionKey, type EncryptionKey } from '#schema/operations/sealed.ts';
import { hasSettings } from '#schema/operations/settings.ts';
import {
  countUnsealed,
  findSealingKey,
  keyringOf,
  readSealingKeyId,
  sealEverything,
  type Keyring,
} from '#schema/operations/sealed-values.ts';
import { needsDataDirectory } from './data-kept.ts';
import { makeKeyFile, moveKeyFile, readKeyFile, readNextKeyFile } from './key-file.ts';

/** The settings that say which keys there are. */
export type KeySettings = Pick<
  Settings,
  'ENCRYPTION_KEY' | 'ENCRYPTION_KEY_BEFORE' | 'DATA_DIR' | 'CLICKHOUSE_URL' | 'OPERATIONS_DATABASE_URL'
>;

/** The files of a data directory that hold keys: the one in use, and one that is about to follow it. */
export const keyFiles = ({ DATA_DIR }: KeySettings) => ({
  own: join(DATA_DIR, 'encryption-key'),
  next: join(DATA_DIR, 'encryption-key.next'),
});

/** The keys that a process has. */
export interface ProcessKeys {
  /** What new values should be sealed with: the environment's, else the file's; `null`: neither is there. */
  wanted: EncryptionKey | null;
  /** All, with those of before and of an interrupted change. */
  known: readonly EncryptionKey[];
}

/** Reads the keys of the environment and of the data directory. Throws `UnusableKeyFile`. */
export function readKeys(settings: KeySettings): ProcessKeys {
  const given = parseEncryptionKey(settings.ENCRYPTION_KEY ?? '');
  const before = parseEncryptionKey(settings.ENCRYPTION_KEY_BEFORE ?? '');
  const files = keyFiles(settings);
  const kept = needsDataDirectory(settings) ? [readKeyFile(files.own), readNextKeyFile(files.next)] : [];
  return {
    wanted: given ?? kept[0] ?? null,
    known: [given, before, ...kept].filter((key) => key !== null && key !== undefined),
  };
}

/** What a process seals with cannot open what the store holds. */
class WrongEncryptionKey extends SaidError {
  override readonly name = 'WrongEncryptionKey';
}

/** Says that the store is sealed with a key that is not here, and what to do. */
export function wrongKey(settings: KeySettings, keyId: string): SaidError {
  const files = keyFiles(settings);
  const isFile = settings.ENCRYPTION_KEY === undefined && needsDataDirectory(settings);
  const lost = {
    ru: 'В базе ничего не изменено. Если ключа больше нет, дайте команду «profpulse secrets rotate --lost»: второй шаг входа всем придётся настроить заново.',
    en: 'Nothing was changed in the database. If the key is gone, give the command "profpulse secrets rotate --lost": everybody sets their second step of the login up anew.',
  };
  if (isFile)
    return new WrongEncryptionKey({
      ru: `Секреты в базе зашифрованы другим ключом (его имя ${keyId}), чем лежит в файле ${files.own}, или файла нет. Верните файл из той же резервной копии, что и базу. ${lost.ru}`,
      en: `The secrets in the database are encrypted with another key (named ${keyId}) than that in the file ${files.own}, or there is no file. Bring the file back from the backup that the database is of. ${lost.en}`,
    });
  return new WrongEncryptionKey({
    ru: `Секреты в базе зашифрованы другим ключом (его имя ${keyId}), чем задан в ENCRYPTION_KEY. Укажите прежний ключ; если вы его меняете, укажите прежний в ENCRYPTION_KEY_BEFORE. ${lost.ru}`,
    en: `The secrets in the database are encrypted with another key (named ${keyId}) than ENCRYPTION_KEY gives. Give the former one; if you are changing it, give the former one as ENCRYPTION_KEY_BEFORE. ${lost.en}`,
  });
}

/**
 * Rejects with an error that says what to do when the store is sealed with a key that is missing, damaged or another. To be asked
 * before the store is migrated, so that nothing of it is changed then.
 */
export async function refuseWrongKey(settings: KeySettings, operations: Operations): Promise<void> {
  const { known } = readKeys(settings);
  if (!(await hasSettings(operations))) return;
  const keyId = await readSealingKeyId(operations);
  if (keyId !== null && !(await findSealingKey(operations, known))) throw wrongKey(settings, keyId);
}

/**
 * Opens what seals secrets in the store: tries the key on what is stored, makes one beside the data where there is none, and
 * seals what is not sealed yet. A fully served store without `ENCRYPTION_KEY` is left unsealed, and the log says so.
 * Rejects with an error that says what to do when the key is missing, damaged or another; nothing is changed then.
 */
export async function openKeyring(
  settings: KeySettings,
  operations: Operations,
  log: Logger,
): Promise<Keyring> {
  const files = keyFiles(settings);
  const isKept = needsDataDirectory(settings);
  const keyId = await readSealingKeyId(operations);
  let { wanted, known } = readKeys(settings);
  let key = keyId === null ? wanted : await findSealingKey(operations, known);
  if (keyId !== null && !key) throw wrongKey(settings, keyId);
  if (isKept && key && readNextKeyFile(files.next)?.id === key.id) moveKeyFile(files.next, files.own);
  if (!key && isKept) {
    key = makeKeyFile(files.own);
    ({ wanted, known } = readKeys(settings));
  }
  if (!key) {
    log.warn('Secrets in the database are not encrypted: ENCRYPTION_KEY is not set');
    return keyringOf(operations, () => readKeys(settings).known);
  }
  const { changed, left } = await sealEverything(operations, key, known);
  if (changed > 0) log.info({ changed }, 'Encrypted secrets in the database');
  if (left > 0) log.error({ left }, 'Secrets in the database are encrypted with a key that is not known');
  if (wanted && wanted.id !== key.id)
    log.warn('ENCRYPTION_KEY is a new key: encrypt the secrets with it by "profpulse secrets rotate"');
  return keyringOf(operations, () => readKeys(settings).known);
}

/**
 * How well secrets are kept, for `doctor`: asks, and changes nothing. `open`: there is no key, and none is made; `waiting`: the next
 * start seals what was stored before there was a key.
 */
export async function lookAtKeys(
  settings: KeySettings,
  operations: Operations,
): Promise<'none' | 'open' | 'waiting' | 'changing' | 'lost' | 'sealed' | SaidError> {
  let keys: ProcessKeys;
  try {
    keys = readKeys(settings);
  } catch (error) {
    if (error instanceof SaidError) return error;
    throw error;
  }
  const keyId = await readSealingKeyId(operations);
  const key = keyId === null ? null : await findSealingKey(operations, keys.known);
  if (keyId !== null && !key) return wrongKey(settings, keyId);
  const { open, lost, former } = await countUnsealed(operations, keys.known, key);
  if (lost > 0) return 'lost';
  if (!key) {
    if (!keys.wanted && !needsDataDirectory(settings)) return 'open';
    return open > 0 ? 'waiting' : 'none';
  }
  // What another process has written with the former key, or as it is, waits for the next change of keys.
  if (open + former > 0) return 'changing';
  return keys.wanted && keys.wanted.id !== key.id ? 'changing' : 'sealed';
}
