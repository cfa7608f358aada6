import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts, type Accounts } from '#accounts/accounts.ts';
import { addAccount } from '#accounts/new-account.ts';
import { removeAccount } from '#accounts/roles.ts';
import { machine } from '#accounts/actor.ts';
import { systemClock } from '#domain/clock.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { listUsers } from '#schema/operations/users.ts';
import { origin, password, sendingBack } from '../contract/accounts-fixture.ts';
import { describeJournalChain } from '../contract/journal-chain-contract.ts';
import { describeKeptJournal } from '../contract/kept-journal-contract.ts';
import { describeEditsAtOnce } from '../contract/edits-at-once-contract.ts';
import { describeOperations } from '../contract/operations-contract.ts';
import { keyringForTests } from '../helpers/accounts-for-tests.ts';
import { appendAtOnce } from '../helpers/append-at-once.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

const log = pino({ level: 'silent' });
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres({ connections: 60 });
});
afterAll(async () => {
  await postgres.close();
});

/** A store of its own on the server. */
async function open(name: string): Promise<{ operations: Operations; close(): Promise<void> }> {
  const operations = await connectOperations({ url: await postgres.database(name), log });
  return { operations, close: () => operations.close() };
}

describeOperations('a PostgreSQL server', () => open('contract'));
describeJournalChain('a PostgreSQL server', () => open('chain'));
describeKeptJournal('a PostgreSQL server', () => open('kept'));
describeEditsAtOnce('a PostgreSQL server', async () => ({
  store: await postgres.database('edited'),
  ...(await open('edited')),
}));

test('two processes that append at once make one chain', async () => {
  await appendAtOnce({ url: await postgres.database('appended') });
});

test('many sign in at once through two processes’ connections, and those who are removed are out in both', async () => {
  const [one, other] = [await open('sessions'), await open('sessions')];
  await one.operations.migrate();
  const doors = [one, other].map(({ operations }): Accounts =>
    openAccounts({
      operations,
      clock: systemClock,
      keyring: keyringForTests(operations),
      secret: 'secret '.repeat(6),
      isSecure: false,
    }),
  );
  const doorAt = (index: number): Accounts => doors[index % doors.length] as Accounts;
  const people = Array.from({ length: 8 }, (_, index) => `person${index}@example.ru`);
  const entered = (email: string) => ({ name: 'Гость', email, password });
  await Promise.all(
    people.map((email, index) => addAccount(doorAt(index), entered(email), { role: 'viewer', by: 'test' })),
  );
  // Of two who make the same account at once one is refused.
  const twice = await Promise.allSettled(
    doors.map((door) => addAccount(door, entered('same@example.ru'), { role: 'viewer', by: 'test' })),
  );
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

  const logins = people.flatMap((email) => [email, email, email]);
  const sessions = await Promise.all(
    logins.map(async (email, index) => ({
      email,
      headers: sendingBack((await doorAt(index).signIn(email, password, origin)).cookies),
    })),
  );
  const seen = await Promise.all(
    sessions.map(async ({ headers }, index) => (await doorAt(index + 1).signedIn(headers))?.user.email),
  );
  expect(seen).toEqual(logins);
  expect(await listSessions(one.operations, systemClock.now())).toHaveLength(logins.length);

  await addAccount(doorAt(0), entered('anna@example.ru'), { role: 'administrator', by: 'test' });
  const gone = (await listUsers(one.operations)).find(({ email }) => email === people[0]);
  await removeAccount(doorAt(0), gone?.id ?? '', machine);
  const left = await Promise.all(
    sessions.flatMap(({ headers }) => doors.map(async (door) => (await door.signedIn(headers))?.user.email)),
  );
  expect(left).toEqual(
    logins.flatMap((email) => (email === people[0] ? [undefined, undefined] : [email, email])),
  );
  await Promise.all([one.close(), other.close()]);
});
