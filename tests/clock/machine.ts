import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The instant at which the tests begin, unless TEST_INSTANT says another one (ISO 8601). No test depends on the day it
 * runs: the machine's time is shifted to it, in the processes of the tests and in all that they start.
 */
const usualInstant = '2026-11-18T12:00:00+08:00';

const preload = new URL('preload.js', import.meta.url);

/**
 * The environment variables that carry the shift, for a process that does not inherit all of them; its clock is `ahead` of
 * ours by so many milliseconds.
 */
export function testClock(ahead = 0): Record<string, string> {
  const shift = String(Number(process.env['TEST_CLOCK_AHEAD'] ?? 0) + ahead);
  return { NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '', TEST_CLOCK_AHEAD: shift };
}

/** Environment variables that carry the shift to a process. */
export const clockVariables = ['NODE_OPTIONS', 'TEST_CLOCK_AHEAD'] as const;

/**
 * Shifts the time of every process that is started from here on. For the configurations of vitest, whose own process keeps
 * the machine's time. Throws a RangeError when TEST_INSTANT is no instant.
 */
export function setMachineClock(): void {
  const wanted = process.env['TEST_INSTANT'] || usualInstant;
  const instant = Date.parse(wanted);
  if (Number.isNaN(instant))
    throw new RangeError(`TEST_INSTANT: got "${wanted}", wanted an instant as ${usualInstant}`);
  process.env['TEST_CLOCK_AHEAD'] ??= String(instant - Date.now());
  const options = `--import=${preload.href}`;
  const given = process.env['NODE_OPTIONS'] ?? '';
  if (!given.includes(options)) process.env['NODE_OPTIONS'] = `${given} ${options}`.trim();
}

/** A script that shifts the time of a browser's window in the same way. */
export function browserClock(): string {
  const ahead = Number(process.env['TEST_CLOCK_AHEAD'] ?? 0);
  return `globalThis.testClockAhead = ${ahead};\n${readFileSync(fileURLToPath(preload), 'utf8')}`;
}
