import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { root } from '../steps.ts';

/** Where the fonts stand that every page loads first. */
export const fontsFolder = join(root, 'dashboard/src/lib/fonts');

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');

/** Basic Latin, the signs of Russian and English typesetting, and joiners, which no font draws. */
const latin = `${range(0x20, 0x7e)}\u00a0«\u00ad°±·»×\u2009\u200a\u200b\u200d\u2010\u2011‒–—‘’‚“”„•…\u202f‰\u2060€™↑↓−`;
/** The Russian alphabet, the number sign and the accent. */
const cyrillic = `\u0301Ё${range(0x410, 0x44f)}ё№`;

/** A font as every page needs it: which characters, and from which weight to which. */
export interface Subset {
  /** Its file in `fontsFolder`. */
  file: string;
  /** The package and the file that it is cut out of. */
  source: string;
  characters: string;
  weights: { min: number; max: number };
}

const families = [
  { name: 'golos-text', weights: { min: 400, max: 600 } },
  { name: 'literata', weights: { min: 500, max: 600 } },
];
const scripts = [
  { script: 'cyrillic', characters: cyrillic },
  { script: 'latin', characters: latin },
];

export const subsets: readonly Subset[] = families.flatMap(({ name, weights }) =>
  scripts.map(({ script, characters }) => ({
    file: `${name}-${script}.woff2`,
    source: `@fontsource-variable/${name}/files/${name}-${script}-wght-normal.woff2`,
    characters,
    weights,
  })),
);

/** The font's bytes: cut out of its package, to the characters and weights that the pages have. */
export async function cutOut({ source, characters, weights }: Subset): Promise<Buffer> {
  const whole = readFileSync(createRequire(import.meta.url).resolve(source));
  return await subsetFont(whole, characters, {
    targetFormat: 'woff2',
    variationAxes: { wght: { ...weights, default: weights.min } },
  });
}

/** Characters as the property `unicode-range` writes them, in order, neighbours joined. */
export function unicodeRange(characters: string): string {
  const points = [...characters].map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const hex = (point: number): string => point.toString(16).toUpperCase().padStart(4, '0');
  const ranges: [from: number, to: number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges
    .map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`))
    .join(', ');
}
