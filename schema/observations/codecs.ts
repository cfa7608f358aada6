/** How one kind of column is written and read: a column at a time, on purpose. */
export interface Codec<Value> {
  /** To what JSONCompactEachRow takes; throws a `RangeError` that says what is wrong. */
  encode(value: Value): unknown;
  /** From what `Observations.rows` returns for the column. */
  decode(json: unknown): Value;
}

function integer(low: number, high: number): Codec<number> {
  return {
    encode: (value) => {
      if (!Number.isSafeInteger(value) || value < low || value > high) {
        throw new RangeError(`${value} is not a whole number from ${low} to ${high}`);
      }
      return value;
    },
    decode: (json) => json as number,
  };
}

export const unsigned8 = integer(0, 255);
export const unsigned32 = integer(0, 4_294_967_295);
/** 64-bit columns hold what JavaScript can: ids and sums up to 2^53 - 1. */
export const unsigned64 = integer(0, Number.MAX_SAFE_INTEGER);
export const signed64 = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** A finite number: NaN and the infinities have no JSON. */
export const float64: Codec<number> = {
  encode: (value) => {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
    return value;
  },
  decode: (json) => json as number,
};

/** Text; halves of broken surrogate pairs, which networks do send, become U+FFFD. */
export const text: Codec<string> = {
  encode: (value) => {
    if (typeof value !== 'string') throw new RangeError(`${String(value)} is not text`);
    return value.toWellFormed();
  },
  decode: (json) => json as string,
};

/** A closed list of words, kept as text; where they are `given`, no other is taken. */
export function enumText<Word extends string>(given?: readonly Word[]): Codec<Word> {
  return {
    encode: (value) => {
      if (given && !given.includes(value)) throw new RangeError(`${value} is none of ${given.join(', ')}`);
      return text.encode(value);
    },
    decode: (json) => json as Word,
  };
}

/** A word, or nothing said: `null` is kept as the empty string, which compresses to nothing. */
export function nullableEnumText<Word extends string>(): Codec<Word | null> {
  return {
    encode: (value) => value ?? '',
    decode: (json) => (json === '' ? null : (json as Word)),
  };
}

export const bool: Codec<boolean> = {
  encode: (value) => Boolean(value),
  decode: (json) => json as boolean,
};

/** The same as 0 and 1, as `ReplacingMergeTree` wants its mark of deletion. */
export const deletionMark: Codec<boolean> = {
  encode: (value) => (value ? 1 : 0),
  decode: (json) => json === 1,
};

// DateTime64 is written by ClickHouse without loss between these years.
const firstYear = 1900;
const lastYear = 2299;

/** An instant as ClickHouse reads one, `YYYY-MM-DD HH:MM:SS.mmm` in UTC; throws a `RangeError` outside 1900-2299. */
export function instantText(value: Date): string {
  const year = value instanceof Date ? value.getUTCFullYear() : Number.NaN;
  if (!(year >= firstYear && year <= lastYear)) {
    throw new RangeError(`${String(value)} is not an instant from ${firstYear} to ${lastYear}`);
  }
  const text = value.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, -1)}`;
}

/** `DateTime64(3, 'UTC')`. */
export const instant: Codec<Date> = {
  encode: instantText,
  decode: (json) => new Date(json as string),
};

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
/** Days found right: thousands of rows are of the same few, and a calendar costs more than looking one up. */
const rightDays = new Set<string>();
const rightDaysLimit = 10_000;

/** `Date32`: a local day, `YYYY-MM-DD`, from 1900 to 2299. */
export const day: Codec<string> = {
  encode: (value) => {
    if (rightDays.has(value)) return value;
    const year = Number(value?.slice(0, 4));
    const exists = dayForm.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value);
    if (!exists || year < firstYear || year > lastYear) {
      throw new RangeError(
        `${JSON.stringify(value)} is not a day YYYY-MM-DD from ${firstYear} to ${lastYear}`,
      );
    }
    if (rightDays.size >= rightDaysLimit) rightDays.clear();
    rightDays.add(value);
    return value;
  },
  decode: (json) => json as string,
};

/** The same, or unknown. Unknown is NULL, never 0. */
export function nullable<Value>(codec: Codec<Value>): Codec<Value | null> {
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (json) => (json === null ? null : codec.decode(json)),
  };
}

export function list<Value>(codec: Codec<Value>): Codec<readonly Value[]> {
  return {
    encode: (values) => values.map((value) => codec.encode(value)),
    decode: (json) => (json as unknown[]).map((value) => codec.decode(value)),
  };
}

/** `Map(String, ...)`. */
export function mapOf<Value>(codec: Codec<Value>): Codec<Readonly<Record<string, Value>>> {
  const each = (object: object, turn: (value: never) => unknown): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key.toWellFormed(), turn(value as never)]),
    );
  return {
    encode: (values) => each(values, (value) => codec.encode(value)),
    decode: (json) => each(json as object, (value) => codec.decode(value)) as Record<string, Value>,
  };
}
