import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { browserClock, setMachineClock } from './machine.ts';

const { TEST_CLOCK_AHEAD, TEST_INSTANT } = process.env;
afterEach(() => {
  Object.assign(process.env, { TEST_CLOCK_AHEAD });
  if (TEST_INSTANT === undefined) delete process.env['TEST_INSTANT'];
  else process.env['TEST_INSTANT'] = TEST_INSTANT;
});

/** The year that a process of its own believes in. */
async function yearOfChild(): Promise<string> {
  const child = spawn(process.execPath, ['--eval', 'console.log(new Date().getUTCFullYear())']);
  return (await text(child.stdout)).trim();
}

test('processes of the tests live at an instant that is said, on any machine', async () => {
  const year = String(systemClock.now().getUTCFullYear());
  expect(year).toBe((TEST_INSTANT ?? '2026').slice(0, 4));
  expect(await yearOfChild()).toBe(year);
  delete process.env['TEST_CLOCK_AHEAD'];
  process.env['TEST_INSTANT'] = '2028-02-29T00:10:00+08:00';
  // What is measured from is the shifted time of this process: the child's is shifted by the difference alone.
  setMachineClock();
  expect(Number(process.env['TEST_CLOCK_AHEAD'])).toBeCloseTo(
    Date.parse('2028-02-29T00:10:00+08:00') - systemClock.now().getTime(),
    -5,
  );
});

test('a wrong instant is refused', () => {
  process.env['TEST_INSTANT'] = 'tomorrow';
  expect(setMachineClock).toThrow('TEST_INSTANT: got "tomorrow"');
});

test('a shifted Date is a Date in every way', () => {
  const now = systemClock.now();
  class Later extends Date {}
  expect(now).toBeInstanceOf(Date);
  expect(now.constructor).toBe(Date);
  expect(new Later()).toBeInstanceOf(Later);
  expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  expect(new Date(2026, 0, 2).getUTCFullYear()).toBe(2026);
  expect(Date.parse(Date())).toBeGreaterThan(now.getTime() - 60_000);
  expect(browserClock()).toContain(`testClockAhead = ${TEST_CLOCK_AHEAD}`);
});
