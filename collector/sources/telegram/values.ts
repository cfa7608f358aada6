/** The most a counter column holds (unsigned 32 bits). */
const largestCount = 4_294_967_295;
/** Channels began in 2015, Telegram in 2013; seconds beyond 2100 are nonsense. */
const earliest = Date.UTC(2013, 0, 1) / 1000;
const latest = Date.UTC(2100, 0, 1) / 1000;

/** A 64-bit id of gramjs as a number: ids of channels, users and messages stay below 2^53. */
export function numberOf(id: { toString(): string }): number {
  return Number(id.toString());
}

/** A counter, or `null` where it is not said or none. */
export function countOf(value: unknown): number | null {
  const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return isCount && value <= largestCount ? value : null;
}

/** Seconds since 1970 as an instant, or `null` when they are none. */
export function instantOf(seconds: unknown): Date | null {
  const isTime = typeof seconds === 'number' && seconds >= earliest && seconds <= latest;
  return isTime ? new Date(seconds * 1000) : null;
}
