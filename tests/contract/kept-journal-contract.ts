import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { expect, it } from 'vitest';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { appendJournal, getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import { migrateOperations, migrationsFolder } from '#schema/operations/migrate.ts';
import type { OperationsBackend } from './operations-contract.ts';
import { by, closed, kim, marks, petrova, rowsOf } from './sample-entries.ts';

const log = pino({ level: 'silent' });

/** What becomes of a journal whose entries have neither hashes nor values beside them, on any backend. */
export function describeKeptJournal(name: string, open: () => Promise<OperationsBackend>): void {
  it(`a journal of before is sealed and chained, whole or not at all, ${name}`, async () => {
    const { operations, close } = await open();
    const folder = mkdtempSync(join(tmpdir(), 'profpulse-migrations-'));
    try {
      for (const file of readdirSync(migrationsFolder).filter((each) => each < '0011'))
        cpSync(join(migrationsFolder, file), join(folder, file));
      await migrateOperations(operations.db, operations.dialect, log, folder);
      const texts = {
        appointed: JSON.stringify([kim]),
        damaged: '{"id": 7, "name": "Петрова',
        reminder: JSON.stringify({ id: 1, personName: petrova.name, note: 'обещала', pageIds: [1] }),
      };
      await sql`INSERT INTO journal (id, at, who, what, subject, before, after) VALUES
        (2, '2026-05-01T00:00:00.000Z', 'profpulse import а.csv', 'page.added', 'page:1', NULL, '{"link":"x"}'),
        (3, '2026-05-01T00:00:00.001Z', 'dashboard', 'responsible.appointed', 'organisation:3', '[]', ${texts.appointed}),
        (5, '2026-05-01T00:00:00.002Z', 'dashboard', 'person.changed', 'person:7', ${texts.damaged}, NULL),
        (6, '2026-05-01T00:00:00.003Z', 'boss@example.org', 'reminder.added.undone', 'person:7', ${texts.reminder}, NULL)
      `.execute(operations.db);
      // The last entry cannot be sealed: nothing of the migration is done.
      const key = sql`(CASE WHEN substr(who, 1, 9) = 'personal:' OR id = 2 THEN '' ELSE CAST(id AS text) END)`;
      await sql`CREATE UNIQUE INDEX hindrance ON journal (${key})`.execute(operations.db);
      await expect(operations.migrate()).rejects.toThrow('0011-journal-chain.sql failed');
      await sql`DROP INDEX hindrance`.execute(operations.db);
      const { rows } = await sql<object>`SELECT * FROM journal`.execute(operations.db);
      expect([rows.length, Object.keys(rows[0] ?? {})]).toEqual([4, expect.not.arrayContaining(['hash'])]);

      await operations.migrate();
      expect((await rowsOf(operations)).join('\n')).not.toMatch(marks);
      const entries = await listJournal(operations);
      expect(entries.map(({ id, who, before, after }) => [id, who, before, after])).toEqual([
        [6, 'boss@example.org', JSON.parse(texts.reminder), null],
        [5, 'dashboard', texts.damaged, null],
        [3, 'dashboard', [], [kim]],
        [2, 'profpulse import а.csv', null, { link: 'x' }],
      ]);
      await appendJournal(operations, [closed]);
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 5 });
      expect(await eraseFromJournal(operations, { personId: 7, by })).toBe(3);
      expect(await getJournalEntry(operations, 5)).toMatchObject({ before: '', isErased: true });
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 6 });
    } finally {
      await close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
