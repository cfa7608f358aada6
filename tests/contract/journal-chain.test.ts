import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import { connectOperations } from '#schema/operations/connect.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { openPostgresInProcess } from '../helpers/postgres-in-process.ts';
import { appendAtOnce } from '../helpers/append-at-once.ts';
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
