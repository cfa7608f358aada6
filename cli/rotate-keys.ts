import { SaidError } from '#domain/said.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { EncryptionKey } from '#schema/operations/sealed.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import {
  checkSetting,
  countUnsealed,
  findSealingKey,
  forgetLost,
  readSealingKeyId,
  sealEverything,
  writeSecret,
  type Forgotten,
  type Resealed,
} from '#schema/operations/sealed-values.ts';
import { needsDataDirectory } from './data-kept.ts';
import { keyFiles, readKeys, wrongKey, type KeySettings } from './encryption-keys.ts';
import { makeKeyFile, moveKeyFile, readNextKeyFile } from './key-file.ts';

/** The steps of a change of keys, each told when it is done. `sealed`: all is sealed anew, and nothing committed. */
export type RotationStep = 'made' | 'sealed' | 'committed' | 'moved';

/** There is no key to change to. */
class NoNewKey extends SaidError {
  override readonly name = 'NoNewKey';
}

/** Who changes a key, and when: it is an entry of the journal. */
export interface KeyChanger {
  at: Date;
  who: string;
}

/** An entry of the journal about the key: names of keys and ids of users, no secrets. */
async function journalKey(
  inside: Operations,
  by: KeyChanger,
  { what, before, after }: { what: 'secrets.rotated' | 'secrets.given_up'; before: object; after: object },
): Promise<void> {
  const entry = { ...by, what, subject: `setting:${checkSetting}`, before, after };
  await appendJournal(inside, [entry], 'settings');
}

/**
 * Seals all secrets with another key: the environment's, or one that is made beside the data. The key of before stays until
 * the transaction is on the disk, so that whoever is killed at any step leaves a store that opens: a start, or the next
 * change, goes on from there. That the key is another is an entry of the journal, made with it. Rejects with an error that says what to do when the key of now, or a new one, is missing.
 */
export async function rotateKeys(
  settings: KeySettings,
  operations: Operations,
  by: KeyChanger,
  onStep: (step: RotationStep) => void = () => undefined,
): Promise<Resealed> {
  const files = keyFiles(settings);
  const isFile = settings.ENCRYPTION_KEY === undefined && needsDataDirectory(settings);
  const keyId = await readSealingKeyId(operations);
  const { known, wanted } = readKeys(settings);
  const now = await findSealingKey(operations, known);
  if (keyId !== null && !now) throw wrongKey(settings, keyId);
  const sealed = (next: EncryptionKey) => async (inside: Operations) => {
    if (next.id !== keyId)
      await journalKey(inside, by, {
        what: 'secrets.rotated',
        ...{ before: { key: keyId }, after: { key: next.id } },
      });
    onStep('sealed');
  };
  if (!isFile) {
    if (!wanted)
      throw new NoNewKey({
        ru: 'Ключ не задан: сделайте его командой «openssl rand -hex 32» и укажите в ENCRYPTION_KEY.',
        en: 'No key is set: make one by "openssl rand -hex 32", and give it as ENCRYPTION_KEY.',
      });
    const { open, former } = await countUnsealed(operations, known, now);
    if (wanted.id === keyId && settings.ENCRYPTION_KEY_BEFORE === undefined && open + former === 0)
      throw new NoNewKey({
        ru: 'Секреты уже зашифрованы ключом из ENCRYPTION_KEY. Чтобы сменить его, укажите новый в ENCRYPTION_KEY, прежний в ENCRYPTION_KEY_BEFORE, запустите ПрофПульс заново и повторите команду.',
        en: 'The secrets are encrypted with the key of ENCRYPTION_KEY already. To change it, give a new one as ENCRYPTION_KEY and the former one as ENCRYPTION_KEY_BEFORE, start ProfPulse anew and give the command again.',
      });
    const done = await sealEverything(operations, wanted, known, sealed(wanted));
    onStep('committed');
    return done;
  }
  // What an interrupted change has left in use takes its place first.
  if (keyId !== null && readNextKeyFile(files.next)?.id === keyId) moveKeyFile(files.next, files.own);
  const next = readNextKeyFile(files.next) ?? makeKeyFile(files.next);
  onStep('made');
  const done = await sealEverything(operations, next, [...known, next], sealed(next));
  onStep('committed');
  moveKeyFile(files.next, files.own);
  onStep('moved');
  return done;
}

/**
 * Begins anew with another key after the one of now was lost: what was sealed with it is forgotten, and what that was is an entry of
 * the journal, whole or not at all. Gives what was forgotten. Rejects while the key is there.
 */
export async function replaceLostKey(
  settings: KeySettings,
  operations: Operations,
  by: KeyChanger,
): Promise<Forgotten> {
  const { known, wanted } = readKeys(settings);
  const keyId = await readSealingKeyId(operations);
  if (keyId === null || (await findSealingKey(operations, known)))
    throw new NoNewKey({
      ru: 'Ключ не потерян: им открывается всё, что зашифровано в базе. Чтобы сменить его, дайте команду без --lost.',
      en: 'The key is not lost: it opens what is encrypted in the database. To change it, give the command without --lost.',
    });
  // Before anything is given up: where none can be made, all stays as it is.
  const key = wanted ?? (needsDataDirectory(settings) ? makeKeyFile(keyFiles(settings).own) : null);
  return await writeSecret(operations, () =>
    editInTurn(operations, async (inside) => {
      const forgotten = await forgetLost(inside, known);
      if (key) await sealEverything(inside, key, [...known, key]);
      await journalKey(inside, by, {
        what: 'secrets.given_up',
        ...{ before: { key: keyId, ...forgotten }, after: { key: key?.id ?? null } },
      });
      return forgotten;
    }),
  );
}
