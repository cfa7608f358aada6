import { z } from 'zod';
import { EditRefused, problemsOf, type EditProblem } from './problems.ts';

const { problem } = problemsOf();

/** The greatest id that both stores can hold. */
const greatestId = 2_147_483_647;
/** The longest text that a field takes, as in a register file. */
const longestText = 300;

/** A form sends every field as a list of texts; other callers give what the field is. */
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isWhole = typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
  return isWhole ? number : null;
}

function readId(value: unknown): number {
  const number = wholeNumber(value) ?? 0;
  return number <= greatestId ? number : 0;
}

/** A text; '' when nothing was sent. */
export const textField = z.preprocess((value) => {
  const text = firstOf(value);
  return typeof text === 'string' ? text : '';
}, z.string());

/** An id; 0, which nothing has, when it is none. */
export const idField = z.preprocess((value) => readId(firstOf(value)), z.number());

/** Ids, each once, ascending. */
export const idsField = z.preprocess(
  (value) =>
    [...new Set([value].flat().map(readId))].filter((id) => id > 0).sort((one, other) => one - other),
  z.array(z.number()).readonly(),
);

/** One of some values; a refusal when it is none of them. */
export const choiceField = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.preprocess(firstOf, z.enum(values));

/**
 * The field `version`, of what is edited when its form was opened; `null` when it is not said. What is no number is a version
 * that nothing has: such a form overwrites nothing.
 */
export function readVersionField({ version }: { version?: unknown }): number | null {
  return version === undefined || version === null ? null : (wholeNumber(firstOf(version)) ?? NaN);
}

/** Reads what was sent. Throws `EditRefused` where a field is none of what it may be. */
export function readFields<Shape extends z.ZodRawShape>(
  fields: z.ZodObject<Shape>,
  sent: object,
): z.output<z.ZodObject<Shape>> {
  const read = fields.safeParse(
    Object.fromEntries(Object.keys(fields.shape).map((name) => [name, Reflect.get(sent, name)])),
  );
  if (read.success) return read.data;
  throw new EditRefused(read.error.issues.map(({ path }) => problem('missing', String(path[0]))));
}

/** A text on one line, or a problem when it is missing (where it is wanted) or too long. */
export function readText(
  field: string,
  text: string,
  problems: EditProblem[],
  { wanted = false }: { wanted?: boolean } = {},
): string {
  // PostgreSQL takes no text with a zero in it, and nobody means a control character.
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (wanted && line === '') problems.push(problem('missing', field));
  if (line.length > longestText) {
    problems.push(problem('too_long', field, `${line.slice(0, 40)}…`, String(longestText)));
  }
  return line;
}
