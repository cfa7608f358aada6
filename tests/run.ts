import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.ts';
import { closeWith, runStep, sumTallies } from './steps.ts';
import type { Tally } from './steps.ts';
import { vitest } from './vitest.ts';

const parts = [
  'check         formatting, lint with the arrows between rooms, types, dead code, structure.sql',
  'tests         unit (beside the code), contract, integration, fault',
  'build         the dashboard',
  'end to end    every page in a real browser against a demo world: ru and en, light and dark, 1440 and 360 px',
];

const scratch = mkdtempSync(join(tmpdir(), 'profpulse-tests-'));
try {
  console.log(`npm test runs:\n${parts.map((part) => `  ${part}`).join('\n')}`);
  const tallies: Tally[] = [];
  console.log('\ncheck');
  tallies.push(await check());
  console.log('\ntests');
  tallies.push(
    await vitest('unit, contract, integration and fault tests', 'tests/vitest.config.ts', scratch),
  );
  console.log('\nbuild');
  tallies.push(await runStep({ name: 'dashboard', command: ['node', 'cli/build-dashboard.ts'] }));
  console.log('\nend to end');
  tallies.push(await vitest('end to end', 'tests/e2e/vitest.config.ts', scratch));
  const tally = sumTallies(tallies);
  closeWith(tally);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
