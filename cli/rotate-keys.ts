import { SaidError } from '#domain/said.ts';
import type { Operations } from '#schema/operations/connect.ts';
import {
  findSealingKey,
  forgetLost,
  readSealingKeyId,
  sealEverything,
  type Resealed,
} from '#schema/operations/sealed-values.ts';
import { needsDataDirectory } from './data-kept.ts';
import { keyFiles, readKeys, wrongKey, type KeySettings } from './encryption-keys.ts';
import { makeKeyFile, moveKeyFile, readKeyFile } from './key-file.ts';

/** The steps of a change of keys, each told when it is done. `sealed`: all is sealed anew, and nothing committed. */
export type RotationStep = 'made' | 'sealed' | 'committed' | 'moved';

/** There is no key to change to. */
class NoNewKey extends SaidError {
  override readonly name = 'NoNewKey';
}

/**
 * Seals all secrets with another key: the environment's, or one that is made beside the data. The key of before stays until
 * the transaction is on the disk, so that whoever is killed at any step leaves a store that opens: a start, or the next
 * change, goes on from there. Rejects with an error that says what to do when the key of now, or a new one, is missing.
 */
export async function rotateKeys(
  settings: KeySettings,
  operations: Operations,
  onStep: (step: RotationStep) => void = () => undefined,
): Promise<Resealed> {
  const files = keyFiles(settings);
  const isFile = settings.ENCRYPTION_KEY === undefined && needsDataDirectory(settings);
  const keyId = await readSealingKeyId(operations);
  const { known, wanted } = readKeys(settings);
  const now = await findSealingKey(operations, known);
  if (keyId !== null && !now) throw wrongKey(settings, keyId);
  if (!isFile) {
    if (!wanted)
      throw new NoNewKey({
        ru: 'Ключ не задан: сделайте его командой «openssl rand -hex 32» и укажите в ENCRYPTION_KEY.',
        en: 'No key is set: make one by "openssl rand -hex 32", and give it as ENCRYPTION_KEY.',
      });
    if (wanted.id === keyId && settings.ENCRYPTION_KEY_BEFORE === undefined)
      throw new NoNewKey({
        ru: 'Секреты уже зашифрованы ключом из ENCRYPTION_KEY. Чтобы сменить его, укажите новый в ENCRYPTION_KEY, прежний в ENCRYPTION_KEY_BEFORE, запустите ПрофПульс заново и повторите команду.',
        en: 'The secrets are encrypted with the key of ENCRYPTION_KEY already. To change it, give a new one as ENCRYPTION_KEY and the former one as ENCRYPTION_KEY_BEFORE, start ProfPulse anew and give the command again.',
      });
    const done = await sealEverything(operations, wanted, known, () => onStep('sealed'));
    onStep('committed');
    return done;
  }
  // What an interrupted change has left in use takes its place first.
  if (keyId !== null && readKeyFile(files.next)?.id === keyId) moveKeyFile(files.next, files.own);
  const next = readKeyFile(files.next) ?? makeKeyFile(files.next);
  onStep('made');
  const done = await sealEverything(operations, next, [...known, next], () => onStep('sealed'));
  onStep('committed');
  moveKeyFile(files.next, files.own);
  onStep('moved');
  return done;
}

/**
 * Begins anew with another key after the one of now was lost: what was sealed with it is forgotten. Gives how many second
 * steps of logins there were. Rejects while the key is there.
 */
export async function replaceLostKey(settings: KeySettings, operations: Operations): Promise<number> {
  const { known, wanted } = readKeys(settings);
  if ((await readSealingKeyId(operations)) === null || (await findSealingKey(operations, known)))
    throw new NoNewKey({
      ru: 'Ключ не потерян: им открывается всё, что зашифровано в базе. Чтобы сменить его, дайте команду без --lost.',
      en: 'The key is not lost: it opens what is encrypted in the database. To change it, give the command without --lost.',
    });
  const forgotten = await forgetLost(operations, known);
  const key = wanted ?? (needsDataDirectory(settings) ? makeKeyFile(keyFiles(settings).own) : null);
  if (key) await sealEverything(operations, key, [...known, key]);
  return forgotten;
}
