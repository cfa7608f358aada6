import { unnamedActor, type Actor } from '#register/edits/actor.ts';
import { permissions, type Permission, type Role } from './permissions.ts';

/** Who asks, and what they may do. */
export interface Reader {
  /** Whoever has the same may see the same: what is made for one is given to the other. */
  key: string;
  may(permission: Permission): boolean;
  /** Who the journal says it was, when they edit something. */
  who: string;
}

/** A reader of these roles. */
export function readerOf(roles: readonly Role[], { key, who }: Pick<Reader, 'key' | 'who'>): Reader {
  return {
    key,
    who,
    may: (permission) => permissions[permission].some((role) => roles.includes(role)),
  };
}

const everybody = readerOf(['public'], { key: 'everybody', who: unnamedActor });
const inside = readerOf(['loopback'], { key: 'inside', who: unnamedActor });

/** The reader of a request: while there are no accounts, all who reach the dashboard are the same. */
export function readerFor({ publicDashboard }: { publicDashboard: boolean }): Reader {
  return publicDashboard ? everybody : inside;
}

/** The reader as who edits something now. */
export function actorOf({ who }: Reader, { now, today }: Pick<Actor, 'now' | 'today'>): Actor {
  return { who, now, today };
}
