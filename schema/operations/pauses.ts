import type { Operations } from './connect.ts';

/** An agreed pause, which stops an organisation's clocks. Both days are inclusive, `YYYY-MM-DD`. */
export interface Pause {
  id: number;
  organisationId: number;
  from: string;
  to: string;
  reason: string;
}

/** Agreed pauses by organisation and first day; of one organisation when its id is given. */
export async function listPauses(operations: Operations, organisationId?: number): Promise<Pause[]> {
  let query = operations.db
    .selectFrom('pauses')
    .select(['id', 'organisationId', 'fromDay as from', 'toDay as to', 'reason'])
    .orderBy('organisationId')
    .orderBy('fromDay')
    .orderBy('id');
  if (organisationId !== undefined) query = query.where('organisationId', '=', organisationId);
  return await query.execute();
}

/** Enters an agreed pause. Rejects when it ends before it begins. */
export async function addPause(operations: Operations, pause: Omit<Pause, 'id'>): Promise<Pause> {
  const { organisationId, from, to, reason } = pause;
  const { id } = await operations.db
    .insertInto('pauses')
    .values({ organisationId, fromDay: from, toDay: to, reason })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, ...pause };
}

/** Takes a pause back; again does nothing. */
export async function removePause(operations: Operations, id: number): Promise<void> {
  await operations.db.deleteFrom('pauses').where('id', '=', id).execute();
}
