import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scratchBase } from './scratch.ts';

const disk = mkdtempSync(join(tmpdir(), 'profpulse-disk-'));
afterAll(() => rmSync(disk, { recursive: true, force: true }));

test('folders of tests go into memory where there is room, and elsewhere where there is none', () => {
  expect(scratchBase(disk, 1)).toBe(disk);
  expect(scratchBase(disk, Number.MAX_SAFE_INTEGER)).toBe(tmpdir());
  expect(scratchBase(join(disk, 'none'), 1)).toBe(tmpdir());
});
