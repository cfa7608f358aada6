import { Temporal } from 'temporal-polyfill';

/** The method that VK bounds by the day. */
export const boundedMethod = 'wall.get';

/** VK counts its days in Moscow (reported by users; not documented). */
const quotaZone = 'Europe/Moscow';

/** The day a call at this instant is counted in, `YYYY-MM-DD`. */
export function quotaDay(instant: Date): string {
  return zoned(instant).toPlainDate().toString();
}

/** The instant the next quota day begins. */
export function nextQuotaDay(instant: Date): Date {
  const start = zoned(instant).startOfDay().add({ days: 1 });
  return new Date(start.epochMilliseconds);
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(quotaZone);
}
