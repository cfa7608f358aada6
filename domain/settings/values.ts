import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

import type { Said } from '../said.ts';
import { hasBarePassword } from './bare-password.ts';
import { wanted } from './wanted.ts';
import { wants } from './wants.ts';

/**
 * The kinds of values a setting may have: text from the environment in, a checked value out. The message of a kind
 * says what is wanted.
 */

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const text = wanted({
    ru: `целое число от ${least} до ${most}`,
    en: `a whole number from ${least} to ${most}`,
  });
  return z
    .string()
    .regex(/^\d{1,15}$/u, text)
    .transform(Number)
    .refine((value) => value >= least && value <= most, text);
}

/** A number above zero and up to `most`; a fraction is allowed. */
export function positiveNumber(most: number) {
  const text = wanted({ ru: `число больше 0 и не больше ${most}`, en: `a number above 0 and up to ${most}` });
  return z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,6})?$/u, text)
    .transform(Number)
    .refine((value) => value > 0 && value <= most, text);
}

/** One of a closed list of words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  const all = words.join(', ');
  return z.enum(words as readonly [Word, ...Word[]], wanted({ ru: `одно из: ${all}`, en: `one of ${all}` }));
}

/** Yes or no. */
export const yesOrNo = z
  .string()
  .regex(/^(?:true|false|yes|no|1|0)$/iu, wanted({ ru: 'true или false', en: 'true or false' }))
  .transform((value) => /^(?:true|yes|1)$/iu.test(value));

/** Any text of at least that many characters. */
export function text(what: Said, least = 1) {
  return z.string().refine((value) => value.length >= least, wanted(what));
}

/** A text of a certain form. */
export function form(what: Said, pattern: RegExp) {
  return z.string().regex(pattern, wanted(what));
}

/** An address with one of those schemes and a host; without a trailing slash. */
export function address(schemes: readonly string[], what: Said) {
  return z
    .string()
    .refine((value) => {
      const url = URL.parse(value);
      return (
        url !== null &&
        schemes.includes(url.protocol.slice(0, -1)) &&
        url.hostname !== '' &&
        isEncoded(url.username) &&
        isEncoded(url.password)
      );
    }, wanted(what))
    .transform((value) => value.replace(/\/+$/u, ''));
}

/** As `address`, where user and password are usual: of those with characters that would have to be encoded it says so. */
export function addressWithPassword(schemes: readonly string[], what: Said) {
  return z
    .string()
    .refine((value) => !hasBarePassword(value), wanted(wants.encoded))
    .pipe(address(schemes, what));
}

/** Whether a name or password in an address can be read: "%" stands before two hexadecimal digits there. */
function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** Several values split by commas or line ends; empty ones are left out, and none comes twice. */
export function list(what: Said, isOne: (item: string) => boolean) {
  return z
    .string()
    .transform((value) => [
      ...new Set(
        value
          .split(/[,\n]/u)
          .map((item) => item.trim())
          .filter(Boolean),
      ),
    ])
    .refine((items) => items.every(isOne), wanted(what));
}

const inZone = (zone: string) => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);

/** A time zone of the IANA list, in the list's own letters: ClickHouse knows no others. */
export const zone = z
  .string()
  .refine(
    (value) => {
      try {
        return /^[A-Z]/u.test(value) && inZone(value) !== undefined;
      } catch {
        return false;
      }
    },
    wanted({ ru: 'часовой пояс, например Asia/Irkutsk', en: 'a time zone such as Asia/Irkutsk' }),
  )
  .transform((value) => inZone(value).timeZoneId);

const cronFields = [
  { name: 'minute', least: 0, most: 59, words: '' },
  { name: 'hour', least: 0, most: 23, words: '' },
  { name: 'day', least: 1, most: 31, words: '' },
  { name: 'month', least: 1, most: 12, words: 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec' },
  { name: 'weekday', least: 0, most: 7, words: 'sun|mon|tue|wed|thu|fri|sat' },
] as const;

/** A schedule in cron's five fields (minute, hour, day, month, weekday). */
export const cron = z
  .string()
  .transform((value) => value.trim().replace(/\s+/gu, ' '))
  .refine(
    (value) => {
      const parts = value.split(' ');
      return parts.length === 5 && cronFields.every((field, index) => isCronField(parts[index] ?? '', field));
    },
    wanted({
      ru: 'пять полей cron (минута, час, день, месяц, день недели), например «0 * * * *» — каждый час',
      en: 'five cron fields (minute hour day month weekday), such as "0 * * * *" for every hour',
    }),
  );

function isCronField(part: string, field: (typeof cronFields)[number]): boolean {
  return part.split(',').every((item) => {
    const [range = '', step, ...rest] = item.split('/');
    if (rest.length > 0 || (step !== undefined && !(/^\d{1,2}$/u.test(step) && Number(step) > 0))) {
      return false;
    }
    const ends = range.split('-');
    if (range === '*' || (ends.length === 1 && isCronValue(range, field))) {
      return true;
    }
    const [from = '', to = ''] = ends;
    const numeric = /^\d+$/u.test(from) && /^\d+$/u.test(to);
    return (
      ends.length === 2 &&
      ends.every((end) => isCronValue(end, field)) &&
      (!numeric || Number(from) <= Number(to))
    );
  });
}

function isCronValue(value: string, field: (typeof cronFields)[number]): boolean {
  if (/^\d{1,2}$/u.test(value)) {
    return Number(value) >= field.least && Number(value) <= field.most;
  }
  return field.words !== '' && field.words.split('|').includes(value.toLowerCase());
}
