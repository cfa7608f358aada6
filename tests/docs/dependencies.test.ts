import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { rooms } from '../lint/arrows.ts';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const packages = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

/** The first cells of a document's tables, below their headings. */
function firstCells(document: string): string[] {
  return read(document)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|')[1]?.trim() ?? '')
    .filter((cell) => cell.startsWith('`'));
}

describe('dependencies', () => {
  test('each one is explained, and none that is not there', () => {
    const explained = firstCells('docs/decisions/0001-dependencies.md').flatMap((cell) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(explained.toSorted()).toEqual(Object.keys(packages).toSorted());
  });

  test('versions are exact', () => {
    for (const [name, version] of Object.entries(packages)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('the lock file names no registry', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> };
    expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
  });

  test('the lock file names the parts for every system, also those this one has no use for', () => {
    // `npm ci` refuses a lock file without them, and a registry that lacks one leaves it out when the file is written.
    interface Entry {
      optionalDependencies?: Record<string, string>;
    }
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> };
    const places = Object.keys(lock.packages);
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)))
        .map((name) => `${name}, wanted by ${path}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the picture of the house', () => {
  test('docs/architecture.md draws the arrows that are linted', () => {
    const text = read('docs/architecture.md').split('## Allowed arrows')[1]?.split('\n## ')[0] ?? '';
    const drawn = Object.fromEntries(
      [...text.matchAll(/^\| `(\w+)\/` \| (.+) \|$/gm)].map(([, room, cell]) => [room, cell]),
    );
    const linted = Object.fromEntries(
      Object.entries(rooms).map(([room, { mayImport }]) => [
        room,
        mayImport.length === 0
          ? 'nothing of ours'
          : mayImport.includes('*')
            ? 'everything'
            : mayImport.map((target) => `\`${target}/\``).join(', '),
      ]),
    );
    expect(drawn).toEqual(linted);
  });
});
