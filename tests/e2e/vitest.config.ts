import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { setMachineClock } from '../clock/machine.ts';
import { useScratch } from '../scratch.ts';

setMachineClock();
useScratch();

/** The dashboard in a real browser, against a demo world that all files read, three at a time (half of what they take is waiting for networks to be idle), and none changes. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/demo-world.setup.ts'],
    pool: 'forks',
    maxWorkers: 3,
    maxConcurrency: 2,
    // Not ten seconds as elsewhere: a browser visits every page. More than the slowest takes on a slow and busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    allowOnly: false,
    env: { TZ: 'UTC' },
  },
});
