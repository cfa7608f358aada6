import { greatestCount } from '#domain/greatest-count.ts';

/** Whether a number can be a count that is kept: whole, not negative, and of 32 bits. */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= greatestCount;
}

/**
 * A count as a network says it, whether it can be or not: what cannot be is left out where looks and steps are recorded,
 * and named there. `null`: nothing is said; `NaN`: what is said is no number.
 */
export function saidCount(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' ? value : Number.NaN;
}

/** One count made of several: by `combine`, unless one of them cannot be, which is it then. `null` without any. */
export function madeOf(
  counts: readonly (number | null)[],
  combine: (counts: readonly number[]) => number,
): number | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  return known.find((count) => !isCount(count)) ?? combine(known);
}
