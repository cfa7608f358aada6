import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { closingLine, sumTallies } from './steps.ts';
import type { Tally } from './steps.ts';
import { vitest } from './vitest.ts';

/*
 * npm run test:days
 *
 * The end-to-end tests that show days, posts or periods, at instants where a week, a month or a year has just begun or is
 * about to end. The dashboard has to be built before.
 */

/** Instants of the demo's federation, which keeps the time of Irkutsk. */
const instants = {
  'a Monday at 00:30': '2026-11-23T00:30:00+08:00',
  'a Sunday at 23:30': '2026-11-22T23:30:00+08:00',
  'the first of January at 00:10': '2026-01-01T00:10:00+08:00',
  'the 29th of February': '2028-02-29T12:00:00+08:00',
  'the 53rd week': '2026-12-30T12:00:00+08:00',
};

const files = ['overview', 'without-javascript'];
const scratch = mkdtempSync(join(tmpdir(), 'profpulse-days-'));
try {
  const tallies: Tally[] = [];
  for (const [name, instant] of Object.entries(instants)) {
    console.log(`\n${name}`);
    tallies.push(
      await vitest(name, 'tests/e2e/vitest.config.ts', scratch, {
        parameters: files.map((file) => `tests/e2e/${file}.test.ts`),
        environment: { TEST_INSTANT: instant },
      }),
    );
  }
  const tally = sumTallies(tallies);
  console.log(`\n${closingLine(tally)}`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
