import { Reach } from '#domain/reach.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listTrees } from '#schema/operations/organisations.ts';
import { isAllowed, type Permission, type Role } from './permissions.ts';

/** A role that somebody has at this moment; where it holds, with all below, or for the whole federation (`null`). */
export interface HeldRole {
  role: Role;
  organisationId: number | null;
}

/** What somebody may, and of which organisations. */
export interface Scope {
  may(permission: Permission): boolean;
  /** The organisations that they may it of; `null` of all. Of what they may not at all, none. */
  reach(permission: Permission): Reach | null;
  /** Equal for who may the same, of the same organisations. */
  key: string;
}

const nowhere = new Reach('nowhere', new Set());

/**
 * What somebody of these roles may. What lies below an organisation is read from the register now: to be made for each request
 * anew. A role of the federation itself is one of the whole.
 */
export async function scopeOf(operations: Operations, held: readonly HeldRole[]): Promise<Scope> {
  const roots = [...new Set(held.flatMap(({ organisationId }) => organisationId ?? []))].sort(
    (a, b) => a - b,
  );
  const trees = Map.groupBy(await listTrees(operations, roots), ({ root }) => root);
  const isWhole = ({ organisationId }: HeldRole): boolean =>
    organisationId === null || (trees.get(organisationId) ?? []).some(({ level }) => level === 'federation');
  const reaches = new Map<Permission, Reach | null>();
  const reachOf = (permission: Permission): Reach | null => {
    const allowed = held.filter(({ role }) => isAllowed([role], permission));
    if (allowed.some(isWhole)) return null;
    if (allowed.length === 0) return nowhere;
    const own = [...new Set(allowed.flatMap(({ organisationId }) => organisationId ?? []))].sort(
      (a, b) => a - b,
    );
    return new Reach(
      `organisations ${own.join(' ')}`,
      new Set(own.flatMap((root) => (trees.get(root) ?? []).map(({ id }) => id))),
    );
  };
  return {
    may: (permission) => held.some(({ role }) => isAllowed([role], permission)),
    reach: (permission) => {
      const known = reaches.get(permission);
      if (known !== undefined) return known;
      const made = reachOf(permission);
      reaches.set(permission, made);
      return made;
    },
    key: held
      .map(({ role, organisationId }) => (organisationId === null ? role : `${role}@${organisationId}`))
      .sort()
      .join(' '),
  };
}
