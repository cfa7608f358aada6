import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pino from 'pino';
import { expect, test } from 'vitest';
import { connectOperations } from '#schema/operations/connect.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { appendJournal, listJournal } from '#schema/operations/journal.ts';
import { openPostgresInProcess } from '../helpers/postgres-in-process.ts';
import { createServerDatabase } from '../helpers/socket-postgres.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { describeJournalChain } from './journal-chain-contract.ts';
import { describeKeptJournal } from './kept-journal-contract.ts';
import { appointed, by, petrova } from './sample-entries.ts';

takesLong('it starts databases and processes');

const log = pino({ level: 'silent' });

async function openSqlite() {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-chain-'));
  const operations = await connectOperations({ dataDirectory: directory, log });
  const close = async (): Promise<void> => {
    await operations.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { directory, operations, close };
}

describeJournalChain('SQLite', openSqlite);
describeKeptJournal('SQLite', openSqlite);
describeJournalChain('PostgreSQL in this process', openPostgresInProcess);
describeKeptJournal('PostgreSQL in this process', openPostgresInProcess);

/** Two processes append to one journal at once; nothing is lost, and it is one chain. */
async function appendAtOnce(store: object): Promise<void> {
  const operations = await connectOperations({ ...store, log });
  await operations.migrate();
  const modules = ['connect', 'journal'].map(
    (name) => new URL(`../../schema/operations/${name}.ts`, import.meta.url).href,
  );
  const script = (who: string) => `
    const { connectOperations } = await import(${JSON.stringify(modules[0])});
    const { appendJournal } = await import(${JSON.stringify(modules[1])});
    const log = { info() {}, warn() {} };
    const operations = await connectOperations({ ...${JSON.stringify(store)}, log });
    for (let count = 0; count < 60; count += 1) {
      const entry = { at: new Date(0), who: ${JSON.stringify(who)}, what: 'page.closed', subject: 'page:1', before: null, after: count };
      await appendJournal(operations, [entry, { ...entry, what: 'reminder.added', after: { note: 'ё' } }]);
    }
    await operations.close();`;
  const run = promisify(execFile);
  await Promise.all(
    ['one@example.org', 'other'].map((who) =>
      run(process.execPath, ['--input-type=module', '--eval', script(who)]),
    ),
  );
  expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 240 });
  for (const who of ['one@example.org', 'other']) {
    const own = (await listJournal(operations, { what: ['page.closed'], limit: 500 })).filter(
      (entry) => entry.who === who,
    );
    expect(own.map(({ after }) => after).reverse()).toEqual(Array.from({ length: 60 }, (_, index) => index));
  }
  await operations.close();
}

test('two processes that append at once to SQLite make one chain', async () => {
  const { directory, operations, close } = await openSqlite();
  await operations.migrate();
  await appendAtOnce({ dataDirectory: directory });
  await close();
});

test('what is erased from SQLite is on the disk no more', async () => {
  const { directory, operations, close } = await openSqlite();
  await operations.migrate();
  await appendJournal(
    operations,
    Array.from({ length: 30 }, () => appointed),
  );
  await operations.close();
  const isOnDisk = () =>
    readdirSync(directory).some((file) => readFileSync(join(directory, file)).includes(petrova.email));
  expect(isOnDisk()).toBe(true);
  const again = await connectOperations({ dataDirectory: directory, log });
  await eraseFromJournal(again, { personId: petrova.id, by });
  await again.close();
  expect(isOnDisk()).toBe(false);
  await close();
});

// A real server, wherever there is one: there two transactions are truly under way at once.
const real = process.env['OPERATIONS_DATABASE_URL'];
if (real) {
  test('two processes that append at once to the server of OPERATIONS_DATABASE_URL make one chain', async () => {
    const { url, close } = await createServerDatabase(real, 'chain');
    await appendAtOnce({ url });
    await close();
  });
}
