import { Temporal } from 'temporal-polyfill';

/** Where the day's use of a token's methods is kept. Tokens appear as fingerprints only. */
export interface QuotaBook {
  used(fingerprint: string, method: string, day: string): Promise<number>;
  add(fingerprint: string, method: string, day: string, calls: number): Promise<void>;
}

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

/** A book for one process's life, for tests and for looks that are not recorded. */
export function createMemoryQuotaBook(): QuotaBook {
  const calls = new Map<string, number>();
  const key = (...parts: string[]) => parts.join(' ');
  return {
    used: async (fingerprint, method, day) => calls.get(key(fingerprint, method, day)) ?? 0,
    add: async (fingerprint, method, day, count) => {
      const name = key(fingerprint, method, day);
      calls.set(name, (calls.get(name) ?? 0) + count);
    },
  };
}
