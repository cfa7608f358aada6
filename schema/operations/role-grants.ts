import type { Operations } from './connect.ts';
import { readDoer, storedDoer } from './doers.ts';
import { readInstant, storedInstant } from './instants.ts';

/** A role that a user has, or had. */
export interface RoleGrant {
  id: number;
  userId: string;
  /** One of the roles of accounts. */
  role: string;
  /** Where it holds, with all below; `null` for the whole federation. */
  organisationId: number | null;
  grantedAt: Date;
  /** Who granted it: a user's e-mail address, or the command; '' when their account was erased. */
  grantedBy: string;
  /** From when on it holds no more; `null` without an end. */
  endsAt: Date | null;
}

/** What grants are asked for. */
export interface GrantFilter {
  userId?: string;
  /** Those alone that hold at this instant. */
  at?: Date;
}

/** Grants in the order in which they were made. */
export async function listRoleGrants(operations: Operations, filter: GrantFilter = {}): Promise<RoleGrant[]> {
  let query = operations.db
    .selectFrom('roleGrants')
    .leftJoin('users as granter', 'granter.id', 'roleGrants.grantedBy')
    .selectAll('roleGrants')
    .select('granter.email as granterEmail')
    .orderBy('roleGrants.id');
  if (filter.userId !== undefined) query = query.where('roleGrants.userId', '=', filter.userId);
  if (filter.at) {
    const at = storedInstant(filter.at);
    query = query.where((is) => is.or([is('endsAt', 'is', null), is('endsAt', '>', at)]));
  }
  return (await query.execute()).map(({ grantedAt, endsAt, grantedBy, granterEmail, ...row }) => ({
    ...row,
    grantedBy: readDoer(grantedBy, granterEmail),
    grantedAt: readInstant(grantedAt),
    endsAt: endsAt === null ? null : readInstant(endsAt),
  }));
}

/** Grants a role; returns the grant's id. */
export async function addRoleGrant(operations: Operations, grant: Omit<RoleGrant, 'id'>): Promise<number> {
  const { grantedAt, endsAt, ...row } = grant;
  const grantedBy = await storedDoer(operations, row.grantedBy);
  const { id } = await operations.db
    .insertInto('roleGrants')
    .values({
      ...row,
      grantedBy,
      grantedAt: storedInstant(grantedAt),
      endsAt: endsAt && storedInstant(endsAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Lets a role end at an instant. */
export async function endRoleGrant(operations: Operations, id: number, endsAt: Date): Promise<void> {
  await operations.db
    .updateTable('roleGrants')
    .set({ endsAt: storedInstant(endsAt) })
    .where('id', '=', id)
    .execute();
}
