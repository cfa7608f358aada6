import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { setMachineClock } from './clock/machine.ts';
import { useScratch } from './scratch.ts';

setMachineClock();
useScratch();

/** Rooms whose unit tests hold nothing in their modules: they share processes, which halves what they take. */
const sharing =
  '{accounts,analytics,collector,dashboard,domain,register,schema,simulator,wording}/**/*.test.ts';
const notOurs = [
  '**/node_modules/**',
  '**/build/**',
  '**/.svelte-kit/**',
  'tests/e2e/**',
  'tests/served/**',
  'data/**',
];

/**
 * Unit tests beside the code, contract, integration and fault tests. A configuration of its own, without the
 * dashboard's plugins (with them the run waits for a server that never closes), and in processes:
 * the embedded database engine dies with the thread that loaded it.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions: ['node'] },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'own process', include: ['**/*.test.ts'], exclude: [...notOurs, sharing] },
      },
      { extends: true, test: { name: 'shared', include: [sharing], exclude: notOurs, isolate: false } },
    ],
    pool: 'forks',
    // One more than the cores: some wait for clocks, servers and other processes.
    maxWorkers: 3,
    // A test that needs more says why (`takesLong`).
    testTimeout: 10_000,
    // Before tests whole worlds are made.
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    allowOnly: false,
    env: { TZ: 'UTC', LOG_LEVEL: 'silent' },
  },
});
