import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { roles } from '#accounts/permissions.ts';
import { settingsSections } from '../settings-sections.ts';
import { readerOf } from './reader.ts';
import { sectionsFor } from './settings-sections.ts';

test('every page of the settings is a section of them, once', () => {
  const routes = join(import.meta.dirname, '../../routes');
  const pages = globSync('settings/*/+page.svelte', { cwd: routes }).map((file) => `/${dirname(file)}`);
  expect(settingsSections.map(({ path }) => path).sort()).toEqual(pages.sort());
});

test('each role sees the sections that it may open', () => {
  const seen = (role: (typeof roles)[number]) => sectionsFor(readerOf([role], { key: role, who: role }));
  const all = settingsSections.map(({ path }) => path);
  expect(seen('administrator')).toEqual(all);
  expect(seen('department')).toEqual(all.filter((path) => path !== '/settings/environment'));
  for (const role of roles)
    if (!['administrator', 'department'].includes(role)) expect([role, seen(role)]).toEqual([role, []]);
});
