import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillTemplate, readMigrations } from '../migrations.ts';
import type { Observations } from './connect.ts';
import { connectObservations } from './connect.ts';
import type { MigrationTarget } from './migrate.ts';
import {
  createDatabase,
  createJournal,
  migrateObservations,
  migrationsFolder,
  templateNames,
} from './migrate.ts';
import { currentStructure } from './structure.ts';
import { tableNames } from './table.ts';

let directory: string;
let folder: string;
let observations: Observations;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-migrate-'));
  observations = await connectObservations({
    dataDirectory: directory,
    database: 'profpulse',
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await observations.close();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = mkdtempSync(join(directory, 'migrations-'));
  cpSync(migrationsFolder, folder, { recursive: true });
  await observations.command('DROP DATABASE IF EXISTS profpulse');
});

const applied: string[] = [];
function target(): MigrationTarget {
  applied.length = 0;
  const { database, rows, command } = observations;
  return { database, rows, command, log: (_, details) => applied.push(String(details['migration'])) };
}

const files = readMigrations(migrationsFolder).map(({ name }) => name);
const newest = files.at(-1) ?? '';
/** A migration that the next version brings. */
const more = `${String(files.length + 1).padStart(4, '0')}-more.sql`;

function edit(name: string, change: (content: string) => string): void {
  const file = join(folder, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('migrateObservations', () => {
  it('makes what structure.sql shows, and says what it applied', async () => {
    await migrateObservations(target(), folder);
    expect(applied).toHaveLength(readMigrations(folder).length);
    expect(await currentStructure(observations)).toBe(
      readFileSync(join(import.meta.dirname, 'structure.sql'), 'utf8'),
    );
    await migrateObservations(target(), folder);
    expect(applied).toEqual([]);
  });

  it('applies only what is new', async () => {
    await migrateObservations(target(), folder);
    writeFileSync(
      join(folder, more),
      'ALTER TABLE {{database}}.runs ADD COLUMN IF NOT EXISTS note String;\n',
    );
    await migrateObservations(target(), folder);
    expect(applied).toEqual([more]);
  });

  it('refuses an edited migration, and changes nothing', async () => {
    await migrateObservations(target(), folder);
    const before = await currentStructure(observations);
    edit('0002-subscribers.sql', (content) => `${content}-- another word\n`);
    writeFileSync(join(folder, more), 'DROP TABLE IF EXISTS {{database}}.runs;\n');
    await expect(migrateObservations(target(), folder)).rejects.toMatchObject({
      name: 'MigrationRefused',
      message: expect.stringMatching(/0002-subscribers\.sql was edited.*version control/s) as string,
    });
    expect(await currentStructure(observations)).toBe(before);
  });

  it('refuses a missing migration', async () => {
    await migrateObservations(target(), folder);
    renameSync(join(folder, '0002-subscribers.sql'), join(folder, '0002-other.sql'));
    await expect(migrateObservations(target(), folder)).rejects.toThrow(/0002-subscribers\.sql.*is missing/);
  });

  it('refuses a database newer than the program', async () => {
    await migrateObservations(target(), folder);
    rmSync(join(folder, newest));
    await expect(migrateObservations(target(), folder)).rejects.toThrow(
      new RegExp(`${newest}.*is newer than`, 's'),
    );
  });

  it('names the migration that fails, and goes on from it when it has been mended', async () => {
    writeFileSync(
      join(folder, more),
      'CREATE TABLE IF NOT EXISTS {{database}}.more (a UInt8) ENGINE = MergeTree ORDER BY a;\n' +
        'ALTER TABLE {{database}}.nowhere ADD COLUMN IF NOT EXISTS b UInt8;\n',
    );
    await expect(migrateObservations(target(), folder)).rejects.toMatchObject({
      name: 'MigrationFailed',
      message: expect.stringContaining(`${more} failed`) as string,
    });
    edit(more, (content) => content.replace('nowhere', 'more'));
    await migrateObservations(target(), folder);
    expect(applied).toEqual([more]);
  });

  it('refuses a statement that could not be run again', async () => {
    writeFileSync(join(folder, more), 'CREATE TABLE {{database}}.more (a UInt8) ENGINE = Memory;\n');
    await expect(migrateObservations(target(), folder)).rejects.toThrow('cannot be run twice');
  });
});

describe('on a cluster', () => {
  it('the same statements make replicated tables, in a syntax that the database takes', async () => {
    const names = templateNames('profpulse', 'federation');
    const statements = readMigrations(migrationsFolder).flatMap((migration) => migration.statements);
    const all = statements.map((statement) => fillTemplate(statement, names));
    all.push(createJournal('profpulse', 'federation'), createDatabase('profpulse', 'federation'));
    const formatted: string[] = [];
    for (const statement of all) {
      const sql = 'SELECT formatQuerySingleLine({statement: String}) AS line';
      const [row] = await observations.rows<{ line: string }>(sql, { statement });
      formatted.push(row?.line ?? '');
    }
    const tables = formatted.filter((line) => line.startsWith('CREATE TABLE'));
    expect(tables).toHaveLength(tableNames.length);
    for (const line of tables)
      expect(line).toMatch(/ ENGINE = ReplicatedReplacingMergeTree(\(version(, is_deleted)?\))? /);
    expect(formatted.at(-1)).toBe(
      'CREATE DATABASE IF NOT EXISTS profpulse ON CLUSTER federation ' +
        "ENGINE = Replicated('/clickhouse/databases/profpulse', '{shard}', '{replica}')",
    );
  });
});

describe('what was observed', () => {
  it('is on the disk before a write is answered; only what can be computed again is not', () => {
    const structure = readFileSync(join(import.meta.dirname, 'structure.sql'), 'utf8');
    const lazy = structure
      .split(';\n')
      .filter(
        (statement) => statement.includes('CREATE TABLE') && !statement.includes('fsync_after_insert = 1'),
      )
      .map((statement) => /CREATE TABLE (\w+)/.exec(statement)?.[1]);
    expect(lazy).toEqual(['page_days', 'page_months', 'rankings']);
  });
});
