import { createHash, randomBytes } from 'node:crypto';
import { IGE } from 'telegram/crypto/IGE.js';
import { ProtocolError } from './byte-stream.ts';

const sha256 = (...parts: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** Salt, session, id, number and length before a message's body. */
const headLength = 32;
const block = 16;
const leastPadding = 12;
const mostPadding = 1024;

/** A message as it is inside the encryption. Ids are unsigned. */
export interface PlainMessage {
  salt: bigint;
  session: bigint;
  id: bigint;
  number: number;
  body: Buffer;
}

/** The key of a session, 256 bytes, and MTProto 2.0 encryption with it: core.telegram.org/mtproto/description. */
export class AuthKey {
  /** The last 64 bits of the key's SHA-1, which packets begin with. */
  readonly id: Buffer;
  #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== 256) throw new RangeError(`A key has 256 bytes, got ${key.length}.`);
    this.#key = key;
    this.id = createHash('sha1').update(key).digest().subarray(-8);
  }

  #cipher(messageKey: Buffer, from: 'client' | 'server'): IGE {
    const at = from === 'client' ? 0 : 8;
    const one = sha256(messageKey, this.#key.subarray(at, at + 36));
    const two = sha256(this.#key.subarray(at + 40, at + 76), messageKey);
    return new IGE(
      Buffer.concat([one.subarray(0, 8), two.subarray(8, 24), one.subarray(24, 32)]),
      Buffer.concat([two.subarray(0, 8), one.subarray(8, 24), two.subarray(24, 32)]),
    );
  }

  #messageKey(plain: Buffer, from: 'client' | 'server'): Buffer {
    const at = from === 'client' ? 88 : 96;
    return sha256(this.#key.subarray(at, at + 32), plain).subarray(8, 24);
  }

  /** Opens a client's packet and checks it. Throws `ProtocolError`. */
  open(packet: Buffer): PlainMessage {
    const encrypted = packet.subarray(24);
    if (encrypted.length < headLength + leastPadding || encrypted.length % block !== 0) {
      throw new ProtocolError(`an encrypted message of ${encrypted.length} bytes`);
    }
    const messageKey = packet.subarray(8, 24);
    const plain = this.#cipher(messageKey, 'client').decryptIge(encrypted);
    if (!this.#messageKey(plain, 'client').equals(messageKey)) {
      throw new ProtocolError('a message that its own key does not fit');
    }
    const length = plain.readInt32LE(28);
    const padding = plain.length - headLength - length;
    if (length < 0 || length % 4 !== 0 || padding < leastPadding || padding > mostPadding) {
      throw new ProtocolError(`a message of ${length} bytes with ${padding} bytes of padding`);
    }
    return {
      salt: plain.readBigUInt64LE(0),
      session: plain.readBigUInt64LE(8),
      id: plain.readBigUInt64LE(16),
      number: plain.readInt32LE(24),
      body: plain.subarray(headLength, headLength + length),
    };
  }

  /** Encrypts a message of the server's into a packet. */
  seal({ salt, session, id, number, body }: PlainMessage): Buffer {
    const head = Buffer.alloc(headLength);
    head.writeBigUInt64LE(salt, 0);
    head.writeBigUInt64LE(session, 8);
    head.writeBigUInt64LE(id, 16);
    head.writeInt32LE(number, 24);
    head.writeInt32LE(body.length, 28);
    const rest = (headLength + body.length + leastPadding) % block;
    const padding = randomBytes(leastPadding + ((block - rest) % block));
    const plain = Buffer.concat([head, body, padding]);
    const messageKey = this.#messageKey(plain, 'server');
    return Buffer.concat([this.id, messageKey, this.#cipher(messageKey, 'server').encryptIge(plain)]);
  }
}

/** Any server's address: a client behind a proxy reaches the proxy whatever stands here. */
const address = '149.154.167.51';
const port = 443;

/** A ready session of a key, as `telegram login` would print it: gramjs's `StringSession`. */
export function sessionOf(key: Buffer): string {
  const head = Buffer.alloc(3);
  head.writeUInt8(2, 0);
  head.writeInt16BE(address.length, 1);
  const tail = Buffer.alloc(2);
  tail.writeInt16BE(port, 0);
  return `1${Buffer.concat([head, Buffer.from(address), tail, key]).toString('base64')}`;
}
