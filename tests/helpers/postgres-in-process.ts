import pino from 'pino';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { serveSocketPostgres } from './socket-postgres.ts';

/** A store of operations in PostgreSQL of this process: empty, and not yet migrated. */
export async function openPostgresInProcess(): Promise<{
  operations: Operations;
  close(): Promise<void>;
}> {
  const { url, close } = await serveSocketPostgres();
  const operations = await connectOperations({ url, poolSize: 1, log: pino({ level: 'silent' }) });
  return {
    operations,
    close: async () => {
      await operations.close();
      await close();
    },
  };
}
