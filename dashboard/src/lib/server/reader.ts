import type { SignedIn } from '#accounts/accounts.ts';
import type { WorkingApiToken } from '#accounts/api-tokens.ts';
import { isAllowed, type Permission, type Role } from '#accounts/permissions.ts';
import { unnamedActor, type Actor } from '#register/edits/actor.ts';

/** Who asks, and what they may do. */
export interface Reader {
  /** Whoever has the same may see the same: what is made for one is given to the other. */
  key: string;
  may(permission: Permission): boolean;
  /** Who the journal says it was, when they edit something. */
  who: string;
  /** Their account; `null` for who has not signed in. */
  account: SignedIn | null;
  /** A program that has sent a token of the API. */
  isProgram: boolean;
}

interface About {
  key: string;
  who: string;
  account?: SignedIn | null;
}

/** A reader of these roles. */
export function readerOf(roles: readonly Role[], { key, who, account = null }: About): Reader {
  return {
    key,
    who,
    account,
    isProgram: false,
    may: (permission) => isAllowed(roles, permission),
  };
}

const everybody = readerOf(['public'], { key: 'everybody', who: unnamedActor });
const inside = readerOf(['loopback'], { key: 'inside', who: unnamedActor });
const nobody = readerOf([], { key: 'nobody', who: unnamedActor });

/** What decides who somebody is who has not signed in. */
export interface Openness {
  publicDashboard: boolean;
  /** Whether there is an administrator. */
  isClaimed: boolean;
  /** Whether the server listens to its own machine alone. */
  isLoopback: boolean;
}

/** The reader of a request that brings no session: until the instance is claimed, its own machine is inside. */
export function strangerOf({ publicDashboard, isClaimed, isLoopback }: Openness): Reader {
  if (publicDashboard) return everybody;
  return !isClaimed && isLoopback ? inside : nobody;
}

/** The reader whose account it is; where the dashboard is public they see what everybody does as well. */
export function signedInReader(
  account: SignedIn,
  { publicDashboard }: Pick<Openness, 'publicDashboard'>,
): Reader {
  const roles = publicDashboard ? ([...account.roles, 'public'] as const) : account.roles;
  return readerOf(roles, { key: `signed in: ${roles.join(' ')}`, who: account.user.email, account });
}

/**
 * The program that has sent a token: it may what the token opens, and nothing else, whoever made it and however public the
 * dashboard is. Tokens of the same scopes see the same.
 */
export function programOf({ id, scopes }: WorkingApiToken): Reader {
  return {
    key: `token: ${scopes.join(' ')}`,
    who: `token:${id}`,
    account: null,
    isProgram: true,
    may: (permission) => scopes.some((scope) => scope === permission),
  };
}

/** The reader as who edits something now, from an address. */
export function actorOf({ who }: Reader, when: Pick<Actor, 'now' | 'today' | 'address'>): Actor {
  return { who, ...when };
}
