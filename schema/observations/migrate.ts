import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import type { AppliedMigration } from '../migrations.ts';
import {
  fillTemplate,
  MigrationFailed,
  MigrationRefused,
  pendingMigrations,
  readMigrations,
} from '../migrations.ts';
import { instantText } from './codecs.ts';

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** What the migrations need of the store. */
export interface MigrationTarget {
  database: string;
  /** The cluster's name; undefined on one server and in this process. */
  cluster?: string | undefined;
  rows<Row>(sql: string): Promise<Row[]>;
  command(sql: string, parameters?: Record<string, unknown>): Promise<void>;
  log(message: string, details: Record<string, unknown>): void;
}

/** What `{{...}}` in migrations stands for. On a cluster only the engine's prefix differs. */
export function templateNames(database: string, cluster?: string): Record<string, string> {
  return { database: `\`${database}\``, replicated: cluster ? 'Replicated' : '' };
}

/** The statement that makes the database. On a cluster it is run once on each node, and later DDL replicates. */
export function createDatabase(database: string, cluster?: string): string {
  const create = `CREATE DATABASE IF NOT EXISTS \`${database}\``;
  return cluster
    ? `${create} ON CLUSTER '${cluster}' ENGINE = Replicated('/clickhouse/databases/${database}', '{shard}', '{replica}')`
    : create;
}

/** The statement that makes the journal of migrations. */
export function createJournal(database: string, cluster?: string): string {
  const names = templateNames(database, cluster);
  return fillTemplate(
    `CREATE TABLE IF NOT EXISTS {{database}}.migrations
(
    number UInt32,
    name String,
    checksum String,
    applied DateTime64(3, 'UTC'),
    version UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY number
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
    names,
  );
}

/**
 * Brings the database to the newest shape: makes it, compares the journal with the files, and applies what is
 * pending. Every statement can be run again, so a migration that was cut short is run whole at the next start.
 * Rejects with `MigrationRefused` when files and journal contradict each other, and nothing is changed, and
 * with `MigrationFailed` when a statement fails.
 */
export async function migrateObservations(target: MigrationTarget, folder = migrationsFolder): Promise<void> {
  const names = templateNames(target.database, target.cluster);
  const files = readMigrations(folder);
  for (const statement of files.flatMap((file) => file.statements)) refuseUnrepeatable(statement);
  await target.command(createDatabase(target.database, target.cluster));
  await target.command(createJournal(target.database, target.cluster));
  const journal = `${names['database']}.migrations`;
  const applied = await target.rows<AppliedMigration>(
    `-- migrateObservations
       SELECT number, name, checksum FROM ${journal} FINAL ORDER BY number`,
  );
  for (const migration of pendingMigrations(`The database ${target.database}`, files, applied)) {
    for (const statement of migration.statements) {
      await target.command(fillTemplate(statement, names)).catch((error: unknown) => {
        throw new MigrationFailed(migration.name, error);
      });
    }
    // A migration is applied once: its row needs no order.
    const row = { ...migration, applied: instantText(systemClock.now()), version: migration.number };
    await target.command(
      `INSERT INTO ${journal} (number, name, checksum, applied, version)
       SELECT {number: UInt32}, {name: String}, {checksum: String}, {applied: DateTime64(3, 'UTC')}, {version: UInt64}`,
      {
        number: row.number,
        name: row.name,
        checksum: row.checksum,
        applied: row.applied,
        version: row.version,
      },
    );
    target.log('Migrated the observations.', { migration: migration.name });
  }
}

const repeatable =
  /^(CREATE (TABLE|VIEW|MATERIALIZED VIEW|DICTIONARY) IF NOT EXISTS|DROP \w+ IF EXISTS|ALTER TABLE \S+\s+(ADD (COLUMN|INDEX|PROJECTION) IF NOT EXISTS|DROP (COLUMN|INDEX|PROJECTION) IF EXISTS|MODIFY ))/;

function refuseUnrepeatable(statement: string): void {
  if (repeatable.test(statement)) return;
  throw new MigrationRefused(
    `A migration holds a statement that cannot be run twice: "${statement.slice(0, 80)}". ` +
      'Write it with IF NOT EXISTS or IF EXISTS: a migration may be cut short and is then run again.',
  );
}
