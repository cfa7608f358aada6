import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** A key of AES-256, and the name by which values say that they are sealed with it. */
export interface EncryptionKey {
  /** 16 hexadecimal digits, which tell nothing of the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Where a value lies: one that was moved to another row or column does not open there. */
export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/** How each sealed value begins; the figure is the shape of what follows. */
const mark = 'sealed:1:';
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** A key of 32 bytes. Throws `RangeError` for any other length. */
export function encryptionKey(bytes: Uint8Array): EncryptionKey {
  if (bytes.length !== keyLength) throw new RangeError(`A key has ${keyLength} bytes, not ${bytes.length}.`);
  return {
    id: createHmac('sha256', bytes).update('profpulse: name of the key').digest('hex').slice(0, 16),
    bytes,
  };
}

/** A key as it is written: 64 hexadecimal digits, or base64 of 32 bytes; `null` for anything else. */
export function parseEncryptionKey(text: string): EncryptionKey | null {
  if (/^[0-9a-f]{64}$/iu.test(text)) return encryptionKey(Buffer.from(text, 'hex'));
  if (/^[A-Za-z0-9+/]{43}=$/u.test(text)) return encryptionKey(Buffer.from(text, 'base64'));
  return null;
}

/** A new key, as it is written: 64 hexadecimal digits. */
export const makeEncryptionKey = (): string => randomBytes(keyLength).toString('hex');

/** The name of the key that a stored value is sealed with; `null` when it is not sealed. */
export function sealedWith(stored: string): string | null {
  if (!stored.startsWith(mark)) return null;
  return stored.slice(mark.length).split(':', 1)[0] ?? null;
}

const boundTo = (keyId: string, { table, column, row }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([keyId, table, column, row]));

/** Seals a text for its place with AES-256-GCM. No two of the same text look alike. */
export function seal({ id, bytes }: EncryptionKey, place: SealedPlace, text: string): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: tagLength });
  cipher.setAAD(boundTo(id, place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${mark}${id}:${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
}

/** Opens what `seal` gave. Throws `SealBroken` with another key, in another place, or when a bit was changed. */
export function unseal({ id, bytes }: EncryptionKey, place: SealedPlace, stored: string): string {
  const packed = Buffer.from(stored.slice(`${mark}${id}:`.length), 'base64url');
  if (sealedWith(stored) !== id || packed.length < nonceLength + tagLength) throw new SealBroken(place);
  const end = packed.length - tagLength;
  try {
    const opening = createDecipheriv('aes-256-gcm', bytes, packed.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    opening.setAAD(boundTo(id, place)).setAuthTag(packed.subarray(end));
    return opening.update(packed.subarray(nonceLength, end), undefined, 'utf8') + opening.final('utf8');
  } catch (error) {
    throw new SealBroken(place, { cause: error });
  }
}

/** A sealed value does not open: with this key, in this place. Its message names the place and nothing of the value. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';

  constructor({ table, column, row }: SealedPlace, options?: ErrorOptions) {
    super(`What is sealed in ${table}.${column} of ${row} does not open.`, options);
  }
}
