import { instantText } from './codecs.ts';
import { ParameterRefused } from './errors.ts';

/**
 * Values of `{name: Type}` parameters as both ways to run the engine take them alike. Instants become text in UTC
 * with milliseconds (left alone, one way drops them), bigints become digits; what no type takes, and numbers that
 * have lost digits, are refused with `ParameterRefused` naming the parameter.
 */
export function prepareParameters(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, prepareValue(name, value)]),
  );
}

function prepareValue(name: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new ParameterRefused(name, `${value} is not a finite number`);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new ParameterRefused(name, `${value} is more than a number keeps exactly; give a bigint`);
    }
    return value;
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new ParameterRefused(name, 'it is an invalid date');
    return instantText(value);
  }
  if (Array.isArray(value)) return value.map((each) => prepareValue(name, each));
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, prepareValue(name, each)]));
  }
  throw new ParameterRefused(name, `${String(value)} (${typeof value}) has no type in the database`);
}
