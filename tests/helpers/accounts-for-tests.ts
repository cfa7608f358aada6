import { openAccounts, type Accounts } from '#accounts/accounts.ts';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { encryptionKey } from '#schema/operations/sealed.ts';
import { keyringOf, type Keyring } from '#schema/operations/sealed-values.ts';

/** The key of tests. */
export const keyForTests = encryptionKey(Buffer.alloc(32, 7));

/** What seals secrets of a test's store, once `sealEverything` was done with the key of tests. */
export const keyringForTests = (operations: Operations): Keyring =>
  keyringOf(operations, () => [keyForTests]);

/** Logins over a test's store. */
export const accountsForTests = (operations: Operations, clock: Pick<Clock, 'now'>): Accounts =>
  openAccounts({
    operations,
    clock,
    keyring: keyringForTests(operations),
    secret: 'a secret of tests, as long as it has to be',
    isSecure: false,
  });
