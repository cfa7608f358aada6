import {
  findOneTimeLink,
  type OneTimeLink,
  type OneTimeLinkKind,
} from '#schema/operations/one-time-links.ts';
import type { Accounts } from './accounts.ts';
import { AccountRefused } from './problems.ts';

const hour = 3_600_000;
/** How long links work: who was invited may be on leave; a reset is asked for by whoever waits for it. */
export const linkLasts = { claim: 24 * hour, invitation: 7 * 24 * hour, reset: 24 * hour } as const;

/** A link that still works. Rejects with `AccountRefused` for one that was used, ended or never was. */
export async function workingLink(
  { operations, clock }: Accounts,
  kind: OneTimeLinkKind,
  token: string,
): Promise<OneTimeLink> {
  const link = await findOneTimeLink(operations, kind, token);
  if (!link || link.usedAt || link.revokedAt || link.expiresAt <= clock.now())
    throw new AccountRefused('link_ended');
  return link;
}
