import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps.ts';
import { environmentExample, withSettingsTable } from './settings-pages.ts';

/* Writes what is generated from the declaration of the settings: `.env.example` and a table in `docs/operations.md`. */

const operations = join(root, 'docs/operations.md');
writeFileSync(join(root, '.env.example'), environmentExample());
writeFileSync(operations, withSettingsTable(readFileSync(operations, 'utf8')));
