import { openAccounts, type Accounts } from '#accounts/accounts.ts';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';

/** Logins over a test's store. */
export const accountsForTests = (operations: Operations, clock: Pick<Clock, 'now'>): Accounts =>
  openAccounts({ operations, clock, secret: 'a secret of tests, as long as it has to be', isSecure: false });
