import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DashboardBuildFailed, refuseUnwritable } from './build-dashboard.ts';

const folder = mkdtempSync(join(tmpdir(), 'profpulse-build-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what can be written is made when it is missing', () => {
  const wanted = join(folder, 'cache', 'build');
  refuseUnwritable([folder, wanted]);
  expect(() => writeFileSync(join(wanted, 'file'), '')).not.toThrow();
});

test('what cannot be written is named, with what to do', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const refused = (): void => refuseUnwritable([folder, join(file, 'build')]);
  expect(refused).toThrow(DashboardBuildFailed);
  expect(refused).toThrow(`cannot write ${join(file, 'build')} (ENOTDIR)`);
  expect(refused).toThrow('npm run build');
});
