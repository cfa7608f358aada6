import type { Precision } from '#domain/vocabulary.ts';
import { isCount } from '../kit/said-count.ts';

/** A count as `t.me` shows it, whether it can be or not: see `saidCount`. */
export interface ShownCount {
  count: number;
  precision: Precision;
}

const units: Readonly<Record<string, number>> = { K: 1_000, M: 1_000_000, B: 1_000_000_000 };
const abbreviated = /^(\d+(?:[.,]\d+)?)([KMB])$/iu;
/** `1474933`, `1 474 933`, `1,474,933`. */
const whole = /^(?:\d+|\d{1,3}(?:[ ,]\d{3})+)$/u;

/** No count is written in as many characters: what is longer is none, and is not looked into. */
const longestCount = 200;

/** Reads a count: `85.9K` is 85,900, rounded; `1 474 933` is exact. `null` when the text is none. */
export function parseCount(text: string): ShownCount | null {
  if (text.length > longestCount) return null;
  const trimmed = text.replace(/\s+/gu, ' ').trim();
  const [, digits, suffix] = abbreviated.exec(trimmed.replace(/ (?=[KMB]$)/iu, '')) ?? [];
  if (digits !== undefined && suffix !== undefined) {
    const unit = units[suffix.toUpperCase()] ?? 1;
    return { count: Math.round(Number(digits.replace(',', '.')) * unit), precision: 'rounded' };
  }
  if (!whole.test(trimmed)) return null;
  return { count: Number(trimmed.replace(/[ ,]/gu, '')), precision: 'exact' };
}

/** The count that an element of a page shows: figures that are none are no number. `null` when it has no figures. */
export function shownCount(text: string): ShownCount | null {
  return parseCount(text) ?? (/\d/u.test(text) ? { count: Number.NaN, precision: 'exact' } : null);
}

/** The sum of counts, exact only when all of them are; `null` when one could not be read. One that cannot be is the sum. */
export function sumOf(counts: readonly (ShownCount | null)[]): ShownCount | null {
  let sum: ShownCount = { count: 0, precision: 'exact' };
  for (const each of counts) {
    if (!each) return null;
    if (!isCount(each.count)) return each;
    const precision = each.precision === 'rounded' ? 'rounded' : sum.precision;
    sum = { count: sum.count + each.count, precision };
  }
  return sum;
}

/** A number of subscribers among the words of a page: `1 474 933 subscribers`, older `members`; `null` in others. */
export function parseSubscribers(text: string): ShownCount | null {
  if (text.length > longestCount) return null;
  const said = /^\s*(-?[\d.,\s]+[KMB]?)\s*(?:subscribers?|members?)\s*$/iu.exec(text);
  return said?.[1] === undefined ? null : shownCount(said[1]);
}
