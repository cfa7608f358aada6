import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { setMachineClock } from '../clock/machine.ts';
import { useScratch } from '../scratch.ts';

setMachineClock();
useScratch();

/** Processes over real servers, of each file its own: what one file waits for leaves the cores to the other. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['tests/served/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Not ten seconds as elsewhere: processes take over from each other when their leases have run out.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    allowOnly: false,
    env: { TZ: 'UTC' },
  },
});
