import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps.ts';
import { permissionsPage } from './permissions-page.ts';
import { environmentExample, withSettingsTable } from './settings-pages.ts';

/* Writes what is generated: of settings `.env.example` and a table in `docs/operations.md`, of permissions their page. */

const operations = join(root, 'docs/operations.md');
writeFileSync(join(root, '.env.example'), environmentExample());
writeFileSync(operations, withSettingsTable(readFileSync(operations, 'utf8')));
writeFileSync(join(root, 'docs/permissions.md'), permissionsPage());
