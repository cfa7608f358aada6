import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { connectObservations } from '#schema/observations/connect.ts';
import { connectOperations } from '#schema/operations/connect.ts';

/** The data directory that all tests of one run copy; it goes with the run's folder (`tests/scratch.ts`). */
const prepared = () => join(tmpdir(), 'prepared-stores');

/**
 * Makes a data directory of a test's own with both stores as all migrations make them, empty: a copy takes a fraction of what
 * the migrations do. Whichever test of a run comes first makes what is copied. To be called while no store is open in this
 * process: the engine has one directory at a time.
 */
export async function makeDataDirectory(purpose: string): Promise<string> {
  if (!existsSync(prepared())) await makePrepared();
  const directory = mkdtempSync(join(tmpdir(), `profpulse-${purpose}-`));
  cpSync(prepared(), directory, { recursive: true, verbatimSymlinks: true });
  return directory;
}

/** Two processes may do so at once: the folder gets its name when it is whole, and the second is not needed. */
async function makePrepared(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-prepared-'));
  const log = pino({ level: 'silent' });
  const observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
  await observations.close();
  const operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
  await operations.close();
  try {
    renameSync(directory, prepared());
  } catch (error) {
    if (!existsSync(prepared())) throw error;
    rmSync(directory, { recursive: true, force: true });
  }
}
