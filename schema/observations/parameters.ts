import { instantText } from './codecs.ts';
import { ParameterRefused, QuestionTooLong } from './errors.ts';

/** What a ClickHouse server takes when nobody has told it otherwise, in bytes. */
const serverBounds = {
  /** One parameter, `http_max_field_value_size`. */
  parameter: 128 * 1024,
  /** The text of a question, `max_query_size`. */
  question: 256 * 1024,
};

/** Refuses a statement that a server would, with `QuestionTooLong`; rows to insert are no part of it. */
export function refuseTooLong(sql: string): void {
  // A character has three bytes at most where it counts as one.
  if (sql.length * 3 <= serverBounds.question) return;
  const bytes = Buffer.byteLength(sql);
  if (bytes > serverBounds.question) throw new QuestionTooLong(bytes, serverBounds.question);
}

/**
 * Values of `{name: Type}` parameters as both ways to run the engine take them alike. Instants become text in UTC
 * with milliseconds (left alone, one way drops them), bigints become digits; what no type takes, numbers that have lost
 * digits, and what is longer than a server takes are refused with `ParameterRefused` naming the parameter.
 */
export function prepareParameters(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const prepared = prepareValue(name, value);
      const bytes = textBytes(prepared);
      if (bytes > serverBounds.parameter) {
        throw new ParameterRefused(
          name,
          `it is ${bytes} bytes long, and a server takes ${serverBounds.parameter} (http_max_field_value_size): ` +
            'ask in parts, or join a table',
        );
      }
      return [name, prepared];
    }),
  );
}

/** What is written with a backslash before it. */
const escaped = /[\\'\b\f\n\r\t\0]/g;

/** Bytes of a value's text, as it is sent; a few more at most. */
function textBytes(value: unknown): number {
  if (value === null) return 4;
  if (typeof value === 'string') {
    return Buffer.byteLength(value) + (value.match(escaped)?.length ?? 0) + 2;
  }
  if (typeof value !== 'object') return String(value).length;
  const inner = Array.isArray(value) ? value : Object.entries(value).flat();
  return (inner as unknown[]).reduce<number>((sum, each) => sum + textBytes(each) + 1, 2);
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
