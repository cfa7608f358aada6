import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import pino from 'pino';
import { connectObservations } from './connect.ts';
import { currentStructure } from './structure.ts';

/**
 * Writes `structure.sql`, what all migrations together make, from a replay of them in an engine of its own;
 * with `--check` compares instead, and ends with 1 when the file is out of date.
 */
const file = join(import.meta.dirname, 'structure.sql');
const directory = mkdtempSync(join(tmpdir(), 'profpulse-structure-'));
try {
  const log = pino({ level: 'silent' });
  const observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
  const structure = await currentStructure(observations);
  await observations.close();
  const name = relative(process.cwd(), file);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, structure);
    console.log(`Wrote ${name}.`);
  } else if (structureFile() === structure) {
    console.log(`${name} equals what the migrations make.`);
  } else {
    console.error(
      `${name} is not what the migrations make. Run: node ${relative(process.cwd(), import.meta.filename)}`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function structureFile(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // Not written yet: out of date.
  }
}
