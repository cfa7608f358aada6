import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pino from 'pino';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';

/** PostgreSQL in this process, reached over a socket by one connection at a time: an empty store, not yet migrated. */
export async function openPostgresInProcess(): Promise<{
  operations: Operations;
  close(): Promise<void>;
}> {
  const database = await PGlite.create();
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0 });
  await server.start();
  const url = `postgres://postgres@${server.getServerConn()}/postgres?sslmode=disable`;
  const log = pino({ level: 'silent' });
  const operations = await connectOperations({ url, poolSize: 1, log });
  return {
    operations,
    close: async () => {
      await operations.close();
      await server.stop();
      await database.close();
    },
  };
}
