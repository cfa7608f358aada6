import { expect, test } from 'vitest';
import {
  encryptionKey,
  makeEncryptionKey,
  parseEncryptionKey,
  seal,
  SealBroken,
  sealedWith,
  unseal,
} from './sealed.ts';

const key = encryptionKey(Buffer.alloc(32, 1));
const other = encryptionKey(Buffer.alloc(32, 2));
const place = { table: 'two_factors', column: 'secret', row: 'a' };

test('a text comes back from its place, and looks like none of the same text', () => {
  for (const text of ['', 'тайна', 'x'.repeat(100_000)]) {
    const stored = seal(key, place, text);
    expect([unseal(key, place, stored), sealedWith(stored)]).toEqual([text, key.id]);
    expect(seal(key, place, text)).not.toBe(stored);
  }
  expect(seal(key, place, 'тайна')).not.toContain(Buffer.from('тайна').toString('base64url'));
  expect([sealedWith('тайна'), sealedWith('')]).toEqual([null, null]);
});

test('it opens with no other key, in no other place, and with no bit changed', () => {
  const stored = seal(key, place, 'тайна');
  const head = stored.length - Buffer.from('x'.repeat(38)).toString('base64url').length;
  const refused = [
    () => unseal(other, place, stored),
    () => unseal(other, place, stored.replace(key.id, other.id)),
    () => unseal(key, { ...place, table: 'settings' }, stored),
    () => unseal(key, { ...place, column: 'backup_codes' }, stored),
    () => unseal(key, { ...place, row: 'b' }, stored),
    () => unseal(key, place, stored.slice(0, head + 20)),
    () => unseal(key, place, stored.slice(0, -4)),
    () => unseal(key, place, ''),
    ...Array.from({ length: 38 }, (_, at) => () => {
      const packed = Buffer.from(stored.slice(head), 'base64url');
      packed[at] = (packed[at] ?? 0) ^ 1;
      return unseal(key, place, stored.slice(0, head) + packed.toString('base64url'));
    }),
  ];
  for (const attempt of refused) expect(attempt).toThrow(SealBroken);
});

test('a key is 32 bytes, written in hexadecimal digits or base64, and its name tells nothing of it', () => {
  const made = makeEncryptionKey();
  expect(parseEncryptionKey(made)?.id).toMatch(/^[0-9a-f]{16}$/);
  expect(made).not.toContain(parseEncryptionKey(made)?.id);
  const bytes = Buffer.from(made, 'hex');
  expect(parseEncryptionKey(bytes.toString('base64'))).toEqual(parseEncryptionKey(made.toUpperCase()));
  for (const wrong of ['', made.slice(2), `${made}00`, bytes.toString('base64').slice(4)])
    expect(parseEncryptionKey(wrong)).toBeNull();
  expect(() => encryptionKey(Buffer.alloc(31))).toThrow(RangeError);
});
