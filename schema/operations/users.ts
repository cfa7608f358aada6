import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Operations } from './connect.ts';
import { NotInStore } from './errors.ts';
import { readInstant, storedInstant } from './instants.ts';
import type { OperationsTables } from './tables.ts';

/** Somebody who has, or had, an account. */
export interface User {
  id: string;
  name: string;
  /** In lower case; '' when the account was erased. */
  email: string;
  /** The person of the register whose account it is. */
  personId: number | null;
  hasTwoFactor: boolean;
  createdAt: Date;
  /** When the account was taken away; its name stands in the journal. */
  removedAt: Date | null;
}

const columns = ['id', 'name', 'email', 'personId', 'twoFactorEnabled', 'createdAt', 'removedAt'] as const;

type Row = Pick<Selectable<OperationsTables['users']>, (typeof columns)[number]>;

function readUser({ twoFactorEnabled, createdAt, removedAt, ...row }: Row): User {
  return {
    ...row,
    email: shownEmail(row.email),
    hasTwoFactor: Boolean(twoFactorEnabled),
    createdAt: readInstant(createdAt),
    removedAt: removedAt === null ? null : readInstant(removedAt),
  };
}

/** What stands in the place of an e-mail address that was erased: none of anybody, and of no other account. */
const erasedEmail = (userId: string): string => `erased:${userId}`;

/** An e-mail address as it is shown; '' when it was erased. */
export const shownEmail = (email: string): string => (email.startsWith('erased:') ? '' : email);

/** An e-mail address as accounts are found by it. */
export const accountEmail = (text: string): string => text.trim().toLowerCase();

/** All users, also those whose account was taken away, in the order of their accounts. */
export async function listUsers(operations: Operations): Promise<User[]> {
  const rows = await operations.db
    .selectFrom('users')
    .select(columns)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(readUser);
}

/** The user of that id, or `null`. */
export async function getUser(operations: Operations, id: string): Promise<User | null> {
  const row = await operations.db.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst();
  return row ? readUser(row) : null;
}

/** The user of an e-mail address, also one whose account was taken away, or `null`. */
export async function findUser(operations: Operations, email: string): Promise<User | null> {
  const row = await operations.db
    .selectFrom('users')
    .select(columns)
    .where('email', '=', accountEmail(email))
    .executeTakeFirst();
  return row ? readUser(row) : null;
}

/** What an account is made of. */
export interface NewUser {
  name: string;
  email: string;
  /** As the library of logins makes it. */
  passwordHash: string;
  personId: number | null;
  now: Date;
}

/** Makes an account; whose was taken away has it again, under the name and password of now. Returns the user's id. */
export async function addUser(
  operations: Operations,
  { name, email, passwordHash, personId, now }: NewUser,
): Promise<string> {
  return await operations.transaction(async (inside) => {
    const at = storedInstant(now);
    const known = await findUser(inside, email);
    if (known && known.removedAt === null) throw new EmailTaken(email);
    const id = known?.id ?? randomUUID();
    if (known) {
      await inside.db
        .updateTable('users')
        .set({ name, personId, removedAt: null, updatedAt: at })
        .where('id', '=', id)
        .execute();
    } else {
      const row = { id, name, email: accountEmail(email), emailVerified: 1, personId };
      await inside.db
        .insertInto('users')
        .values({ ...row, image: null, twoFactorEnabled: 0, createdAt: at, updatedAt: at, removedAt: null })
        .execute();
    }
    await setPasswordHash(inside, id, passwordHash, now);
    return id;
  });
}

/** Sets the password that a user signs in with; `passwordHash` is as the library of logins makes it. */
export async function setPasswordHash(
  operations: Operations,
  userId: string,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await operations.transaction(async ({ db }) => {
    const at = storedInstant(now);
    const provider = 'credential';
    await db
      .deleteFrom('credentials')
      .where('userId', '=', userId)
      .where('providerId', '=', provider)
      .execute();
    await db
      .insertInto('credentials')
      .values({
        id: randomUUID(),
        userId,
        accountId: userId,
        providerId: provider,
        password: passwordHash,
        createdAt: at,
        updatedAt: at,
      })
      .execute();
  });
}

/** The account of a person of the register that was not taken away, or `null`. */
export async function findUserOfPerson(operations: Operations, personId: number): Promise<User | null> {
  const row = await operations.db
    .selectFrom('users')
    .select(columns)
    .where('personId', '=', personId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return row ? readUser(row) : null;
}

/** Says whose account it is. */
export async function setUserPerson(
  operations: Operations,
  id: string,
  personId: number,
  now: Date,
): Promise<void> {
  await operations.db
    .updateTable('users')
    .set({ personId, updatedAt: storedInstant(now) })
    .where('id', '=', id)
    .execute();
}

/** Takes the second factor of a user away: the app of codes is lost, or the account. */
export async function dropTwoFactor(operations: Operations, userId: string): Promise<void> {
  await operations.transaction(async ({ db }) => {
    await db.deleteFrom('twoFactors').where('userId', '=', userId).execute();
    await db.updateTable('users').set({ twoFactorEnabled: 0 }).where('id', '=', userId).execute();
  });
}

/** Takes an account away: its password and sessions are gone at once, its name stays for the journal. */
export async function removeUser(operations: Operations, id: string, now: Date): Promise<void> {
  await operations.transaction(async (inside) => {
    const { db } = inside;
    const { numUpdatedRows } = await db
      .updateTable('users')
      .set({ removedAt: storedInstant(now), updatedAt: storedInstant(now) })
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new NotInStore('user', id);
    await dropTwoFactor(inside, id);
    await db.deleteFrom('sessions').where('userId', '=', id).execute();
    await db.deleteFrom('credentials').where('userId', '=', id).execute();
  });
}

/**
 * Erases name and address of an account that was taken away, and what is left of its doors. Its id stays, for what was done
 * under it. Rejects with `NotInStore` when there is no such account, or it was not taken away.
 */
export async function eraseUser(operations: Operations, id: string): Promise<void> {
  await operations.transaction(async ({ db }) => {
    const { numUpdatedRows } = await db
      .updateTable('users')
      .set({ name: '', email: erasedEmail(id), image: null, personId: null })
      .where('id', '=', id)
      .where('removedAt', 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new NotInStore('user', id);
    await db.updateTable('apiTokens').set({ name: '' }).where('userId', '=', id).execute();
    await db.updateTable('shareLinks').set({ name: '' }).where('userId', '=', id).execute();
    await db.deleteFrom('oneTimeLinks').where('userId', '=', id).execute();
  });
}

/** Somebody has an account under that e-mail address. */
export class EmailTaken extends Error {
  override readonly name = 'EmailTaken';

  constructor(email: string) {
    super(`There is an account of ${email} already. Grant it the role instead of making another.`);
  }
}
