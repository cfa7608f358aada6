import { expect, it } from 'vitest';
import { formulaVersion } from './activity-index.ts';
import { formulaVersions } from './formula-versions.ts';

it('every version after the first says what it changed, the newest first, in both languages', () => {
  const versions = formulaVersions.map(({ version }) => version);
  expect(versions).toEqual(
    Array.from({ length: formulaVersion - 1 }, (_unused, index) => formulaVersion - index),
  );
  for (const { changes } of formulaVersions) {
    expect(changes.length).toBeGreaterThan(0);
    for (const { ru, en } of changes) {
      expect(ru).toMatch(/[а-я].*\.$/u);
      expect(en).toMatch(/[a-z].*\.$/u);
      expect(en).not.toMatch(/[а-яё]/u);
    }
  }
});
