import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { connectOperations } from '../../schema/operations/connect.ts';
import { describeOperations } from './operations-contract.ts';

const log = pino({ level: 'silent' });

// One connection at a time: this proves the dialect and nothing about many at once.
describeOperations('PostgreSQL over a socket', async () => {
  const database = await PGlite.create();
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0 });
  await server.start();
  const url = `postgres://postgres@${server.getServerConn()}/postgres?sslmode=disable`;
  const operations = await connectOperations({ url, poolSize: 1, log });
  return {
    operations,
    close: async () => {
      await operations.close();
      await server.stop();
      await database.close();
    },
  };
});

// A real server, wherever there is one. When it is named and not there, the suite fails.
const real = process.env['OPERATIONS_DATABASE_URL'];
if (real) {
  describeOperations('the server of OPERATIONS_DATABASE_URL', async () => {
    const name = `profpulse_contract_${process.pid}`;
    const administer = async (statement: string) => {
      const client = new pg.Client({ connectionString: real });
      await client.connect();
      await client.query(statement);
      await client.end();
    };
    await administer(`CREATE DATABASE ${name}`);
    const url = new URL(real);
    url.pathname = `/${name}`;
    const operations = await connectOperations({ url: url.href, log });
    return {
      operations,
      close: async () => {
        await operations.close();
        await administer(`DROP DATABASE ${name}`);
      },
    };
  });
}

describe('PostgreSQL', () => {
  it('says so when nobody answers, without showing the password', async () => {
    const url = 'postgres://prof:hunter2@127.0.0.1:9/profpulse';
    const refused = await connectOperations({ url, log }).catch((error: unknown) => error as Error);
    expect(refused).toMatchObject({ name: 'OperationsUnavailable' });
    expect((refused as Error).message).toContain('127.0.0.1:9');
    expect((refused as Error).message).not.toContain('hunter2');
  });

  it('says so when the address is none', async () => {
    await expect(connectOperations({ url: 'mysql://x', log })).rejects.toThrow(
      'postgres://user:password@host',
    );
  });
});
