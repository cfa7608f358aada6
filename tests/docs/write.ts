import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps.ts';
import { licencesIn, withLicences } from './licences.ts';
import { permissionsPage } from './permissions-page.ts';
import { environmentExample, withSettingsTable } from './settings-pages.ts';

/* Writes what is generated: of settings `.env.example` and a table in `docs/operations.md`, of permissions their page, of licences a table. */

const operations = join(root, 'docs/operations.md');
writeFileSync(join(root, '.env.example'), environmentExample());
writeFileSync(operations, withSettingsTable(readFileSync(operations, 'utf8')));
writeFileSync(join(root, 'docs/permissions.md'), permissionsPage());
const checks = join(root, 'docs/security-checks.md');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Parameters<
  typeof licencesIn
>[0];
writeFileSync(checks, withLicences(readFileSync(checks, 'utf8'), licencesIn(lock)));
