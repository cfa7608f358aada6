import {
  constants,
  createDiffieHellman,
  createHash,
  type DiffieHellman,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';
import { Api, extensions, helpers } from 'telegram';
import { IGE } from 'telegram/crypto/IGE.js';
import { _serverKeys } from 'telegram/crypto/RSA.js';
import { systemClock } from '#domain/clock.ts';
import { telegramPrime } from './telegram-prime.ts';

const sha1 = (...parts: Buffer[]) => createHash('sha1').update(Buffer.concat(parts)).digest();
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const little = (bytes: Buffer) => helpers.readBigIntFromBuffer(bytes, true, true);
const bytesOf = (value: Api.int128 | Api.int256, length: number) =>
  helpers.toSignedLittleBuffer(value, length);
const read = (bytes: Buffer): unknown => new extensions.BinaryReader(bytes).tgReadObject() as unknown;

/** The public key of a server, as a client has to know it beforehand. */
export interface PublicKey {
  fingerprint: string;
  /** The modulus in decimal. */
  modulus: string;
}

/** Lets gramjs in this process trust a server beside Telegram's own. */
export function trustServer({ fingerprint, modulus }: PublicKey): void {
  _serverKeys.set(fingerprint, { n: helpers.returnBigInt(modulus), e: 65_537 });
}

/** A server's side of agreeing on a key: core.telegram.org/mtproto/auth_key. */
export interface KeyExchange {
  publicKey: PublicKey;
  /** For one connection: answers its unencrypted messages, and gives the key when there is one. */
  begin(agreed: (key: Buffer) => void): (packet: Buffer) => Buffer;
}

const pq = Buffer.from('17ED48941A08F981', 'hex');
const generator = 3;

let group: DiffieHellman | undefined;
/** The group with this secret: one for all, since making it proves its prime, which takes a hundred times an agreement. */
function groupWith(secret: Buffer): DiffieHellman {
  group ??= createDiffieHellman(telegramPrime, Buffer.from([generator]));
  group.setPrivateKey(secret);
  return group;
}

/** Makes a server's keys. */
export function createKeyExchange(): KeyExchange {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 65_537 });
  const { n = '' } = privateKey.export({ format: 'jwk' });
  const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`).toString();
  const fingerprint = randomBytes(8).readBigInt64LE(0).toString();

  /** The client's nonce out of what it has encrypted for the public key (RSA_PAD); throws when its hash is wrong. */
  function newNonceIn(encrypted: Buffer): Buffer {
    const opened = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
    const [mixed, body] = [opened.subarray(0, 32), opened.subarray(32)];
    const hash = sha256(body);
    const key = Buffer.from(mixed.map((byte, index) => byte ^ (hash[index] ?? 0)));
    const plain = new IGE(key, Buffer.alloc(32)).decryptIge(body);
    const data = Buffer.from(plain.subarray(0, 192)).reverse();
    if (!sha256(key, data).equals(plain.subarray(192)))
      throw new Error('The client’s RSA_PAD has a wrong hash.');
    return bytesOf((read(data) as Api.PQInnerData).newNonce, 32);
  }

  return {
    publicKey: { fingerprint, modulus },
    begin: (agreed) => {
      const secret = randomBytes(255);
      const serverNonce = randomBytes(16);
      let newNonce = Buffer.alloc(32);

      const cipher = (): IGE => {
        const [one, two] = [sha1(newNonce, serverNonce), sha1(serverNonce, newNonce)];
        const key = Buffer.concat([one, two.subarray(0, 12)]);
        const vector = Buffer.concat([
          two.subarray(12, 20),
          sha1(newNonce, newNonce),
          newNonce.subarray(0, 4),
        ]);
        return new IGE(key, vector);
      };

      function answerTo(request: Api.ReqPqMulti | Api.ReqDHParams | Api.SetClientDHParams): Buffer {
        const nonces = { nonce: request.nonce, serverNonce: little(serverNonce) };
        if (request.className === 'ReqPqMulti') {
          const serverPublicKeyFingerprints = [helpers.returnBigInt(fingerprint)];
          return new Api.ResPQ({ ...nonces, pq, serverPublicKeyFingerprints }).getBytes();
        }
        if (request.className === 'ReqDHParams') {
          newNonce = Buffer.from(newNonceIn(request.encryptedData));
          const data = new Api.ServerDHInnerData({
            ...nonces,
            g: generator,
            dhPrime: telegramPrime,
            gA: groupWith(secret).generateKeys(),
            serverTime: Math.floor(systemClock.now().getTime() / 1000),
          }).getBytes();
          const short = (20 + data.length) % 16;
          const plain = Buffer.concat([sha1(data), data, randomBytes((16 - short) % 16)]);
          return new Api.ServerDHParamsOk({
            ...nonces,
            encryptedAnswer: cipher().encryptIge(plain),
          }).getBytes();
        }
        const plain = cipher().decryptIge(request.encryptedData);
        const { gB } = read(plain.subarray(20)) as Api.ClientDHInnerData;
        const shared = groupWith(secret).computeSecret(gB);
        const key = Buffer.concat([Buffer.alloc(256 - shared.length), shared]);
        agreed(key);
        const hash = sha1(newNonce, Buffer.from([1]), sha1(key).subarray(0, 8)).subarray(4);
        return new Api.DhGenOk({ ...nonces, newNonceHash1: little(hash) }).getBytes();
      }

      return (packet) => {
        const answer = answerTo(read(packet.subarray(20)) as Parameters<typeof answerTo>[0]);
        const head = Buffer.alloc(20);
        head.writeBigInt64LE((BigInt(Math.floor(systemClock.now().getTime() / 1000)) << 32n) + 1n, 8);
        head.writeInt32LE(answer.length, 16);
        return Buffer.concat([head, answer]);
      };
    },
  };
}
