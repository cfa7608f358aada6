import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../steps.ts';
import { cutOut, fontsFolder, subsets, unicodeRange } from './subsets.ts';

const styles = readFileSync(join(root, 'dashboard/src/lib/styles/fonts.css'), 'utf8').replaceAll(/\s+/g, ' ');

test('the fonts that pages load first are those of the packages, cut out (else: node tests/fonts/write.ts)', async () => {
  const files = readdirSync(fontsFolder).filter((file) => file.endsWith('.woff2'));
  expect(files).toEqual(subsets.map(({ file }) => file).toSorted());
  for (const subset of subsets) {
    const written = readFileSync(join(fontsFolder, subset.file));
    expect([subset.file, written.equals(await cutOut(subset))]).toEqual([subset.file, true]);
  }
});

test.each(subsets)('the styles lead $file to its characters and weights', ({ file, characters, weights }) => {
  const [face] = styles.split('@font-face').filter((text) => text.includes(`/${file}`));
  const { min, max } = weights;
  expect(face).toContain(`font-weight: ${min === max ? min : `${min} ${max}`};`);
  expect(face).toContain(`unicode-range: ${unicodeRange(characters)};`);
});

test('no two files of a font have a character in common: else both are loaded', () => {
  const seen = new Map<string, number>();
  for (const face of styles.split('@font-face').filter((text) => text.includes('unicode-range'))) {
    const family = /font-family: '([^']+)'/.exec(face)?.[1] ?? '';
    for (const [, from = '', to = from] of face.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g))
      for (let point = parseInt(from, 16); point <= parseInt(to, 16); point += 1)
        seen.set(`${family} ${point}`, (seen.get(`${family} ${point}`) ?? 0) + 1);
  }
  expect(seen.size).toBeGreaterThan(500);
  expect([...seen].filter(([, times]) => times > 1)).toEqual([]);
});

test('what the pages say needs no other font, but for arrows and marks that none of ours has', () => {
  const folder = join(root, 'wording/messages');
  const said = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object))
    .map((messages) =>
      messages.map((message) => (typeof message === 'string' ? message : JSON.stringify(message))),
    )
    .flat(2)
    .join('');
  const known = new Set(subsets.flatMap(({ characters }) => [...characters]));
  const missing = [...new Set(said)].filter((character) => !known.has(character)).sort();
  expect(missing.filter((character) => !'\n←→▲▼≈≥≤✓★'.includes(character))).toEqual([]);
});
