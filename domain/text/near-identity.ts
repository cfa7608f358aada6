import { stemsOf } from './stems.ts';

/**
 * Whether two posts are the same text with small changes. A post's signature is stored beside it, so that comparing
 * two posts needs no texts: `1:<stems>:<hash of all stems>[:<MinHash of the pairs of neighbouring stems>]`.
 */

/** Below this many stems a text is too short for "similar": only the same words in the same order are one. */
const shortTextStems = 10;
/** Bytes of the MinHash: the estimated share of common pairs is true to about 0.06. */
const sketchSize = 64;
/** Share of common pairs from which two texts are one. */
const similarity = 0.7;
/** A text with something added to it: nearly all pairs of the shorter are in the longer, which is not much longer. */
const containment = 0.9;
const lengthRatio = 0.6;

const address = /:\/\/|^\p{P}{0,4}(?:www\.|[a-z0-9.-]{1,60}\.[a-z]{2,10}\/)/iu;
const hashtags = /#[\p{L}\p{N}_@]+/gu;
const mentions = /\[(?:club|public|id)\d+\|([^\]]*)\]/gu;

/** Posts of one organisation within this time of each other can be one (`metrics.md`: 48 h). */
export const sameTextWithin = 48 * 3_600_000;

/**
 * The signature of a text: links, hashtags, punctuation and forms of words make no difference.
 * Empty for a text without words (a photo only), which is never identical to anything.
 */
export function signatureOf(text: string): string {
  const own = text.replace(mentions, '$1').replace(hashtags, ' ').split(/\s+/u);
  const stems = stemsOf(own.filter((word) => !address.test(word)).join(' '));
  if (stems.length === 0) {
    return '';
  }
  const whole = stems.join(' ');
  const hash = hexadecimal(hashOf(whole, 1)) + hexadecimal(hashOf(whole, 2));
  const head = `1:${stems.length}:${hash}`;
  return stems.length < shortTextStems ? head : `${head}:${sketchOf(stems)}`;
}

/** Whether two signatures are of nearly identical texts. Symmetric; a post without words is like no other. */
export function nearlyIdentical(one: string, other: string): boolean {
  if (one === '' || other === '') {
    return false;
  }
  const [, countOne, hashOne, sketchOne] = one.split(':');
  const [, countOther, hashOther, sketchOther] = other.split(':');
  if (hashOne === hashOther && countOne === countOther) {
    return true;
  }
  if (!sketchOne || !sketchOther) {
    return false;
  }
  const shared = sharedPart(sketchOne, sketchOther);
  if (shared >= similarity) {
    return true;
  }
  const [shorter, longer] = [Number(countOne) - 1, Number(countOther) - 1].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const common = (shared / (1 + shared)) * (shorter + longer);
  return shorter / longer >= lengthRatio && common / shorter >= containment;
}

/**
 * The posts that count when near-identical texts of one organisation within 48 hours are one: in order of
 * publication, each unless it repeats one that was kept. The earliest counts.
 */
export function uniquePosts<Post extends { published: Date; signature: string }>(
  posts: readonly Post[],
): Post[] {
  const inOrder = [...posts].sort((a, b) => a.published.getTime() - b.published.getTime());
  const kept: Post[] = [];
  let first = 0;
  for (const post of inOrder) {
    while (first < kept.length && post.published.getTime() - publishedAt(kept, first) > sameTextWithin) {
      first += 1;
    }
    if (!kept.slice(first).some((earlier) => nearlyIdentical(earlier.signature, post.signature))) {
      kept.push(post);
    }
  }
  return kept;
}

function publishedAt(posts: readonly { published: Date }[], index: number): number {
  return posts[index]?.published.getTime() ?? 0;
}

/** The smallest hash of all pairs under each of `sketchSize` hash functions, its lowest byte, as base64. */
function sketchOf(stems: readonly string[]): string {
  const smallest = new Uint32Array(sketchSize).fill(0xffffffff);
  for (let index = 1; index < stems.length; index += 1) {
    const pair = `${stems[index - 1]} ${stems[index]}`;
    const start = hashOf(pair, 3);
    const step = hashOf(pair, 4) | 1;
    for (let place = 0; place < sketchSize; place += 1) {
      const value = mix((start + Math.imul(step, place)) >>> 0);
      if (value < (smallest[place] ?? 0)) {
        smallest[place] = value;
      }
    }
  }
  return Buffer.from(Uint8Array.from(smallest, (value) => value & 0xff)).toString('base64');
}

/** The estimated share of common pairs (Jaccard): equal places, without those that are equal by chance (1 of 256). */
function sharedPart(one: string, other: string): number {
  const bytes = Buffer.from(one, 'base64');
  const others = Buffer.from(other, 'base64');
  let equal = 0;
  for (let place = 0; place < sketchSize; place += 1) {
    equal += bytes[place] === others[place] ? 1 : 0;
  }
  return Math.max(0, (equal / sketchSize - 1 / 256) / (1 - 1 / 256));
}

/** FNV-1a over the text's code units, mixed: well spread 32 bits, another for each seed. */
function hashOf(text: string, seed: number): number {
  let hash = mix(0x811c9dc5 ^ Math.imul(seed, 0x9e3779b9));
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash >>> 0);
}

/** The finalizer of MurmurHash3: every bit of the input changes about half of the output's. */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hexadecimal(value: number): string {
  return value.toString(16).padStart(8, '0');
}
