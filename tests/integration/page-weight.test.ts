import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildDashboard } from '#cli/build-dashboard.ts';
import { root } from '../steps.ts';

const scripts = join(root, 'build/client/_app/immutable');
/** Bytes by Brotli: with them a page answers to its reader within two seconds over a slow mobile line. */
const mostBytes = 100 * 1024;

beforeAll(async () => await buildDashboard(), 240_000);

const filesOf = (folder: string): string[] =>
  readdirSync(join(scripts, folder))
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(scripts, folder, file));
const textOf = (file: string): string => readFileSync(file, 'utf8');

/** The files that are loaded before a file runs, itself among them; what it imports later on is not. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of textOf(file).matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+)["'`]/g))
    loadedWith(join(dirname(file), path), seen);
  return seen;
}

/** The scripts of each page: its own, the layout's, the error page's, which the kit loads with every page, and the entry. */
function scriptsOfPages(): Map<string, string[]> {
  const nodes = filesOf('nodes');
  const isShared = (file: string): boolean => /nodes.[01]\./.test(file);
  const always = [...filesOf('entry'), ...nodes.filter(isShared)];
  return new Map(
    nodes
      .filter((file) => !isShared(file))
      .map((page) => {
        const loaded = [...always, page].flatMap((file) => [...loadedWith(file)]);
        return [page.slice(scripts.length + 1), [...new Set(loaded)]];
      }),
  );
}

test('each page loads at most 100 KB of scripts, in few files', () => {
  const pages = scriptsOfPages();
  expect(pages.size).toBeGreaterThanOrEqual(6);
  for (const [page, files] of pages) {
    const bytes = files.reduce((sum, file) => sum + statSync(`${file}.br`).size, 0);
    expect(bytes, `${page}: ${files.join(', ')}`).toBeGreaterThan(10_000);
    expect(bytes, `${page}: ${files.join(', ')}`).toBeLessThanOrEqual(mostBytes);
    // A screen is a file apart from its page: links to one view load it, too.
    expect(files.length, `${page}: ${files.join(', ')}`).toBeLessThanOrEqual(11);
  }
});

test.each([
  ['charts', 'is not a registered', true],
  ['a calendar', 'Non-positive ', false],
  ['schemas', 'ZodError', false],
])('no page loads the code of %s with its scripts', (_, said, isLoadedLater) => {
  const all = ['chunks', 'nodes', 'entry'].flatMap(filesOf).filter((file) => textOf(file).includes(said));
  expect(all.length > 0).toBe(isLoadedLater);
  for (const files of scriptsOfPages().values())
    expect(files.filter((file) => all.includes(file))).toEqual([]);
});

test('the words that tell these codes are theirs', () => {
  const read = (path: string): string => textOf(join(root, 'node_modules', path));
  const polyfill = readdirSync(join(root, 'node_modules/temporal-polyfill'), {
    recursive: true,
    encoding: 'utf8',
  });
  expect(
    polyfill
      .filter((file) => file.endsWith('.js'))
      .some((file) => read(`temporal-polyfill/${file}`).includes('Non-positive ')),
  ).toBe(true);
  expect(read('zod/v4/classic/errors.js')).toContain('ZodError');
});
