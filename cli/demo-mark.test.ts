import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDemoMark, refuseDemo, refuseRealData, writeDemoMark, WrongDataDirectory } from './demo-mark.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-mark-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('a demo is known by its mark', () => {
  const mark = { seed: 3, anchor: new Date('2026-07-01T00:00:00.000Z') };
  expect(readDemoMark(directory)).toBeNull();
  writeDemoMark(directory, mark);
  expect(readDemoMark(directory)).toEqual(mark);
  expect(() => refuseDemo(directory)).toThrow(/made-up data of a demo.*DATA_DIR/);
  expect(() => refuseRealData(directory)).not.toThrow();
});

test('an empty or missing directory serves for either', () => {
  writeFileSync(join(directory, 'process.lock'), '');
  for (const place of [directory, join(directory, 'missing')]) {
    expect(() => refuseDemo(place)).not.toThrow();
    expect(() => refuseRealData(place)).not.toThrow();
  }
});

test('real data are refused for a demo', () => {
  writeFileSync(join(directory, 'operations.sqlite'), '');
  expect(() => refuseRealData(directory)).toThrow(WrongDataDirectory);
});

test('a mark that cannot be read is taken for neither', () => {
  writeFileSync(join(directory, 'demo.json'), '{"seed": "x"}');
  expect(() => refuseDemo(directory)).toThrow(/cannot be read/);
  expect(() => refuseRealData(directory)).toThrow(/cannot be read/);
});
