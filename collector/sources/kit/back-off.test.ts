import { expect, test } from 'vitest';
import { hastyTimer } from '#tests/helpers/collector-clocks.ts';
import { backOff, growing, pause } from './back-off.ts';

test('pauses double from try to try, and no two are alike', () => {
  for (const [attempt, middle] of [
    [1, 1000],
    [2, 2000],
    [4, 8000],
  ] as const) {
    const pauses = Array.from({ length: 50 }, () => backOff(1000, attempt));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(middle / 2);
    expect(Math.max(...pauses)).toBeLessThan(middle * 1.5);
    expect(new Set(pauses).size).toBeGreaterThan(1);
  }
});

test('what grows stops at its bound', () => {
  expect([0, 1, 2, 9].map((times) => growing(30, times, 360))).toEqual([30, 60, 120, 360]);
});

test('a pause that is broken off throws what its network says for that', async () => {
  const stop = new AbortController();
  const paused = pause(hastyTimer(1), 60_000, stop.signal, () => new RangeError('stopped'));
  stop.abort();
  await expect(paused).rejects.toThrow(new RangeError('stopped'));
});
