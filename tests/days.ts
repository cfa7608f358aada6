import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeWith, inLanes, runStep, sumTallies } from './steps.ts';
import { vitest } from './vitest.ts';

/*
 * npm run test:days
 *
 * The end-to-end tests that show days, posts or periods, at instants where a week, a month or a year has just begun or is
 * about to end, each over a small demo of its own.
 */

/** Instants of the demo's federation, which keeps the time of Irkutsk. */
const instants = {
  'a Monday at 00:30': '2026-11-23T00:30:00+08:00',
  'a Sunday at 23:30': '2026-11-22T23:30:00+08:00',
  'the first of January at 00:10': '2026-01-01T00:10:00+08:00',
  'the 29th of February': '2028-02-29T12:00:00+08:00',
  'the 53rd week': '2026-12-30T12:00:00+08:00',
};

const files = ['overview', 'without-javascript', 'numbers', 'silent', 'pages'];
/**
 * What does not depend on the day: every reader but one, forms, the widths of pages that this one sees; and what names no
 * day, counts none and is of no period: people, addresses, links that sort and search, and what is kept from everybody.
 */
const sameOnAnyDay = [
  'for a reader (?!360 dark ru)',
  'every form are sound',
  'no page is wider than its window',
  'contacts, who is responsible and an address are changed',
  'page names its people',
  'what everybody may read',
  'a column sorts by its link',
  'the filters are a form',
];

const scratch = mkdtempSync(join(tmpdir(), 'profpulse-days-'));
try {
  console.log('npm run test:days: end-to-end tests at instants where days, weeks, months and years meet');
  const built = await runStep({ name: 'dashboard', command: ['node', 'cli/build-dashboard.ts'] });
  const tallies = await inLanes(Object.entries(instants), 2, ([name, instant]) =>
    vitest(name, 'tests/e2e/vitest.config.ts', scratch, {
      parameters: [
        ...files.map((file) => `tests/e2e/${file}.test.ts`),
        `--testNamePattern=^(?!.*(?:${sameOnAnyDay.join('|')}))`,
      ],
      environment: { TEST_INSTANT: instant, TEST_WORLD: 'small' },
      quiet: true,
    }),
  );
  const tally = sumTallies([built, ...tallies]);
  closeWith(tally);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
