import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { readSenderNames } from '#register/sender-names.ts';
import { revokeOneTimeLinks } from '#schema/operations/one-time-links.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { getUser, setPasswordHash, type User } from '#schema/operations/users.ts';
import { endSessions } from '#schema/operations/sessions.ts';
import type { Keyring } from '#schema/operations/sealed-values.ts';
import { createAuth } from './auth.ts';
import { loginLimits } from './login-limits.ts';
import { passwordProblem } from './password.ts';
import { roles, type Role } from './permissions.ts';
import { AccountRefused } from './problems.ts';
import type { HeldRole } from './scope.ts';
import { twoFactorOf, type TwoFactor } from './two-factor.ts';

/** Who is signed in: an account, the roles it has at this moment, and the session. */
export interface SignedIn {
  user: User;
  roles: readonly Role[];
  /** The same with where each holds. */
  held: readonly HeldRole[];
  sessionId: string;
  /** Cookies that the answer has to set, when the session was prolonged. */
  cookies: readonly string[];
}

/** Where a request comes from, as the list of sessions tells it. */
export interface RequestOrigin {
  /** '' when not known. */
  address: string;
  userAgent: string;
}

/** What came of a right password. */
export interface BegunLogin {
  /** The cookies to set. */
  cookies: readonly string[];
  /** A code is asked for before the session begins (`twoFactor.finishLogin`). */
  needsCode: boolean;
}

/** Logins of an instance, made once per process. */
export interface Accounts {
  readonly operations: Operations;
  readonly clock: Pick<Clock, 'now'>;
  /** Begins a session, or asks for the second factor first. Rejects with `AccountRefused`. */
  signIn(email: string, password: string, origin: RequestOrigin): Promise<BegunLogin>;
  readonly twoFactor: TwoFactor;
  /** Ends the session of a request; returns the cookies to set. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Who a request's cookie stands for; `null` without one, or when its session or account has ended. */
  signedIn(headers: Headers): Promise<SignedIn | null>;
  /** A password as it is stored. Rejects with `AccountRefused` when it is too easily guessed; `words`: known of its owner. */
  hashPassword(password: string, words: readonly string[]): Promise<string>;
  /** Forgets how often an account was tried to be signed in to. */
  forgetTries(email: string): Promise<void>;
  /** Sets a new password, ends the other sessions and the links for another one. Rejects with `AccountRefused`. */
  changePassword(of: SignedIn, current: string, password: string): Promise<void>;
}

/** What the accounts of a process are opened with. */
export interface AccountsOptions {
  operations: Operations;
  clock: Pick<Clock, 'now'>;
  /** What secrets in the store are sealed with. */
  keyring: Keyring;
  secret: string;
  isSecure: boolean;
}

/** What everybody knows the federation and its department by: what the register and the settings call them. */
async function federationWords(operations: Operations): Promise<string[]> {
  const [organisations, { federation, department }] = await Promise.all([
    listOrganisations(operations, { level: 'federation' }),
    readSenderNames(operations),
  ]);
  const names = [federation, department].flatMap((name) => (name ? Object.values(name) : []));
  return [...organisations.flatMap(({ name, short }) => [name, short]), ...names].filter(
    (word) => word !== '',
  );
}

/** Opens the logins of an instance over its operations store. */
export function openAccounts({ operations, clock, keyring, secret, isSecure }: AccountsOptions): Accounts {
  const auth = createAuth({ operations, keyring, secret, isSecure });
  const limits = loginLimits(operations, clock);
  const hashPassword = async (password: string, words: readonly string[]): Promise<string> => {
    const problem = await passwordProblem(password, [...words, ...(await federationWords(operations))]);
    if (problem) throw new AccountRefused(problem);
    const { password: hashing } = await auth.$context;
    return await hashing.hash(password);
  };
  return {
    operations,
    clock,
    hashPassword,
    forgetTries: (email) => limits.forget(email),
    twoFactor: twoFactorOf(auth, { limits, operations, clock }),
    signIn: async (email, password, { address, userAgent }) => {
      await limits.count(email, address);
      const headers = new Headers({ 'user-agent': userAgent });
      if (address) headers.set('x-profpulse-address', address);
      const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true });
      if (answer.ok) {
        await limits.forget(email, address);
        const said = (await answer.json()) as { twoFactorRedirect?: boolean };
        return { cookies: answer.headers.getSetCookie(), needsCode: said.twoFactorRedirect === true };
      }
      // Neither the words nor the status tell an unknown address from a wrong password.
      if (answer.status < 500) throw new AccountRefused('wrong_login');
      throw new Error(`The login could not be checked: ${answer.status} ${await answer.text()}`);
    },
    signOut: async (headers) => {
      const answer = await auth.api.signOut({ headers, asResponse: true });
      return answer.headers.getSetCookie();
    },
    signedIn: async (headers) => {
      if (!headers.has('cookie')) return null;
      const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true });
      if (!response) return null;
      const user = await getUser(operations, response.user.id);
      if (!user || user.removedAt !== null) return null;
      const granted = await listRoleGrants(operations, { userId: user.id, at: clock.now() });
      const held = granted.flatMap(({ role: name, organisationId }): HeldRole[] => {
        const role = roles.find((each) => each === name);
        return role ? [{ role, organisationId }] : [];
      });
      return {
        user,
        roles: roles.filter((role) => held.some((each) => each.role === role)),
        held,
        sessionId: response.session.id,
        cookies: answered.getSetCookie(),
      };
    },
    changePassword: async ({ user, sessionId }, current, password) => {
      await limits.count(user.email);
      const { internalAdapter, password: hashing } = await auth.$context;
      const credentials = await internalAdapter.findAccounts(user.id);
      const hash = credentials.find(({ providerId }) => providerId === 'credential')?.password;
      if (!hash || !(await hashing.verify({ hash, password: current })))
        throw new AccountRefused('wrong_password');
      const changed = await hashPassword(password, [user.name, user.email]);
      await setPasswordHash(operations, user.id, changed, clock.now());
      await limits.forget(user.email);
      await revokeOneTimeLinks(operations, 'reset', clock.now(), { userId: user.id });
      await endSessions(operations, user.id, { but: sessionId });
    },
  };
}
