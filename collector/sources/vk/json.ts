/** An object of an answer, of which nothing is known yet. */
export type Json = Record<string, unknown>;

/** Whether a value is an object with fields (no list, not `null`). */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for a person: `null`, `a list`, `text`, ... */
export function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value;
}

/** A whole number of at least `least`, or `null`. `10639516.0` is one. */
export function wholeNumber(value: unknown, least: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : null;
}
