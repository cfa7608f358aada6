import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { connectOperations } from '#schema/operations/connect.ts';
import { serveSocketPostgres, type TestPostgres } from '../helpers/socket-postgres.ts';
import { describeEditsAtOnce, type Backend } from './edits-at-once-contract.ts';

const log = pino({ level: 'silent' });

describeEditsAtOnce('SQLite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-edits-'));
  const operations = await connectOperations({ dataDirectory: directory, log });
  const close = async (): Promise<void> => {
    await operations.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { store: directory, operations, close };
});

async function openBackend(postgres: TestPostgres, options: { poolSize?: number } = {}): Promise<Backend> {
  const { url } = postgres;
  const operations = await connectOperations({ url, log, ...options });
  const close = async (): Promise<void> => {
    await operations.close();
    await postgres.close();
  };
  return { store: url, operations, close };
}

describeEditsAtOnce('PostgreSQL over a socket', async () => {
  return await openBackend(await serveSocketPostgres(8), { poolSize: 1 });
});
