import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Api, helpers } from 'telegram';
import type { ScriptedReply, ScriptedRequest } from './scripted-telegram.ts';
import { telegramPrime } from './telegram-prime.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const numberOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(512, '0'), 'hex');
const big = (value: number) => helpers.returnBigInt(value);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, factor] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

const prime = numberOf(telegramPrime);
const generator = 3;
const algorithm = {
  salt1: randomBytes(40),
  salt2: randomBytes(16),
  g: generator,
  p: telegramPrime,
};

/** What a server keeps of a password, and proves with: core.telegram.org/api/srp. */
function createVerifier(password: string) {
  const { salt1, salt2 } = algorithm;
  const salted = (salt: Buffer, data: Buffer) => sha256(salt, data, salt);
  const first = salted(salt2, salted(salt1, Buffer.from(password)));
  const x = numberOf(salted(salt2, pbkdf2Sync(first, salt1, 100_000, 64, 'sha512')));
  const v = power(BigInt(generator), x, prime);
  const g = bytesOf(BigInt(generator));
  const k = numberOf(sha256(telegramPrime, g));
  return {
    /** A question, and what judges the answer to it. */
    ask: () => {
      const b = numberOf(randomBytes(256));
      const question = bytesOf((k * v + power(BigInt(generator), b, prime)) % prime);
      const isRight = (A: Buffer, proof: Buffer): boolean => {
        const u = numberOf(sha256(A, question));
        const shared = power(numberOf(A) * power(v, u, prime), b, prime);
        const [one, two] = [sha256(telegramPrime), sha256(g)];
        const mixed = Buffer.from(one.map((byte, index) => byte ^ (two[index] ?? 0)));
        const right = sha256(mixed, sha256(salt1), sha256(salt2), A, question, sha256(bytesOf(shared)));
        return right.equals(proof);
      };
      return { question, isRight };
    },
  };
}

/** Somebody who has a number with Telegram. */
export interface Person {
  phone: string;
  code: string;
  /** The second factor; without one the code is enough. */
  password?: string;
  hint?: string;
}

/** Signs a person in as Telegram does, the proof of a password verified. */
export function loginDesk(person: Person) {
  const verifier = person.password === undefined ? null : createVerifier(person.password);
  const questions = new Map<string, ReturnType<NonNullable<typeof verifier>['ask']>>();
  const signedIn = new Set<number>();
  const user = new Api.User({ id: big(5), self: true, accessHash: big(6), firstName: 'Анна' });
  const welcome = (account: number): ScriptedReply => {
    signedIn.add(account);
    return { answer: new Api.auth.Authorization({ user }) };
  };

  const reply = ({ account, request }: ScriptedRequest): ScriptedReply | undefined => {
    if (request instanceof Api.auth.SendCode) {
      if (request.apiHash !== '0123456789abcdef0123456789abcdef') return { refuse: 'API_ID_INVALID' };
      if (request.phoneNumber !== person.phone) return { refuse: 'PHONE_NUMBER_INVALID' };
      const type = new Api.auth.SentCodeTypeApp({ length: person.code.length });
      return { answer: new Api.auth.SentCode({ type, phoneCodeHash: 'hash' }) };
    }
    if (request instanceof Api.auth.SignIn) {
      if (request.phoneCodeHash !== 'hash') return { refuse: 'PHONE_CODE_HASH_EMPTY' };
      if (request.phoneCode !== person.code) return { refuse: 'PHONE_CODE_INVALID' };
      return verifier ? { refuse: 'SESSION_PASSWORD_NEEDED', code: 401 } : welcome(account);
    }
    if (request instanceof Api.account.GetPassword && verifier) {
      const question = verifier.ask();
      const srpId = String(questions.size + 1);
      questions.set(srpId, question);
      const algo = new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(algorithm);
      return {
        answer: new Api.account.Password({
          hasPassword: true,
          currentAlgo: algo,
          srp_B: question.question,
          srpId: helpers.returnBigInt(srpId),
          hint: person.hint,
          newAlgo: algo,
          newSecureAlgo: new Api.SecurePasswordKdfAlgoUnknown(),
          secureRandom: randomBytes(16),
        }),
      };
    }
    if (request instanceof Api.auth.CheckPassword) {
      const { password } = request;
      if (!(password instanceof Api.InputCheckPasswordSRP)) return { refuse: 'PASSWORD_HASH_INVALID' };
      const question = questions.get(password.srpId.toString());
      if (!question || question !== [...questions.values()].at(-1)) return { refuse: 'SRP_ID_INVALID' };
      return question.isRight(password.A, password.M1)
        ? welcome(account)
        : { refuse: 'PASSWORD_HASH_INVALID' };
    }
    return undefined;
  };
  return { reply, isSignedIn: (account: number) => signedIn.has(account) };
}
