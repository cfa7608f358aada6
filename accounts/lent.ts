import type { Operations } from '#schema/operations/connect.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { getUser, listUsers } from '#schema/operations/users.ts';
import { isAllowed, type Permission, type Role } from './permissions.ts';

/*
 * A key or a link opens something for others. It is lent by who made it, and opens nothing while they may not do so: nobody
 * keeps, by something of their own making, an access that was taken from them.
 */

/** The longest name of a key or a link, in characters. */
export const mostLentName = 100;

/** The name of a key or a link as it is kept; '' without one. */
export const readLentName = (entered: string): string =>
  entered.trim().replace(/\s+/gu, ' ').slice(0, mostLentName);

/** A use is written down at most so often, in milliseconds. */
const useNotedEvery = 60_000;

/** Whether a key or a link opens anything: its day has come, or who made it may lend no more. */
export type LentState = 'works' | 'ended' | 'maker_gone';

/** What is lent: by whom (`null`: by the machine itself, which always may), and until when. */
interface Lent {
  userId: string | null;
  expiresAt: Date;
}

/** How something stands that is lent by who has a permission. `held`: their roles at that instant. */
function lentState(
  { userId, expiresAt }: Lent,
  { now, held, by }: { now: Date; held: readonly Role[]; by: Permission },
): LentState {
  if (expiresAt <= now) return 'ended';
  return userId === null || isAllowed(held, by) ? 'works' : 'maker_gone';
}

/** Whether something that was found works now, by the roles that its maker has at this moment. */
export async function works(
  operations: Operations,
  lent: (Lent & { revokedAt: Date | null }) | null,
  { now, by }: { now: Date; by: Permission },
): Promise<boolean> {
  if (!lent || lent.revokedAt) return false;
  return lentState(lent, { now, by, held: await rolesOf(operations, lent.userId, now) }) === 'works';
}

async function rolesOf(operations: Operations, userId: string | null, at: Date): Promise<Role[]> {
  if (userId === null) return [];
  const user = await getUser(operations, userId);
  if (!user || user.removedAt) return [];
  return (await listRoleGrants(operations, { userId, at })).map(({ role }) => role as Role);
}

/** Each of those that are lent with how it stands and the name of who made it; `null`: the machine itself. */
export async function withMakers<Each extends Lent>(
  operations: Operations,
  lent: readonly Each[],
  { now, by }: { now: Date; by: Permission },
): Promise<(Each & { state: LentState; maker: string | null })[]> {
  const [users, grants] = await Promise.all([listUsers(operations), listRoleGrants(operations, { at: now })]);
  return lent.map((each) => {
    const held = grants.filter(({ userId }) => userId === each.userId).map(({ role }) => role as Role);
    const maker = users.find(({ id }) => id === each.userId)?.name ?? null;
    return { ...each, state: lentState(each, { now, held, by }), maker };
  });
}

/** From when on a use that is noted already stands for one of now; `null` when it does, and nothing is to be noted. */
export function useToNote(lastUsedAt: Date | null, now: Date): { now: Date; since: Date } | null {
  const since = new Date(now.getTime() - useNotedEvery);
  return lastUsedAt === null || lastUsedAt <= since ? { now, since } : null;
}
