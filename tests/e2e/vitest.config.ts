import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { setMachineClock } from '../clock/machine.ts';

setMachineClock();

/** The dashboard in a real browser, against a demo world of its own. One file after the other: they share it. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/demo-world.setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    maxConcurrency: 2,
    // More than the slowest of them takes on a slow and busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    allowOnly: false,
    env: { TZ: 'UTC' },
  },
});
