import { UnsafeInteger } from './errors.ts';

/** The format that `readAnswer` reads: a line of names, then a line for each row. */
export const answerFormat = 'JSONCompactEachRowWithNames';

// A whole number of 16 digits or more may be over 2^53 - 1; fractions never are.
const maybeUnsafe = /(?<![.\d])\d{16,}/;

/**
 * Rows of an answer as plain objects: integers as numbers, instants as ISO 8601 text, unknown as null.
 * Throws `UnsafeInteger` when an integer does not fit a number, rather than round it.
 */
export function readAnswer<Row>(body: string): Row[] {
  const lines = body.split('\n').filter((line) => line !== '');
  const [head, ...rest] = lines;
  if (head === undefined) return [];
  const names = JSON.parse(head) as string[];
  return rest.map((line) => {
    const values = (maybeUnsafe.test(line) ? parseExactly(line, names) : JSON.parse(line)) as unknown[];
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) row[name] = values[index];
    return row as Row;
  });
}

/** `JSON.parse` with the digits as they were written, which ECMAScript's newer revivers are given. */
type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

function parseExactly(line: string, names: readonly string[]): unknown {
  const revive: Reviver = (key, value, context) => {
    const source = context.source ?? '';
    if (typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value)) {
      throw new UnsafeInteger(names[Number(key)] ?? key, source);
    }
    return value;
  };
  return JSON.parse(line, revive as (this: unknown, key: string, value: unknown) => unknown);
}
