import { allowedDays, dayProblem, dayRefusal, isAllowedDay } from '#domain/allowed-days.ts';
import type { Day } from '#domain/period.ts';

/**
 * How one parameter of an address is read and written: by screens, which pass over what is not understood, and by the HTTP
 * API, which refuses it in these words and describes it by this schema.
 */
export interface Codec<Value extends string | number | boolean> {
  /** The value that a text says; `null` without a text, and for one that is not taken. */
  read(text: string | null): Value | null;
  /** The text that says a value; `read` takes it back. */
  write(value: Value): string;
  /** Why a text is not taken, and what is: a sentence for those who write programs, in English. */
  refusal(text: string): string;
  /** What is taken, in JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const refusalOf =
  (wanted: string) =>
  (text: string): string =>
    `got "${text}", wanted ${wanted}.`;

/** One of some words. */
export function choice<const Value extends string>(values: readonly Value[]): Codec<Value> {
  return {
    read: (text) => values.find((value) => value === text) ?? null,
    write: String,
    refusal: refusalOf(`one of ${values.join(', ')}`),
    schema: { type: 'string', enum: values },
  };
}

/** A whole number of some bounds, in decimal digits; `wanted`: what is taken, in words. */
export function wholeNumber(
  least: number,
  greatest: number = Number.MAX_SAFE_INTEGER,
  wanted = `a whole number from ${least} to ${greatest}`,
): Codec<number> {
  const isTaken = (text: string): boolean =>
    /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= greatest;
  return {
    read: (text) => (text !== null && isTaken(text) ? Number(text) : null),
    write: String,
    refusal: refusalOf(wanted),
    schema: {
      type: 'integer',
      minimum: least,
      ...(greatest < Number.MAX_SAFE_INTEGER && { maximum: greatest }),
    },
  };
}

/** The greatest id that the stores take. */
const greatestId = 2_147_483_647;

/** The id of something in the register or its journal. */
export const id = wholeNumber(1, greatestId, 'an id, a whole number');

/** The page of a list, from 1. */
export const pageNumber = wholeNumber(1, undefined, 'a whole number from 1');

/** Words of any kind, without the blanks around them; of longer ones the beginning. None is `null`. */
export function words(longest: number): Codec<string> {
  return {
    read: (text) => text?.trim().slice(0, longest) || null,
    write: String,
    refusal: refusalOf(`at most ${longest} characters`),
    schema: { type: 'string', maxLength: longest },
  };
}

/** A key of some form; `wanted`: the form in words. */
export function key(form: RegExp, wanted: string): Codec<string> {
  return {
    read: (text) => (text !== null && form.test(text) ? text : null),
    write: String,
    refusal: refusalOf(wanted),
    schema: { type: 'string', pattern: form.source },
  };
}

/** `true` or `false`. */
export const flag: Codec<boolean> = {
  read: (text) => (text === 'true' ? true : text === 'false' ? false : null),
  write: String,
  refusal: refusalOf('one of true, false'),
  schema: { type: 'boolean' },
};

const span = `from ${allowedDays.from} to ${allowedDays.to}`;

/** A day of the calendar that is taken (`allowedDays`). */
export const day: Codec<Day> = {
  read: (text) => (text !== null && isAllowedDay(text) ? text : null),
  write: String,
  refusal: (text) => {
    const problem = dayProblem(text);
    if (problem === 'day_out_of_range') return `${dayRefusal(text, 'en')}.`;
    return problem === 'no_such_day'
      ? `${dayRefusal(text, 'en')}; days ${span} are taken.`
      : `got "${text}", wanted a day of the calendar such as 2026-03-31, ${span}.`;
  },
  schema: { type: 'string', format: 'date', example: '2026-03-31' },
};

/** The order of a list by one of its columns. */
export const order = choice(['asc', 'desc']);

/** A parameter of a screen's address: its codec, and what holds when the address does not say it. */
interface Parameter<Value extends string | number | boolean, Silent> {
  readonly codec: Codec<Value>;
  readonly silent: Silent;
}

/** A parameter that an address leaves out when it is `silent` (`null` when not said otherwise). */
export function parameter<Value extends string | number | boolean, Silent extends Value | null>(
  codec: Codec<Value>,
  silent: Silent,
): Parameter<Value, Silent> {
  return { codec, silent };
}

type Parameters = Readonly<
  Record<string, Parameter<string, string | null> | Parameter<number, number | null>>
>;

/** What an address says: each parameter's value, or what holds without it. */
export type Said<Known extends Parameters> = {
  [Name in keyof Known]: Known[Name] extends Parameter<infer Value, infer Silent> ? Value | Silent : never;
};

/** Reads the parameters of a screen's address; what is not understood is passed over. */
export function readSaid<Known extends Parameters>(known: Known, address: URLSearchParams): Said<Known> {
  return Object.fromEntries(
    Object.entries(known).map(([name, { codec, silent }]) => [name, codec.read(address.get(name)) ?? silent]),
  ) as Said<Known>;
}

/** The parameters that say some values, in the order of `known`; what holds without being said is left out. */
export function saidParameters<Known extends Parameters>(
  known: Known,
  values: Partial<Said<Known>>,
): [name: string, text: string][] {
  return Object.entries(known).flatMap(([name, { codec, silent }]): [string, string][] => {
    const value = values[name];
    if (value === undefined || value === null || value === '' || value === silent) return [];
    return [[name, (codec as Codec<string | number>).write(value as string | number)]];
  });
}

/** The query of an address with these parameters: `''` or `?…`. */
export function queryOf(parameters: readonly [name: string, text: string][]): string {
  return parameters.length === 0 ? '' : `?${new URLSearchParams([...parameters]).toString()}`;
}
