import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { setMachineClock } from './clock/machine.ts';
import { useScratch } from './scratch.ts';

setMachineClock();
useScratch();

/**
 * Unit tests beside the code, contract, integration and fault tests. A configuration of its own, without the
 * dashboard's plugins (with them the run waits for a server that never closes), and in processes of their own:
 * the embedded database engine dies with the thread that loaded it.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions: ['node'] },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', 'tests/e2e/**', 'data/**'],
    pool: 'forks',
    maxWorkers: 2,
    // More than the slowest of them takes on a slow and busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    allowOnly: false,
    env: { TZ: 'UTC', LOG_LEVEL: 'silent' },
  },
});
