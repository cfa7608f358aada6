import { randomInt } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Operations } from '#schema/operations/connect.ts';
import type { Keyring } from '#schema/operations/sealed-values.ts';
import { mostPasswordLength } from './lengths.ts';
import { sealedSecondStep } from './sealed-second-step.ts';

/** How long a session lasts that nobody uses, and how often its use is written down, in seconds. */
const sessionLasts = 14 * 24 * 3600;
const sessionRenewedEvery = 3600;

/** As many characters as `AUTH_SECRET` has to have. */
const leastSecretLength = 32;

/** Letters and figures that nobody takes for another when they read them from paper. */
const legible = '23456789abcdefghjkmnpqrstuvwxyz';

/** Ten codes of ten characters, about 49 random bits each. */
function recoveryCodes(): string[] {
  const part = (): string => Array.from({ length: 5 }, () => legible[randomInt(legible.length)]).join('');
  return Array.from({ length: 10 }, () => `${part()}-${part()}`);
}

/** What logins are made with. */
export interface AuthOptions {
  operations: Operations;
  /** What secrets of second steps are sealed with in the store. */
  keyring: Keyring;
  /** What cookies are signed with (`AUTH_SECRET`). */
  secret: string;
  /** People reach the server by https: the cookie is never sent otherwise, and belongs to this host alone. */
  isSecure: boolean;
}

/**
 * The library of logins, over the operations store's own connection (a second one to SQLite would wait for the first for
 * ever). Its endpoints are not served: we call it, and serve pages of our own. Dates are texts and flags numbers in both
 * dialects, as in the rest of the store: so it is told of SQLite in either.
 */
export function createAuth({ operations, keyring, secret, isSecure }: AuthOptions) {
  // Without one the library would sign with a word that everybody knows.
  if (secret.length < leastSecretLength) throw new Error('The secret of sessions is too short.');
  return betterAuth({
    appName: 'ProfPulse',
    secret,
    // Links are made by ourselves, and no request is answered by the library.
    baseURL: 'http://localhost',
    database: { db: operations.db, type: 'sqlite' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: mostPasswordLength,
    },
    user: { modelName: 'users' },
    account: { modelName: 'credentials' },
    verification: { modelName: 'verifications' },
    plugins: [
      sealedSecondStep(operations, keyring),
      // Ten wrong codes lock the account's second factor for a quarter of an hour: the library's own limit.
      twoFactor({
        issuer: 'ProfPulse',
        twoFactorTable: 'twoFactors',
        backupCodeOptions: { customBackupCodesGenerate: recoveryCodes },
      }),
    ],
    session: {
      modelName: 'sessions',
      expiresIn: sessionLasts,
      updateAge: sessionRenewedEvery,
      // A session that was ended, and a role that was taken, are without access at once.
      cookieCache: { enabled: false },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: isSecure ? '__Host-profpulse' : 'profpulse',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      database: { generateId: () => crypto.randomUUID() },
      cookies: {
        session_token: {
          name: isSecure ? '__Host-profpulse-session' : 'profpulse-session',
        },
      },
      ipAddress: { ipAddressHeaders: ['x-profpulse-address'] },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
