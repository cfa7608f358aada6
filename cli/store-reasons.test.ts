import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { pino } from 'pino';
import { connectOperations } from '#schema/operations/connect.ts';
import { setSetting } from '#schema/operations/settings.ts';
import type { Services } from './services.ts';
import { storeTrouble } from './store-reasons.ts';

const directory = mkdtempSync(join(tmpdir(), 'profpulse-busy-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('a store that another process holds is said to be busy, and is no fault of the program', async () => {
  const [holder, other] = await Promise.all(
    [0, 1].map(() => connectOperations({ dataDirectory: directory, log: pino({ level: 'silent' }) })),
  );
  if (!holder || !other) throw new Error('The store was not opened.');
  await holder.migrate();
  // Waiting for it is the store's own business, and takes its seconds.
  await sql`PRAGMA busy_timeout = 0`.execute(other.db);
  await holder.transaction(async (inside) => {
    await setSetting(inside, 'held', 'да');
    const failed = await setSetting(other, 'other', 'нет').catch((error: unknown) => error);
    expect(await storeTrouble({} as Services, failed)).toEqual({
      ru: 'База реестра не отвечает (её надолго заняла другая программа, попробуйте ещё раз).',
      en: 'The operations store does not answer (another program has held it for long, try again).',
    });
  });
  await Promise.all([holder.close(), other.close()]);
});
