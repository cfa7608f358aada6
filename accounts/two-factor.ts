import { createHash } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { countAttempt } from '#schema/operations/attempts.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { SealBroken } from '#schema/operations/sealed.ts';
import { endSessionOf } from '#schema/operations/sessions.ts';
import type { Auth } from './auth.ts';
import type { LoginLimits } from './login-limits.ts';
import { AccountRefused, type AccountProblemCode } from './problems.ts';

/** What an app of codes is set up with, and what is kept for the day when it is lost. Shown once. */
export interface NewTwoFactor {
  /** `otpauth://…`: what the app reads from a picture. */
  uri: string;
  /** The same, to be typed: base32. */
  secret: string;
  /** Each signs in once, without the app. */
  recoveryCodes: readonly string[];
}

/** The second factor of logins: codes of an app (TOTP, RFC 6238), and recovery codes. */
export interface TwoFactor {
  /** Makes a secret, which holds once a code of it was entered. Rejects with `AccountRefused`. */
  begin(headers: Headers, password: string): Promise<NewTwoFactor>;
  /** Confirms the secret by a code; from then on logins ask for one. Returns the cookies to set. Rejects with `AccountRefused`. */
  confirm(headers: Headers, code: string): Promise<readonly string[]>;
  /** Takes the second factor away. Returns the cookies to set. Rejects with `AccountRefused`. */
  end(headers: Headers, password: string): Promise<readonly string[]>;
  /** Finishes a login by a code of the app, or a recovery code. Returns the cookies to set. Rejects with `AccountRefused`. */
  finishLogin(headers: Headers, code: string): Promise<readonly string[]>;
}

/** What the library's refusals mean. */
const problems: Readonly<Record<string, AccountProblemCode>> = {
  INVALID_PASSWORD: 'wrong_password',
  PASSWORD_TOO_LONG: 'wrong_password',
  INVALID_CODE: 'code_wrong',
  INVALID_BACKUP_CODE: 'code_wrong',
  OTP_HAS_EXPIRED: 'code_wrong',
  ACCOUNT_TEMPORARILY_LOCKED: 'too_many_codes',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'login_again',
  INVALID_TWO_FACTOR_COOKIE: 'login_again',
  TOTP_ALREADY_ENABLED: 'factor_there',
  TOTP_NOT_ENABLED: 'no_such_account',
  UNAUTHORIZED: 'login_again',
};

/** What the second factor rests on. */
export interface TwoFactorOptions {
  limits: LoginLimits;
  operations: Operations;
  clock: Pick<Clock, 'now'>;
}

/** A code is taken for a minute and a half: its own half minute, and those beside it. */
const codeLasts = 120_000;

/** The library's answer. Rejects with `AccountRefused` where it refused, and with an error for anything else. */
async function answered(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const { code = '' } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string };
  const problem = problems[code];
  if (problem) throw new AccountRefused(problem);
  // The same recovery code was used at the same moment.
  if (answer.status === 409) throw new AccountRefused('code_wrong');
  throw new Error(`The second factor could not be checked: ${answer.status} ${await answer.text()}`);
}

const cookiesOf = async (answer: Promise<Response>): Promise<readonly string[]> =>
  (await answered(await answer)).headers.getSetCookie();

/** The second factor of an instance's logins. */
export function twoFactorOf({ api }: Auth, { limits, operations, clock }: TwoFactorOptions): TwoFactor {
  const asResponse = true as const;
  /** Guessing the password of an open session is counted as guessing it at the door. */
  const withPassword = async <Result>(headers: Headers, work: () => Promise<Result>): Promise<Result> => {
    const session = await api.getSession({ headers });
    if (!session) throw new AccountRefused('login_again');
    await limits.count(session.user.email);
    const done = await work();
    await limits.forget(session.user.email);
    return done;
  };
  /** Refuses a code that has let somebody in already: whoever saw it typed does not come in after them. */
  const once = async (answer: Response, code: string): Promise<readonly string[]> => {
    const { token, user } = (await answer.clone().json()) as { token: string; user: { id: string } };
    const key = `code ${user.id} ${createHash('sha256').update(code).digest('hex')}`;
    const now = clock.now().getTime();
    const { points } = await countAttempt(
      operations,
      key,
      { points: 1, lasts: codeLasts, isReset: false },
      now,
    );
    if (points === 1) return answer.headers.getSetCookie();
    await endSessionOf(operations, token);
    throw new AccountRefused('code_wrong');
  };
  return {
    begin: async (headers, password) => {
      const answer = await withPassword(
        headers,
        async () => await answered(await api.enableTwoFactor({ body: { password }, headers, asResponse })),
      );
      const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
      const secret = new URL(totpURI).searchParams.get('secret') ?? '';
      return { uri: totpURI, secret, recoveryCodes: backupCodes };
    },
    confirm: (headers, code) =>
      cookiesOf(api.verifyTOTP({ body: { code: code.replaceAll(/\s/g, '') }, headers, asResponse })),
    end: (headers, password) =>
      withPassword(headers, () =>
        cookiesOf(api.disableTwoFactor({ body: { password }, headers, asResponse })),
      ),
    finishLogin: async (headers, entered) => {
      try {
        return await finishLogin(headers, entered);
      } catch (error) {
        // The secret of the app was encrypted with another secret, or sealed with another key, than those that are set.
        if (error instanceof SealBroken || (error instanceof Error && /invalid tag/.test(error.message)))
          throw new AccountRefused('factor_unreadable');
        throw error;
      }
    },
  };

  async function finishLogin(headers: Headers, entered: string): Promise<readonly string[]> {
    const code = entered.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
    // A code of the app has six figures; recovery codes are longer.
    if (/^\d{6}$/.test(code))
      return await once(await answered(await api.verifyTOTP({ body: { code }, headers, asResponse })), code);
    const recovery = `${code.slice(0, 5)}-${code.slice(5)}`;
    return await cookiesOf(api.verifyBackupCode({ body: { code: recovery }, headers, asResponse }));
  }
}
