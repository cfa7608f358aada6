import { keyringForTests } from '../helpers/accounts-for-tests.ts';
import { openAccounts, type Accounts, type SignedIn } from '#accounts/accounts.ts';
import type { AccountActor } from '#accounts/actor.ts';
import type { AccountProblemCode } from '#accounts/problems.ts';
import { systemClock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listUsers } from '#schema/operations/users.ts';

/** A password that nobody guesses. */
export const password = 'выдра на льдине 1848';
export const origin = { address: '192.0.2.7', userAgent: 'Firefox' };
export const administrator: AccountActor = { who: 'anna@example.ru', roles: ['administrator'] };
export const department: AccountActor = { who: 'boris@example.ru', roles: ['department'] };

export const refusedFor = (...codes: AccountProblemCode[]) => ({ name: 'AccountRefused', codes });

/** The cookies of an answer, as a browser sends them back. */
export const sendingBack = (cookies: readonly string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });

/** Logins over a store, with a clock that can be set ahead. */
export interface AccountsFixture {
  open(isSecure?: boolean): Accounts;
  signIn(accounts: Accounts, email: string, word?: string): Promise<SignedIn>;
  idOf(email: string): Promise<string>;
  now(): Date;
  /** Milliseconds that our clock goes ahead of the machine's: the library of logins goes by the machine's. */
  setAhead(milliseconds: number): void;
}

/** Opens logins over the store that tests go on with. */
export function accountsFixture(operationsOf: () => Operations): AccountsFixture {
  let ahead = 0;
  const now = () => new Date(systemClock.now().getTime() + ahead);
  return {
    now,
    setAhead: (milliseconds) => {
      ahead = milliseconds;
    },
    open: (isSecure = false) =>
      openAccounts({
        operations: operationsOf(),
        clock: { now },
        keyring: keyringForTests(operationsOf()),
        secret: 'secret '.repeat(6),
        isSecure,
      }),
    signIn: async (accounts, email, word = password) => {
      const signedIn = await accounts.signedIn(
        sendingBack((await accounts.signIn(email, word, origin)).cookies),
      );
      if (!signedIn) throw new Error('The session that was begun is none.');
      return signedIn;
    },
    idOf: async (email) => (await listUsers(operationsOf())).find((user) => user.email === email)?.id ?? '',
  };
}
