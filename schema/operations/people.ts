import type { Role } from '#domain/vocabulary.ts';
import type { Operations } from './connect.ts';
import { NotInStore } from './errors.ts';

/** Somebody with a part in an organisation. Contacts are never shown to the public. */
export interface Person {
  id: number;
  name: string;
  /** '' when not known, as `phone`. */
  email: string;
  phone: string;
}

/** A part that a person has in an organisation. */
export interface PersonRole {
  organisationId: number;
  personId: number;
  role: Role;
}

const columns = ['id', 'name', 'email', 'phone'] as const;

/** People in the order they were entered. */
export async function listPeople(operations: Operations): Promise<Person[]> {
  return await operations.db.selectFrom('people').select(columns).orderBy('id').execute();
}

/** The person of that id; `null` when there is none. */
export async function getPerson(operations: Operations, id: number): Promise<Person | null> {
  const person = await operations.db
    .selectFrom('people')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  return person ?? null;
}

/** Enters a person, or, with an `id`, changes one. Rejects with `NotInStore` for an unknown id. */
export async function savePerson(
  operations: Operations,
  person: Omit<Person, 'id'> & { id?: number | undefined },
): Promise<Person> {
  const { id, ...fields } = person;
  if (id === undefined) {
    return await operations.db
      .insertInto('people')
      .values(fields)
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

/** Forgets a person and every part they had. */
export async function removePerson(operations: Operations, id: number): Promise<void> {
  await operations.transaction(async ({ db }) => {
    await db.deleteFrom('personRoles').where('personId', '=', id).execute();
    await db.deleteFrom('people').where('id', '=', id).execute();
  });
}

/** Who has which part; in one organisation when its id is given. */
export async function listRoles(operations: Operations, organisationId?: number): Promise<PersonRole[]> {
  let query = operations.db
    .selectFrom('personRoles')
    .selectAll()
    .orderBy('organisationId')
    .orderBy('role')
    .orderBy('personId');
  if (organisationId !== undefined) query = query.where('organisationId', '=', organisationId);
  return await query.execute();
}

/** Which parts these people have, in one query. */
export async function rolesOfPeople(
  operations: Operations,
  personIds: readonly number[],
): Promise<PersonRole[]> {
  if (personIds.length === 0) return [];
  return await operations.db
    .selectFrom('personRoles')
    .selectAll()
    .where('personId', 'in', personIds)
    .orderBy('organisationId')
    .execute();
}

/** Gives a person a part; again does nothing. */
export async function saveRole(operations: Operations, role: PersonRole): Promise<void> {
  await operations.db
    .insertInto('personRoles')
    .values(role)
    .onConflict((conflict) => conflict.columns(['organisationId', 'personId', 'role']).doNothing())
    .execute();
}

/** Takes a part from a person; again does nothing. */
export async function removeRole(operations: Operations, role: PersonRole): Promise<void> {
  await operations.db
    .deleteFrom('personRoles')
    .where('organisationId', '=', role.organisationId)
    .where('personId', '=', role.personId)
    .where('role', '=', role.role)
    .execute();
}
