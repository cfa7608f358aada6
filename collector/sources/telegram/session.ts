import { createHash } from 'node:crypto';
import { TelegramFailure } from './errors.ts';

/** Bytes of the key that a session ends with, behind a server and its address. */
const keyLength = 256;

function keyOf(session: string): Buffer | null {
  const bytes = Buffer.from(session.slice(1), 'base64');
  return session.startsWith('1') && bytes.length > keyLength ? bytes.subarray(-keyLength) : null;
}

/** What is wrong with a session before anybody is asked; `null` when nothing is. */
export function sessionProblem(session: string): TelegramFailure | null {
  if (keyOf(session)) return null;
  return new TelegramFailure(
    'dead_account',
    'the session is not whole: copy all of its one long line, or make a new one by npm run profpulse -- telegram login',
  );
}

/** The first 12 hex digits of the key's SHA-256: tells accounts apart, gives nothing away. */
export function fingerprintOf(session: string): string {
  return createHash('sha256')
    .update(keyOf(session) ?? session)
    .digest('hex')
    .slice(0, 12);
}
