import type { Operations } from './connect.ts';

/** How many union members an organisation had on a day (from the statistical report). */
export interface MemberCount {
  organisationId: number;
  /** `YYYY-MM-DD`. */
  on: string;
  count: number;
}

/** Member counts by organisation and day; of one organisation when its id is given. */
export async function listMembers(operations: Operations, organisationId?: number): Promise<MemberCount[]> {
  let query = operations.db
    .selectFrom('members')
    .select(['organisationId', 'onDay as on', 'count'])
    .orderBy('organisationId')
    .orderBy('onDay');
  if (organisationId !== undefined) query = query.where('organisationId', '=', organisationId);
  return await query.execute();
}

/** Sets the count on its day. */
export async function saveMembers(operations: Operations, members: MemberCount): Promise<void> {
  const { organisationId, on, count } = members;
  await operations.db
    .insertInto('members')
    .values({ organisationId, onDay: on, count })
    .onConflict((conflict) => conflict.columns(['organisationId', 'onDay']).doUpdateSet({ count }))
    .execute();
}

/** Takes the count of a day back; again does nothing. */
export async function removeMembers(
  operations: Operations,
  organisationId: number,
  on: string,
): Promise<void> {
  await operations.db
    .deleteFrom('members')
    .where('organisationId', '=', organisationId)
    .where('onDay', '=', on)
    .execute();
}
