import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machine } from '#accounts/actor.ts';
import { addAccount } from '#accounts/new-account.ts';
import { accountsOf } from '#cli/accounts.ts';
import { openKeyring, refuseWrongKey } from '#cli/encryption-keys.ts';
import { rotateKeys } from '#cli/rotate-keys.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { makeEncryptionKey, sealedWith } from '#schema/operations/sealed.ts';
import { authSecretPlace } from '#schema/operations/sealed-values.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { origin, password, sendingBack } from '../contract/accounts-fixture.ts';
import { environmentOf, startProcess } from '../e2e/processes.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

/** Secrets of a store that is served, as processes of it see them. */
const log = pino({ level: 'silent' });
const child = fileURLToPath(new URL('../helpers/rotate-and-die.ts', import.meta.url));
const by = { at: systemClock.now(), who: machine.who };
let postgres: PostgresServer;
const opened: Operations[] = [];

beforeAll(async () => {
  postgres = await startPostgres({ connections: 60 });
});
afterAll(async () => {
  for (const operations of opened) await operations.close();
  await postgres.close();
});

/** What a process of that database has: its settings, and a connection of its own. */
async function processOf(name: string, environment: Record<string, string> = {}) {
  const url = await postgres.database(name);
  const settings = readSettings(
    { OPERATIONS_DATABASE_URL: url, CLICKHOUSE_URL: 'http://127.0.0.1:9', ...environment },
    { now: systemClock.now(), readFile: () => '' },
  );
  const operations = await connectOperations({ url, log });
  opened.push(operations);
  return { settings, operations, clock: systemClock, log };
}
const secretOf = async ({ operations }: { operations: Operations }) =>
  await getSetting<string>(operations, authSecretPlace.row);
const entered = { name: 'Анна', email: 'anna@example.ru', password };

test.each([
  ['with a key', { ENCRYPTION_KEY: makeEncryptionKey() }],
  ['without one', {}],
] as [string, Record<string, string>][])(
  'processes that begin at once sign sessions with one secret of the store, %s',
  async (name, environment) => {
    const database = `begun ${name}`.replaceAll(' ', '_');
    const processes = [];
    for (let index = 0; index < 4; index += 1) processes.push(await processOf(database, environment));
    await processes[0]?.operations.migrate();
    const doors = await Promise.all(processes.map((each) => accountsOf(each)));
    const [first, ...others] = doors;
    if (!first || !processes[0]) throw new Error('Nothing was opened.');
    await addAccount(first, entered, { role: 'administrator', by: 'test' });
    const { cookies } = await first.signIn(entered.email, password, origin);
    for (const door of [...others, await accountsOf(await processOf(database, environment))])
      expect((await door.signedIn(sendingBack(cookies)))?.user.email).toBe(entered.email);
    const isSealed = sealedWith((await secretOf(processes[0])) ?? '') !== null;
    expect(isSealed).toBe(environment['ENCRYPTION_KEY'] !== undefined);
  },
);

test('a key that is given later seals the secret, and those who have signed in stay', async () => {
  const open = await processOf('later');
  await open.operations.migrate();
  const door = await accountsOf(open);
  await addAccount(door, entered, { role: 'administrator', by: 'test' });
  const { cookies } = await door.signIn(entered.email, password, origin);
  const [first, second] = [makeEncryptionKey(), makeEncryptionKey()];
  const signedIn = async (environment: Record<string, string>) => {
    const again = await accountsOf(await processOf('later', environment));
    return (await again.signedIn(sendingBack(cookies)))?.user.email;
  };
  const before = await secretOf(open);
  expect(await signedIn({ ENCRYPTION_KEY: first })).toBe(entered.email);
  const sealed = await secretOf(open);
  expect([sealedWith(before ?? ''), sealedWith(sealed ?? '') !== null]).toEqual([null, true]);
  const changing = { ENCRYPTION_KEY: second, ENCRYPTION_KEY_BEFORE: first };
  const { settings, operations } = await processOf('later', changing);
  expect(await rotateKeys(settings, operations, by)).toEqual({ changed: 1, left: 0 });
  expect(await signedIn({ ENCRYPTION_KEY: second })).toBe(entered.email);
  // Whoever has another key, or none, changes nothing.
  const now = await secretOf(open);
  for (const environment of [{ ENCRYPTION_KEY: first }, {}] as Record<string, string>[])
    await expect(signedIn(environment)).rejects.toThrow('than ENCRYPTION_KEY gives');
  expect(await secretOf(open)).toBe(now);
});

test('a secret that cannot be read is a sentence, and is not made anew', async () => {
  const process = await processOf('damaged', { ENCRYPTION_KEY: makeEncryptionKey() });
  await process.operations.migrate();
  await accountsOf(process);
  const foreign = await processOf('damaged_elsewhere', { ENCRYPTION_KEY: makeEncryptionKey() });
  await foreign.operations.migrate();
  await accountsOf(foreign);
  for (const damaged of ['short', 5, await secretOf(foreign)]) {
    await setSetting(process.operations, authSecretPlace.row, damaged);
    await expect(accountsOf(process)).rejects.toThrow(
      'by which sessions are signed (auth.secret) cannot be read',
    );
  }
  expect(await secretOf(process)).toBe(await secretOf(foreign));
});

test('a store that has no tables yet is no reason to refuse, and one of another key is, before it is migrated', async () => {
  const { settings, operations } = await processOf('empty', { ENCRYPTION_KEY: makeEncryptionKey() });
  await expect(refuseWrongKey(settings, operations)).resolves.toBeUndefined();
  await operations.migrate();
  await openKeyring(settings, operations, log);
  const other = await processOf('empty', { ENCRYPTION_KEY: makeEncryptionKey() });
  await expect(refuseWrongKey(other.settings, other.operations)).rejects.toThrow('than ENCRYPTION_KEY gives');
});

test.each(['worker', 'web'])(
  'a process of the role %s ends with a sentence, and changes nothing',
  async (role) => {
    const name = `role_${role}`;
    const process = await processOf(name, { ENCRYPTION_KEY: makeEncryptionKey() });
    await process.operations.migrate();
    await accountsOf(process);
    const tables = await postgres.administer(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
      name,
    );
    const content = async () =>
      await Promise.all(
        tables.map(({ name: table }) =>
          postgres.administer(`SELECT * FROM ${String(table)} ORDER BY 1`, name),
        ),
      );
    const before = await content();
    expect(before.flat().length).toBeGreaterThan(10);
    const settings = {
      ...{ ROLE: role, LOCALE: 'en', LOG_LEVEL: 'error', PORT: '0', CLICKHOUSE_URL: 'http://127.0.0.1:9' },
      OPERATIONS_DATABASE_URL: process.settings.OPERATIONS_DATABASE_URL ?? '',
    };
    for (const wrong of [{ ENCRYPTION_KEY: makeEncryptionKey() }, {}] as Record<string, string>[]) {
      const started = startProcess('server.ts', { ...settings, ...wrong });
      expect(await started.ended).toBe(2);
      expect(started.output()).toMatch(/encrypted with another key .* than ENCRYPTION_KEY gives/);
      expect(started.output()).not.toMatch(/Error|\bat .+:\d+:\d+/);
      expect(await content()).toEqual(before);
    }
  },
);

test.each(['sealed', 'committed'])(
  'killed after "%s" a change of keys is done or not begun',
  async (step) => {
    const [first, second] = [makeEncryptionKey(), makeEncryptionKey()];
    const former = await processOf(`killed_${step}`, { ENCRYPTION_KEY: first });
    await former.operations.migrate();
    await accountsOf(former);
    const before = await secretOf(former);
    const changing = { ENCRYPTION_KEY: second, ENCRYPTION_KEY_BEFORE: first };
    const { settings, operations } = await processOf(`killed_${step}`, changing);
    const dying = spawn(process.execPath, [child, step], {
      env: environmentOf({
        ...changing,
        OPERATIONS_DATABASE_URL: settings.OPERATIONS_DATABASE_URL,
        CLICKHOUSE_URL: settings.CLICKHOUSE_URL,
      }),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect((await secretOf(former)) === before).toBe(step === 'sealed');
    const changed = { changed: step === 'sealed' ? 1 : 0, left: 0 };
    expect(await rotateKeys(settings, operations, by)).toEqual(changed);
    await accountsOf(await processOf(`killed_${step}`, { ENCRYPTION_KEY: second }));
    const entries = await listJournal(operations, { what: ['secrets.rotated'] });
    expect(entries).toHaveLength(1);
  },
);
