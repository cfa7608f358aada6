import { describe, expect, it } from 'vitest';
import { systemClock } from '../../domain/clock.ts';
import { batches } from './batches.ts';
import { nextVersion } from './table.ts';

describe('batches', () => {
  it('is nothing for nothing', () => {
    expect([...batches([])]).toEqual([]);
  });

  it('keeps to the bound of rows', () => {
    const lines = Array.from({ length: 20_001 }, (_, index) => String(index));
    const made = [...batches(lines)];
    expect(made.map((batch) => batch.split('\n').length)).toEqual([10_000, 10_000, 1]);
    expect(made.join('\n').split('\n')).toEqual(lines);
  });

  it('keeps to the bound of characters, a longer line by itself', () => {
    const made = [...batches(['aa', 'bb', 'cccccc', 'd'], { rows: 10, characters: 4 })];
    expect(made).toEqual(['aa\nbb', 'cccccc', 'd']);
  });
});

describe('nextVersion', () => {
  it('always grows, by the clock', () => {
    const before = systemClock.now().getTime();
    const versions = Array.from({ length: 1000 }, nextVersion);
    expect(new Set(versions).size).toBe(1000);
    expect(versions).toEqual([...versions].sort((one, other) => one - other));
    expect(versions[0]).toBeGreaterThanOrEqual(before);
    expect(versions[0]).toBeLessThanOrEqual(systemClock.now().getTime() + 1);
  });
});
