import { describe, expect, it } from 'vitest';
import { batches } from './batches.ts';

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
