import { greatestCount } from '#domain/greatest-count.ts';

/** Channels began in 2015, Telegram in 2013; seconds beyond 2100 are nonsense. */
const earliest = Date.UTC(2013, 0, 1) / 1000;
const latest = Date.UTC(2100, 0, 1) / 1000;

/** A 64-bit id of gramjs as a number, or `null` for one that no number holds exactly: Telegram's own stay below 2^53. */
export function idOf(id: { toString(): string }): number | null {
  const number = Number(id.toString());
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** The largest id of a message: signed 32 bits. */
export const largestMessageId = 2_147_483_647;

/** A counter, or `null` where it is not said or none. */
export function countOf(value: unknown): number | null {
  const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return isCount && value <= greatestCount ? value : null;
}

/** Seconds since 1970 as an instant, or `null` when they are none. */
export function instantOf(seconds: unknown): Date | null {
  const isTime = typeof seconds === 'number' && seconds >= earliest && seconds <= latest;
  return isTime ? new Date(seconds * 1000) : null;
}

/** How much the machine's clock may be behind Telegram's, in milliseconds. */
const clockError = 10 * 60_000;

/** Whether something says to have happened after the answer that tells of it. */
export function isLaterThan(instant: Date, answered: Date): boolean {
  return instant.getTime() > answered.getTime() + clockError;
}

/** Words of a server's for a person, so short that they fit into a line. */
export function brief(words: string): string {
  return words.length <= 300 ? words : `${words.slice(0, 299).toWellFormed()}…`;
}
