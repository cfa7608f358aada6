import { describe } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { describeLogins } from './accounts-logins-contract.ts';
import { describeTwoFactor } from './accounts-two-factor-contract.ts';
import { describeRoles } from './accounts-roles-contract.ts';
import { describeScope } from './accounts-scope-contract.ts';
import { describeShares } from './accounts-shares-contract.ts';
import { describeTokens } from './accounts-tokens-contract.ts';

/** Logins, roles and tokens do alike in every database. The tests go on one from the other. */
export function describeAccounts(operationsOf: () => Operations): void {
  describe('accounts', () => {
    describeLogins(operationsOf);
    describeRoles(operationsOf);
    describeScope(operationsOf);
    describeTwoFactor(operationsOf);
    describeTokens(operationsOf);
    describeShares(operationsOf);
  });
}
