import { describe, expect, it } from 'vitest';
import { machineTime, SimulatorClock } from './clock.ts';

const start = new Date('2026-03-01T00:00:00Z');

describe('the clock of a simulation', () => {
  it('shows the instant it was set to, and runs at its speed', async () => {
    const clock = new SimulatorClock({ at: start, speed: 0 });
    expect(clock.now()).toEqual(start);
    const began = performance.now();
    clock.speed = 1000;
    await new Promise((resolve) => setTimeout(resolve, 30));
    const passed = clock.now().getTime() - start.getTime();
    expect(passed).toBeGreaterThan(20_000);
    expect(passed).toBeLessThanOrEqual((performance.now() - began) * 1000);
    clock.set(new Date('2025-01-01T00:00:00Z'));
    expect(clock.now().getUTCFullYear()).toBe(2025);
  });

  it('runs with the machine when nothing is said', () => {
    const before = machineTime();
    const shown = new SimulatorClock().now().getTime();
    expect(shown).toBeGreaterThanOrEqual(before);
    expect(shown).toBeLessThanOrEqual(machineTime() + 1);
  });

  it('wakes sleepers when their time comes, by advancing, setting or running', async () => {
    const clock = new SimulatorClock({ at: start, speed: 0 });
    const woken: string[] = [];
    const first = clock.sleep(60_000).then(() => woken.push('first'));
    const second = clock.sleep(3_600_000).then(() => woken.push('second'));
    clock.advance(60_000);
    await first;
    expect(woken).toEqual(['first']);
    clock.set(new Date(start.getTime() + 3_600_000));
    await second;
    expect(woken).toEqual(['first', 'second']);
    clock.speed = 100_000;
    await clock.sleep(1_000_000);
  });

  it('rejects with the reason when a sleep is aborted, before or during', async () => {
    const clock = new SimulatorClock({ at: start, speed: 0 });
    const controller = new AbortController();
    const sleeping = clock.sleep(1000, controller.signal);
    controller.abort(new Error('no more'));
    await expect(sleeping).rejects.toThrow('no more');
    await expect(clock.sleep(1000, controller.signal)).rejects.toThrow('no more');
  });

  it('refuses to run backwards', () => {
    const clock = new SimulatorClock();
    expect(() => {
      clock.speed = -1;
    }).toThrow(RangeError);
  });
});
