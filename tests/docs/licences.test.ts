import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../steps.ts';
import { incompatible, licencesIn, withLicences } from './licences.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const packages = licencesIn(JSON.parse(read('package-lock.json')) as Parameters<typeof licencesIn>[0]);

test('every package that the program is distributed with may be combined with it', () => {
  expect(packages.length).toBeGreaterThan(200);
  expect(incompatible(packages)).toEqual([]);
});

test('one that may not is named, and so is one that says nothing; those for developing alone are not asked', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/whole': { license: 'MIT', optionalDependencies: { '@part/of-elsewhere': '1.0.0' } },
      'node_modules/@part/of-elsewhere': {},
      'node_modules/old': { license: 'GPL-2.0-only' },
      'node_modules/whole/node_modules/silent': {},
      'node_modules/tool': { license: 'SEE LICENSE IN FILE', dev: true },
    },
  };
  expect(incompatible(licencesIn(lock))).toEqual([
    { name: 'old', licence: 'GPL-2.0-only' },
    { name: 'silent', licence: null },
  ]);
});

test('docs/security-checks.md has the table', () => {
  const page = read('docs/security-checks.md');
  expect(page, 'Run `node tests/docs/write.ts`.').toBe(withLicences(page, packages));
});
