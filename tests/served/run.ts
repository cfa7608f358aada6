import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, runStep, sumTallies } from '../steps.ts';
import { vitest } from '../vitest.ts';
import { postgresPrograms } from './postgres-server.ts';

/*
 * npm run test:served
 *
 * Processes of every role over a real PostgreSQL and ClickHouse's HTTP interface as a process of its own: undisturbed they
 * come to what one process with embedded databases comes to, and what happens to servers, lines and processes loses nothing.
 */

const scratch = mkdtempSync(join(tmpdir(), 'profpulse-served-'));
try {
  console.log(
    `npm run test:served: several processes over servers, with PostgreSQL of ${postgresPrograms()}`,
  );
  const built = await runStep({ name: 'dashboard', command: ['node', 'cli/build-dashboard.ts'] });
  const tested = await vitest('processes over servers', 'tests/served/vitest.config.ts', scratch);
  const tally = sumTallies([built, tested]);
  console.log(`\n${closingLine(tally)}`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
