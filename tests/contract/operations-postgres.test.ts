import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { connectOperations } from '#schema/operations/connect.ts';
import { serveSocketPostgres, type TestPostgres } from '../helpers/socket-postgres.ts';
import { describeOperations } from './operations-contract.ts';

const log = pino({ level: 'silent' });

async function openOperations({ url, close }: TestPostgres, options: { poolSize?: number } = {}) {
  const operations = await connectOperations({ url, log, ...options });
  return {
    operations,
    close: async () => {
      await operations.close();
      await close();
    },
  };
}

// One connection at a time: this proves the dialect and nothing about many at once.
describeOperations('PostgreSQL over a socket', async () => {
  const postgres = await serveSocketPostgres();
  return await openOperations(postgres, { poolSize: 1 });
});

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
