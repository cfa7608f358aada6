import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DashboardBuildFailed, isBuiltIn, refuseUnwritable } from './build-dashboard.ts';

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

test('what the build makes is none of its sources: a second start finds it as it was', () => {
  const made = [
    'wording/paraglide/messages.js',
    'wording/project.inlang/cache/paraglide-js/fa9bd3599907f929.json',
    'wording/project.inlang/.meta.json',
    'wording/project.inlang/README.md',
    'wording/project.inlang/.lix/README.md',
  ];
  const sources = [
    'wording/project.inlang/settings.json',
    'wording/messages/ru.json',
    'dashboard/src/app.html',
  ];
  expect([...made, 'domain/period.test.ts', ...sources].filter(isBuiltIn)).toEqual(sources);
});
