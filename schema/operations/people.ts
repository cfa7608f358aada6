import type { PersonBasis } from '#domain/personal-data.ts';
import type { Role } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { NotInStore } from './errors.ts';
import { readInstant, storedInstant } from './instants.ts';

/** Somebody with a part in an organisation, and by what right they are kept. Contacts are never shown to the public. */
export interface Person extends PersonBasis {
  id: number;
  name: string;
  /** '' when not known, as `phone`. */
  email: string;
  phone: string;
}

/** A person who has no part in any organisation any more. */
export interface FormerPerson extends Person {
  endedAt: Date;
}

/** A part that a person has in an organisation. */
export interface PersonRole {
  organisationId: number;
  personId: number;
  role: Role;
}

const columns = [
  'id',
  'name',
  'email',
  'phone',
  'basis',
  'proof',
  'basisOn',
  'processingGiven',
  'processingWithdrawn',
  'disseminationGiven',
  'disseminationWithdrawn',
] as const;

/** People in the order they were entered: those who have a part, or nobody yet has given one. */
export async function listPeople(operations: Operations): Promise<Person[]> {
  return await operations.db
    .selectFrom('people')
    .select(columns)
    .where('endedAt', 'is', null)
    .orderBy('id')
    .execute();
}

/** People who have no part any more, those first who lost it first; of all of them, or of those before an instant. */
export async function listFormerPeople(
  operations: Operations,
  filter: { endedBefore?: Date } = {},
): Promise<FormerPerson[]> {
  let query = operations.db
    .selectFrom('people')
    .select([...columns, 'endedAt'])
    .where('endedAt', 'is not', null)
    .orderBy('endedAt')
    .orderBy('id');
  if (filter.endedBefore) query = query.where('endedAt', '<', storedInstant(filter.endedBefore));
  return (await query.execute()).flatMap(({ endedAt, ...person }) =>
    endedAt === null ? [] : [{ ...person, endedAt: readInstant(endedAt) }],
  );
}

/** The person of that id, with a part or without; `null` when there is none. */
export async function getPerson(operations: Operations, id: number): Promise<Person | null> {
  const person = await operations.db
    .selectFrom('people')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  return person ?? null;
}

/** What is known of a person who is entered or changed: of a basis, what is not said is not known, or stays. */
export type SavedPerson = Pick<Person, 'name' | 'email' | 'phone'> & Partial<PersonBasis>;

/** Enters a person, or, with an `id`, changes one. Rejects with `NotInStore` for an unknown id. */
export async function savePerson(
  operations: Operations,
  person: SavedPerson & { id?: number | undefined },
): Promise<Person> {
  const { id, ...said } = person;
  const fields = Object.fromEntries(
    columns.flatMap((column) =>
      column === 'id' || said[column] === undefined ? [] : [[column, said[column]] as const],
    ),
  ) as SavedPerson;
  if (id === undefined) {
    return await operations.db
      .insertInto('people')
      .values({ ...fields, endedAt: null })
      .returning(columns)
      .executeTakeFirstOrThrow();
  }
  const changed = await operations.db
    .updateTable('people')
    .set(fields)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  if (!changed) throw new NotInStore('person', id);
  return changed;
}

/** Forgets a person and every part they have or had. */
export async function removePerson(operations: Operations, id: number): Promise<void> {
  await operations.transaction(async ({ db }) => {
    await db.deleteFrom('personRoles').where('personId', '=', id).execute();
    await db.deleteFrom('people').where('id', '=', id).execute();
  });
}

/** Who has which part; in one organisation when its id is given. Parts that have ended are not among them. */
export async function listRoles(operations: Operations, organisationId?: number): Promise<PersonRole[]> {
  let query = operations.db
    .selectFrom('personRoles')
    .select(['organisationId', 'personId', 'role'])
    .where('endedAt', 'is', null)
    .orderBy('organisationId')
    .orderBy('role')
    .orderBy('personId');
  if (organisationId !== undefined) query = query.where('organisationId', '=', organisationId);
  return await query.execute();
}

/** Which parts these people have, in one query. Parts that have ended are not among them. */
export async function rolesOfPeople(
  operations: Operations,
  personIds: readonly number[],
): Promise<PersonRole[]> {
  if (personIds.length === 0) return [];
  return await operations.db
    .selectFrom('personRoles')
    .select(['organisationId', 'personId', 'role'])
    .where('endedAt', 'is', null)
    .where('personId', 'in', personIds)
    .orderBy('organisationId')
    .execute();
}

/** The parts that a person has and had, with the end of each. */
export async function listRolesOf(
  operations: Operations,
  personId: number,
): Promise<(PersonRole & { endedAt: Date | null })[]> {
  const rows = await operations.db
    .selectFrom('personRoles')
    .selectAll()
    .where('personId', '=', personId)
    .orderBy('organisationId')
    .orderBy('role')
    .execute();
  return rows.map(({ endedAt, ...role }) => ({ ...role, endedAt: readInstant(endedAt) }));
}

/** Gives a person a part, also one that they had before; again does nothing. */
export async function saveRole(operations: Operations, role: PersonRole): Promise<void> {
  await operations.transaction(async ({ db }) => {
    await db
      .insertInto('personRoles')
      .values({ ...role, endedAt: null })
      .onConflict((conflict) =>
        conflict.columns(['organisationId', 'personId', 'role']).doUpdateSet({ endedAt: null }),
      )
      .execute();
    await db.updateTable('people').set({ endedAt: null }).where('id', '=', role.personId).execute();
  });
}

/**
 * Ends a part of a person at an instant; again does nothing. Whose last part it was, and who has no account, stays in the store
 * without any, until their data are erased (`erasureDay`).
 */
export async function endRole(operations: Operations, role: PersonRole, at: Date): Promise<void> {
  await operations.transaction(async (inside) => {
    const { numUpdatedRows } = await inside.db
      .updateTable('personRoles')
      .set({ endedAt: storedInstant(at) })
      .where('organisationId', '=', role.organisationId)
      .where('personId', '=', role.personId)
      .where('role', '=', role.role)
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await endWithoutPart(inside, role.personId, at);
  });
}

/**
 * Says of a person that they have left the register at an instant, when they have neither a part in an organisation nor an
 * account; of anybody else, and of who has left already, nothing.
 */
export async function endWithoutPart(operations: Operations, id: number, at: Date): Promise<void> {
  await operations.db
    .updateTable('people')
    .set({ endedAt: storedInstant(at) })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('personRoles as held')
            .select('held.role')
            .whereRef('held.personId', '=', 'people.id')
            .where('held.endedAt', 'is', null),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('users as own')
            .select('own.id')
            .whereRef('own.personId', '=', 'people.id')
            .where('own.removedAt', 'is', null),
        ),
      ),
    )
    .execute();
}

/** Takes somebody who has left back into the register. */
export async function takeBackPerson(operations: Operations, id: number): Promise<void> {
  await operations.db.updateTable('people').set({ endedAt: null }).where('id', '=', id).execute();
}
