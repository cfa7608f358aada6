import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../steps.ts';
import { permissionsPage } from './permissions-page.ts';

test('docs/permissions.md equals the table of permissions', () => {
  const page = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
  expect(page, 'Run `node tests/docs/write.ts`.').toBe(permissionsPage());
});
