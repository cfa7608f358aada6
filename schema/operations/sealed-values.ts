import { serialize } from '#domain/mutex.ts';
import type { Operations } from './connect.ts';
import { editInTurn } from './edits-in-turn.ts';
import { seal, SealBroken, sealedWith, unseal, type EncryptionKey, type SealedPlace } from './sealed.ts';
import { getSetting, setSetting } from './settings.ts';

/** The keys that a process has: what new values are sealed with says the store (`readSealingKeyId`). */
export type KnownKeys = readonly EncryptionKey[];

/** Which key the store's values are sealed with, and a value that only that key opens. */
interface StoredCheck {
  keyId: string;
  check: string;
}

/** The setting that says which key it is; edits of it are journaled as of any other. */
export const checkSetting = 'encryption.key';
const checkPlace: SealedPlace = { table: 'settings', column: 'value', row: checkSetting };
const checkText = 'ProfPulse';

/** The name of the key that the store's values are sealed with; `null` before anything is. */
export async function readSealingKeyId(operations: Operations): Promise<string | null> {
  return (await getSetting<StoredCheck>(operations, checkSetting))?.keyId ?? null;
}

/** The key of those known that the store's values are sealed with; `null` when it is not among them. */
export async function findSealingKey(
  operations: Operations,
  known: KnownKeys,
): Promise<EncryptionKey | null> {
  const stored = await getSetting<StoredCheck>(operations, checkSetting);
  const key = known.find(({ id }) => id === stored?.keyId);
  if (!stored || !key) return null;
  return opens(key, checkPlace, stored.check) ? key : null;
}

function opens(key: EncryptionKey, place: SealedPlace, stored: string): boolean {
  try {
    unseal(key, place, stored);
    return true;
  } catch {
    return false;
  }
}

/** What of the store is secret, and may be sealed or not yet. */
interface SecretValue {
  place: SealedPlace;
  stored: string;
  replace(inside: Operations, stored: string): Promise<unknown>;
}

/** What sessions are signed with, where no setting says it and no file is beside the data. */
export const authSecretPlace = { table: 'settings', column: 'value', row: 'auth.secret' } as const;

export const secondStepPlace = (column: 'secret' | 'backup_codes', id: string): SealedPlace => ({
  table: 'two_factors',
  column,
  row: id,
});

/** Every secret that the store holds. A new kind of secret has its lines here, and nowhere else. */
async function listSecretValues(operations: Operations): Promise<SecretValue[]> {
  const authSecret = await getSetting<string>(operations, authSecretPlace.row);
  const secondSteps = await operations.db
    .selectFrom('twoFactors')
    .select(['id', 'secret', 'backupCodes'])
    .execute();
  const setStep = async ({ db }: Operations, id: string, set: { secret?: string; backupCodes?: string }) =>
    await db.updateTable('twoFactors').set(set).where('id', '=', id).execute();
  return [
    ...(typeof authSecret === 'string'
      ? [
          {
            place: authSecretPlace,
            stored: authSecret,
            replace: (inside: Operations, stored: string) => setSetting(inside, authSecretPlace.row, stored),
          },
        ]
      : []),
    ...secondSteps.flatMap(({ id, secret, backupCodes }): SecretValue[] => [
      {
        place: secondStepPlace('secret', id),
        stored: secret,
        replace: (inside, stored) => setStep(inside, id, { secret: stored }),
      },
      {
        place: secondStepPlace('backup_codes', id),
        stored: backupCodes,
        replace: (inside, stored) => setStep(inside, id, { backupCodes: stored }),
      },
    ]),
  ];
}

/** How many secrets are not sealed, how many by keys that are not known, and how many by another known key than `current`. */
export async function countUnsealed(
  operations: Operations,
  known: KnownKeys,
  current: EncryptionKey | null = null,
): Promise<{ open: number; lost: number; former: number }> {
  const keyIds = (await listSecretValues(operations)).map(({ stored }) => sealedWith(stored));
  return {
    open: keyIds.filter((id) => id === null).length,
    lost: keyIds.filter((id) => id !== null && !known.some((key) => key.id === id)).length,
    former: keyIds.filter((id) => current && id !== current.id && known.some((key) => key.id === id)).length,
  };
}

/** What of the secrets lies in the store as it is. */
export interface OpenSecrets {
  /** Of how many users the second step of the login. */
  secondSteps: number;
  /** What sessions are signed with. */
  sessions: boolean;
}

/** Which secrets of the store are not sealed. */
export async function findOpenSecrets(operations: Operations): Promise<OpenSecrets> {
  const open = (await listSecretValues(operations)).filter(({ stored }) => sealedWith(stored) === null);
  const steps = open.filter(({ place }) => place !== authSecretPlace).map(({ place }) => place.row);
  return { secondSteps: new Set(steps).size, sessions: open.some(({ place }) => place === authSecretPlace) };
}

/** What became of sealing everything with one key. */
export interface Resealed {
  /** Values that were not sealed, or with another key. */
  changed: number;
  /** Values that no known key opens: they are left as they are. */
  left: number;
}

/**
 * Seals every secret with a key, in one transaction, and says in the store that it is the one; what was sealed with another
 * known key is opened first. `during` is called in the transaction, with all done and nothing committed. Whoever writes a secret in
 * this process waits (`writeSecret`).
 */
export async function sealEverything(
  operations: Operations,
  key: EncryptionKey,
  known: KnownKeys,
  during: (inside: Operations) => Promise<void> = () => Promise.resolve(),
): Promise<Resealed> {
  return await writeSecret(operations, () =>
    editInTurn(operations, async (inside) => {
      let [changed, left] = [0, 0];
      for (const { place, stored, replace } of await listSecretValues(inside)) {
        const keyId = sealedWith(stored);
        if (keyId === key.id) continue;
        const former = known.find(({ id }) => id === keyId);
        if (keyId !== null && !(former && opens(former, place, stored))) {
          left += 1;
          continue;
        }
        await replace(inside, seal(key, place, former ? unseal(former, place, stored) : stored));
        changed += 1;
      }
      if ((await readSealingKeyId(inside)) !== key.id) {
        const check: StoredCheck = { keyId: key.id, check: seal(key, checkPlace, checkText) };
        await setSetting(inside, checkSetting, check);
      }
      await during(inside);
      return { changed, left };
    }),
  );
}

/** What was forgotten because nobody can open it any more. */
export interface Forgotten {
  /** The ids of the users whose second steps of the login there were. */
  secondSteps: string[];
  /** What sessions are signed with was among it: everybody signs in anew. */
  sessions: boolean;
}

/** Forgets what is sealed with keys that nobody has any more: second steps of logins are gone, sessions are signed anew. */
export async function forgetLost(operations: Operations, known: KnownKeys): Promise<Forgotten> {
  return await editInTurn(operations, async (inside) => {
    const lost = (await listSecretValues(inside)).filter(({ stored }) => {
      const keyId = sealedWith(stored);
      return keyId !== null && !known.some(({ id }) => id === keyId);
    });
    const steps = [
      ...new Set(lost.filter(({ place }) => place !== authSecretPlace).map(({ place }) => place.row)),
    ];
    const sessions = lost.some(({ place }) => place === authSecretPlace);
    if (sessions) await setSetting(inside, authSecretPlace.row, undefined);
    const secondSteps: string[] = [];
    for (const id of steps) {
      const { userId } = await inside.db
        .deleteFrom('twoFactors')
        .where('id', '=', id)
        .returning('userId')
        .executeTakeFirstOrThrow();
      await inside.db.updateTable('users').set({ twoFactorEnabled: 0 }).where('id', '=', userId).execute();
      secondSteps.push(userId);
    }
    await setSetting(inside, checkSetting, undefined);
    return { secondSteps, sessions };
  });
}

/** Writes secrets one after the other, so that none is sealed with a key that is being replaced. */
export async function writeSecret<Result>(
  operations: Operations,
  write: () => Promise<Result>,
): Promise<Result> {
  return await serialize(operations, write);
}

/** Seals and opens values of a store. */
export interface Keyring {
  /** The text as it is to be stored: sealed with the key of the store, or as it is where there is none. */
  seal(place: SealedPlace, text: string): Promise<string>;
  /** The text of a stored value; one that was never sealed as it is. Rejects with `SealBroken`. */
  unseal(place: SealedPlace, stored: string): string;
}

/** A keyring of the keys that `known` gives: it is asked each time, since keys change under a running process. */
export function keyringOf(operations: Operations, known: () => KnownKeys): Keyring {
  return {
    seal: async (place, text) => {
      const keyId = await readSealingKeyId(operations);
      if (keyId === null) return text;
      const key = known().find(({ id }) => id === keyId);
      if (!key) throw new SealBroken(place);
      return seal(key, place, text);
    },
    unseal: (place, stored) => {
      const keyId = sealedWith(stored);
      if (keyId === null) return stored;
      const key = known().find(({ id }) => id === keyId);
      if (!key) throw new SealBroken(place);
      return unseal(key, place, stored);
    },
  };
}
