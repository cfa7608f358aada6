import { createHash, randomBytes } from 'node:crypto';

/** A token that nobody guesses: 256 random bits, as they stand in an address or a header. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token. It has too many bits to be tried, so that a quick hash is enough. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
