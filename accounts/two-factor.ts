import type { Auth } from './auth.ts';
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
  INVALID_CODE: 'code_wrong',
  INVALID_BACKUP_CODE: 'code_wrong',
  OTP_HAS_EXPIRED: 'code_wrong',
  ACCOUNT_TEMPORARILY_LOCKED: 'too_many_codes',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'login_again',
  INVALID_TWO_FACTOR_COOKIE: 'login_again',
  TOTP_ALREADY_ENABLED: 'no_such_account',
  TOTP_NOT_ENABLED: 'no_such_account',
  UNAUTHORIZED: 'login_again',
};

/** The library's answer. Rejects with `AccountRefused` where it refused, and with an error for anything else. */
async function answered(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const { code = '' } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { code?: string };
  const problem = problems[code];
  if (problem) throw new AccountRefused(problem);
  throw new Error(`The second factor could not be checked: ${answer.status} ${await answer.text()}`);
}

const cookiesOf = async (answer: Promise<Response>): Promise<readonly string[]> =>
  (await answered(await answer)).headers.getSetCookie();

/** The second factor of an instance's logins. */
export function twoFactorOf({ api }: Auth): TwoFactor {
  const asResponse = true as const;
  return {
    begin: async (headers, password) => {
      const answer = await answered(await api.enableTwoFactor({ body: { password }, headers, asResponse }));
      const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
      const secret = new URL(totpURI).searchParams.get('secret') ?? '';
      return { uri: totpURI, secret, recoveryCodes: backupCodes };
    },
    confirm: (headers, code) =>
      cookiesOf(api.verifyTOTP({ body: { code: code.replaceAll(/\s/g, '') }, headers, asResponse })),
    end: (headers, password) => cookiesOf(api.disableTwoFactor({ body: { password }, headers, asResponse })),
    finishLogin: (headers, entered) => {
      const code = entered.replaceAll(/\s/g, '');
      // A code of the app has six figures; recovery codes are longer.
      return /^\d{6}$/.test(code)
        ? cookiesOf(api.verifyTOTP({ body: { code }, headers, asResponse }))
        : cookiesOf(api.verifyBackupCode({ body: { code }, headers, asResponse }));
    },
  };
}
