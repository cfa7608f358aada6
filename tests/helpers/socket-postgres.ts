import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A database of PostgreSQL that a test has to itself. */
export interface TestPostgres {
  url: string;
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process, over a socket of this machine: its dialect and its protocol. Statements of its connections, so
 * many at most, are worked off one at a time: nothing of it is under way at once.
 */
export async function serveSocketPostgres(maxConnections = 1): Promise<TestPostgres & { port: number }> {
  const database = await PGlite.create();
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections });
  await server.start();
  const address = server.getServerConn();
  return {
    url: `postgres://postgres@${address}/postgres?sslmode=disable`,
    port: Number(address.split(':').at(-1)),
    close: async () => {
      await server.stop();
      await database.close();
    },
  };
}
