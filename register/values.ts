import { Temporal } from 'temporal-polyfill';

const largestCount = 50_000_000;

/** A whole number of members: `18230`, `18 230`, `18 230 чел.`; `null` when it is none. */
export function countOf(text: string): number | null {
  const digits = text
    .replace(/\s*чел(овек)?\.?$/iu, '')
    .replace(/[.,]0+$/, '')
    .replace(/(?<=\d)[\s\u00a0\u2009\u202f](?=\d{3}(?!\d))/gu, '');
  if (!/^\d{1,9}$/.test(digits)) return null;
  const count = Number(digits);
  return count <= largestCount ? count : null;
}

/**
 * A day as `YYYY-MM-DD`, from ISO or from `01.01.2026`; `null` when there is no such day. A year with a digit too many
 * keeps it, so that the year can be named as what is wrong.
 */
export function dayFrom(text: string): string | null {
  const iso = /^(\d{4,6})-(\d{1,2})-(\d{1,2})(?:[T ]00:00.*)?$/.exec(text);
  const russian = /^(\d{1,2})\.(\d{1,2})\.(\d{4,6})(?:\s*г\.?)?$/u.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : russian ? russian.slice(1).reverse() : [];
  if (!year || !month || !day) return null;
  try {
    // The calendar repeats every 400 years.
    const date = Temporal.PlainDate.from(
      { year: 2000 + (Number(year) % 400), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    );
    return `${year}${date.toString().slice(4)}`;
  } catch {
    return null;
  }
}

/** An e-mail address in the form in which it is kept; `null` when it is none. */
export function emailOf(text: string): string | null {
  const address = text.replace(/^mailto:/i, '');
  return address.length <= 254 && /^[^\s@<>(),;:"]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(address)
    ? address
    : null;
}

/** A phone number as it was written, without doubled spaces; `null` without at least five digits. */
export function phoneOf(text: string): string | null {
  const digits = text.replace(/\D/g, '').length;
  const isPlain = /^[\d\s+()\-–.,;/]*(?:(?:доб|ext|вн)[\d\s.]*)?[\d\s+()\-–.,;/]*$/iu.test(text);
  return isPlain && digits >= 5 && text.length <= 100 ? text.replace(/\s+/g, ' ') : null;
}
