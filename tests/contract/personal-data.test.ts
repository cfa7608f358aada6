import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe } from 'vitest';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { openPostgresInProcess } from '../helpers/postgres-in-process.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { describeAccountPersons } from './account-person-contract.ts';
import { describeAccountErasure } from './account-erasure-contract.ts';
import type { OperationsBackend } from './operations-contract.ts';
import { describeErasure } from './personal-data-contract.ts';
import { describeKeptPeople } from './kept-people-contract.ts';

takesLong('it starts databases');

const log = pino({ level: 'silent' });

async function openSqlite(): Promise<OperationsBackend> {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-personal-'));
  const operations = await connectOperations({ dataDirectory: directory, log });
  const close = async (): Promise<void> => {
    await operations.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { operations, close };
}

const backends: Record<string, () => Promise<OperationsBackend>> = {
  SQLite: openSqlite,
  'PostgreSQL in this process': openPostgresInProcess,
};

describe.each(Object.keys(backends))('%s', (name) => {
  let backend: OperationsBackend;
  const store = (): Operations => backend.operations;
  beforeAll(async () => {
    backend = (await backends[name]?.()) as OperationsBackend;
    await backend.operations.migrate();
  });
  afterAll(async () => {
    await backend.close();
  });
  describeErasure(store);
  describeAccountErasure(store);
  describeAccountPersons(store);
});
describeKeptPeople(backends);
