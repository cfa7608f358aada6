import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { root } from '../steps.ts';

/** Where the fonts stand that every page loads first. */
export const fontsFolder = join(root, 'dashboard/src/lib/fonts');

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).join('');

/** The signs of Russian and English typesetting, and joiners, which no font draws. */
const signs = '\u00a0«\u00ad°±·»×\u2009\u200a\u200b\u200d\u2010\u2011‒–—‘’‚“”„•…\u202f‰\u2060€™↑↓−';
const letters = range(0x41, 0x7e);
const latin = `${range(0x20, 0x40)}${letters}${signs}`;
/** The Latin letters that a Russian page has in large type: the product's name. */
const ofTheName = new Set('ProfPulse');
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

/** Text stands in three weights; what is large stands in one, which halves its font. */
const text = { name: 'golos-text', weights: { min: 400, max: 600 } };
const large = { name: 'literata', weights: { min: 600, max: 600 } };

export const subsets: readonly Subset[] = [
  subset(text, 'cyrillic', 'cyrillic', cyrillic),
  subset(text, 'latin', 'latin', latin),
  subset(large, 'cyrillic', 'cyrillic', cyrillic),
  subset(large, 'figures', 'latin', `${range(0x20, 0x40)}${[...ofTheName].join('')}${signs}`),
  subset(large, 'latin', 'latin', [...letters].filter((letter) => !ofTheName.has(letter)).join('')),
];

function subset({ name, weights }: typeof text, script: string, source: string, characters: string): Subset {
  return {
    file: `${name}-${script}.woff2`,
    source: `@fontsource-variable/${name}/files/${name}-${source}-wght-normal.woff2`,
    characters,
    weights,
  };
}

/** The font's bytes: cut out of its package, to the characters and weights that the pages have. */
export async function cutOut({ source, characters, weights }: Subset): Promise<Buffer> {
  const whole = readFileSync(createRequire(import.meta.url).resolve(source));
  return await subsetFont(whole, characters, {
    targetFormat: 'woff2',
    variationAxes: {
      wght: weights.min === weights.max ? weights.min : { ...weights, default: weights.min },
    },
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
