import type { SignedIn } from '#accounts/accounts.ts';
import type { WorkingApiToken } from '#accounts/api-tokens.ts';
import { isAllowed, ofEveryAccount, type Permission, type Role } from '#accounts/permissions.ts';
import type { Scope } from '#accounts/scope.ts';
import { isWithin, type Reach } from '#domain/reach.ts';
import type { Naming } from '#register/openness.ts';
import { unnamedActor, type Actor } from '#register/edits/actor.ts';

/** Who asks, and what they may do. */
export interface Reader {
  /** Whoever has the same may see the same: what is made for one is given to the other. */
  key: string;
  may(permission: Permission): boolean;
  /** The organisations that they may it of; `null` of all. Of what they may not at all, none. */
  reach(permission: Permission): Reach | null;
  /** Of the organisations beyond their reach they see the names of those that they are compared with. */
  namesOthers: boolean;
  /** Who the journal says it was, when they edit something. */
  who: string;
  /** Their account; `null` for who has not signed in. */
  account: SignedIn | null;
  /** A program that has sent a token of the API. */
  isProgram: boolean;
}

/** A reader whose roles hold for the whole federation. */
export function readerOf(
  roles: readonly Role[],
  { key, who, extra = [] }: { key: string; who: string; extra?: readonly Permission[] },
): Reader {
  return {
    key,
    who,
    account: null,
    isProgram: false,
    namesOthers: true,
    may: (permission) => isAllowed(roles, permission) || extra.includes(permission),
    reach: () => null,
  };
}

const nobody = readerOf([], { key: 'nobody', who: unnamedActor });

/** What decides what somebody sees who has not signed in, and what is seen of others. */
export interface Openness {
  /** Everybody may read (`PUBLIC_DASHBOARD`). */
  publicDashboard: boolean;
  /** Everybody who may read sees who is not updated. */
  showsSilent: boolean;
}

/** What everybody may where the dashboard is public, besides the numbers. */
const publicExtra = ({ showsSilent }: Openness): Permission[] => (showsSilent ? ['silent.read'] : []);

/** The reader of a request that brings no session: everybody where the dashboard is public, else nobody. */
export function strangerOf(openness: Openness): Reader {
  if (!openness.publicDashboard) return nobody;
  const key = openness.showsSilent ? 'everybody, silent' : 'everybody';
  return readerOf(['public'], { key, who: unnamedActor, extra: publicExtra(openness) });
}

/**
 * The reader whose account it is, by what their roles open at this moment (`scope`); where the dashboard is public they see
 * what everybody does as well.
 */
export function signedInReader(
  account: SignedIn,
  scope: Scope,
  openness: Openness & { namesOthers: boolean },
): Reader {
  const { key, ...reader } = scopedReader(scope, openness);
  return {
    ...reader,
    key: `signed in: ${key}`,
    who: account.user.email,
    account,
    may: (permission) => reader.may(permission) || ofEveryAccount.includes(permission),
  };
}

/** The reader whom a demo shows its screens as: made up, and known to no other server. */
export function demoReader(name: string, scope: Scope, naming: Naming): Reader {
  const closed = { publicDashboard: false, showsSilent: false };
  const reader = scopedReader(scope, { ...closed, namesOthers: naming === 'by_name' });
  return {
    ...reader,
    who: `demo:${name}`,
    // Nobody has an account there.
    may: (permission) => reader.may(permission) && !ofEveryAccount.includes(permission),
  };
}

function scopedReader(
  scope: Scope,
  { namesOthers, ...openness }: Openness & { namesOthers: boolean },
): Reader {
  const everybody = openness.publicDashboard ? strangerOf(openness) : null;
  return {
    key: [scope.key, everybody?.key ?? '', namesOthers ? 'by name' : 'anonymous'].join(', '),
    who: unnamedActor,
    account: null,
    isProgram: false,
    namesOthers,
    may: (permission) => scope.may(permission) || everybody?.may(permission) === true,
    reach: (permission) => (everybody?.may(permission) ? null : scope.reach(permission)),
  };
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
    namesOthers: true,
    may: (permission) => scopes.some((scope) => scope === permission),
    reach: () => null,
  };
}

/** Whether a reader may something of an organisation. */
export function isWithinReach(reader: Reader, permission: Permission, organisationId: number): boolean {
  return reader.may(permission) && isWithin(reader.reach(permission), organisationId);
}

/** The reader as who edits something now, from an address. */
export function actorOf(
  { who, reach }: Reader,
  permission: Permission,
  when: Pick<Actor, 'now' | 'today' | 'address'>,
): Actor {
  return { who, ...when, within: reach(permission) };
}
