import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { connectOperations } from '#schema/operations/connect.ts';
import { listMembers } from '#schema/operations/members.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { getPage, insertPage } from '#schema/operations/pages.ts';
import { newestRevision, takeRevision } from '#schema/operations/revisions.ts';
import { setSetting, getSetting } from '#schema/operations/settings.ts';
import { describeOperations } from './operations-contract.ts';
import { fields, now } from './sample-organisation.ts';

const log = pino({ level: 'silent' });
const directory = mkdtempSync(join(tmpdir(), 'profpulse-operations-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describeOperations('SQLite', async () => {
  const operations = await connectOperations({ dataDirectory: join(directory, 'contract'), log });
  return { operations, close: () => operations.close() };
});

describe('SQLite', () => {
  it('writes ahead, checks foreign keys, and has every commit on the disk', async () => {
    const operations = await connectOperations({ dataDirectory: join(directory, 'pragmas'), log });
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.raw(`pragma_${name}`)}`.execute(
        operations.db,
      );
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('foreign_keys')).toBe(1);
    const full = 2;
    expect(await pragma('synchronous')).toBe(full);
    await operations.close();
    await operations.close();
  });

  it('is there again after a restart', async () => {
    const open = () => connectOperations({ dataDirectory: join(directory, 'again'), log });
    const first = await open();
    await first.migrate();
    await setSetting(first, 'kept', 'да');
    await first.close();
    const second = await open();
    await second.migrate();
    expect(await getSetting(second, 'kept')).toBe('да');
    await second.close();
  });

  it('gives no number twice, to two handles and to two processes at once', async () => {
    const dataDirectory = join(directory, 'numbers');
    const handles = [
      await connectOperations({ dataDirectory, log }),
      await connectOperations({ dataDirectory, log }),
    ];
    const about = { stream: 'observations', kind: 'run' } as const;
    const clock = { now: () => now };
    const ids: number[] = [];
    for (const handle of handles) await handle.migrate();
    for (const handle of [...handles, ...handles])
      ids.push(...(await takeRevision(handle, clock, about)).ids);
    expect(ids).toEqual([1, 2, 3, 4]);

    const modules = ['connect', 'revisions'].map(
      (name) => new URL(`../../schema/operations/${name}.ts`, import.meta.url).href,
    );
    const script = `
      const { connectOperations } = await import(${JSON.stringify(modules[0])});
      const { takeRevision } = await import(${JSON.stringify(modules[1])});
      const operations = await connectOperations({ dataDirectory: ${JSON.stringify(dataDirectory)}, disposable: true });
      const ids = [];
      for (let count = 0; count < 150; count += 1)
        ids.push(...(await takeRevision(operations, { now: () => new Date() }, ${JSON.stringify(about)})).ids);
      await operations.close();
      console.log(JSON.stringify(ids));`;
    const run = promisify(execFile);
    const taken = await Promise.all(
      [1, 2].map(() => run(process.execPath, ['--input-type=module', '--eval', script])),
    );
    const all = taken.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(all.sort((one, other) => one - other)).toEqual(
      Array.from({ length: 300 }, (_, index) => 5 + index),
    );
    for (const handle of handles) {
      expect(await newestRevision(handle)).toBe(304);
      await handle.close();
    }
  });

  it('reads a number that is too large, and an instant that is none, for what they are', async () => {
    const operations = await connectOperations({ dataDirectory: join(directory, 'odd'), log });
    await operations.migrate();
    const { id } = await insertOrganisation(operations, fields, now);
    const about = { organisationId: id, network: 'vk' as const, link: 'https://vk.com/club5', nativeId: 5 };
    const page = await insertPage(operations, about, now);
    await sql`INSERT INTO members VALUES (${id}, '2026-05-02', 9007199254740993)`.execute(operations.db);
    await sql`UPDATE pages SET read_until = 'rubbish', next_due = '' WHERE id = ${page.id}`.execute(
      operations.db,
    );
    expect(await listMembers(operations)).toMatchObject([{ on: '2026-05-02', count: 2 ** 53 }]);
    expect(await getPage(operations, page.id)).toMatchObject({ readUntil: null, nextDue: null });
    await operations.close();
  });

  it('says that the disk is full, and keeps what was there, when a transaction fails for it', async () => {
    const operations = await connectOperations({ dataDirectory: join(directory, 'full'), log });
    await operations.migrate();
    await setSetting(operations, 'kept', 'да');
    // The engine itself refuses to grow beyond the pages it has, with the error of a full disk.
    await sql`PRAGMA max_page_count = 1`.execute(operations.db);
    const fill = operations.db.transaction().execute(async (transaction) => {
      await setSetting({ ...operations, db: transaction }, 'large', 'x'.repeat(200_000));
    });
    await expect(fill).rejects.toThrow(/full/);
    expect(await getSetting(operations, 'kept')).toBe('да');
    expect(await getSetting(operations, 'large')).toBeUndefined();
    await operations.close();
  });

  it('says so when the file is no database, and when there is no directory', async () => {
    writeFileSync(join(directory, 'operations.sqlite'), 'This is no database. '.repeat(100));
    await expect(connectOperations({ dataDirectory: directory, log })).rejects.toMatchObject({
      name: 'OperationsUnavailable',
      message: expect.stringContaining('operations.sqlite') as string,
    });
    await expect(connectOperations({ log })).rejects.toThrow('Set DATA_DIR');
  });
});
