import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../../steps.ts';
import { fromAlias } from '../arrows.ts';

const imported = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;

/** What files need, directly or by what they need: files of ours, and packages. */
export interface Needs {
  files: Set<string>;
  packages: Set<string>;
  /** `file → import` of what is nowhere. */
  missing: string[];
}

/** Made by the dashboard's build, or the kit's own. */
const generated = /(?:^|\/)paraglide\/|\/\$types|^\$/;

/** Follows the imports from the given files (paths from the root), types included. */
export function needsOf(beginnings: readonly string[]): Needs {
  const needs: Needs = { files: new Set(), packages: new Set(), missing: [] };
  const waiting = [...beginnings];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (needs.files.has(file)) continue;
    needs.files.add(file);
    if (!/\.(?:ts|js|svelte)$/.test(file)) continue;
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(imported)) {
      if (name.startsWith('node:') || generated.test(name)) continue;
      if (!/^[.#]/.test(name)) {
        needs.packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
        continue;
      }
      const path = name.startsWith('#') ? fromAlias(name) : normalize(join(dirname(file), name));
      const target = path.replace(/\?\w+$/, '');
      if (existsSync(join(root, target))) waiting.push(target);
      else needs.missing.push(`${file} → ${name}`);
    }
  }
  return needs;
}
