import { afterAll, vi } from 'vitest';

/** More than the slowest test takes on a slow and busy machine. */
const longLimit = 300_000;

/**
 * Gives the tests of a file more than the ten seconds that a test has, because of `why`. To be called before the tests
 * are written down.
 */
export function takesLong(why: string): void {
  if (why === '') throw new Error('A test that takes long says why.');
  vi.setConfig({ testTimeout: longLimit });
  afterAll(() => vi.resetConfig());
}
