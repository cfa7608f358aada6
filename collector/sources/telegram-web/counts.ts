import type { Precision } from '../../../domain/vocabulary.ts';
import { countOf } from '../telegram/values.ts';

/** A count as `t.me` shows it. */
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
    const count = countOf(Math.round(Number(digits.replace(',', '.')) * unit));
    return count === null ? null : { count, precision: 'rounded' };
  }
  if (!whole.test(trimmed)) return null;
  const count = countOf(Number(trimmed.replace(/[ ,]/gu, '')));
  return count === null ? null : { count, precision: 'exact' };
}

/** The sum of counts, exact only when all of them are; `null` when one could not be read or the sum is no counter. */
export function sumOf(counts: readonly (ShownCount | null)[]): ShownCount | null {
  let sum: ShownCount = { count: 0, precision: 'exact' };
  for (const each of counts) {
    if (!each) return null;
    const precision = each.precision === 'rounded' ? 'rounded' : sum.precision;
    sum = { count: sum.count + each.count, precision };
  }
  return countOf(sum.count) === null ? null : sum;
}

/** A number of subscribers among the words of a page: `1 474 933 subscribers`, older `members`; `null` in others. */
export function parseSubscribers(text: string): ShownCount | null {
  if (text.length > longestCount) return null;
  const said = /^\s*([\d.,\s]+[KMB]?)\s*(?:subscribers?|members?)\s*$/iu.exec(text);
  return said?.[1] === undefined ? null : parseCount(said[1]);
}
