/** An instant as the store keeps it, ISO 8601 in UTC with milliseconds; unknown stays `null`. */
export function storedInstant(instant: Date): string;
export function storedInstant(instant: Date | null): string | null;
export function storedInstant(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}

/** The instant that the store keeps as text; `null` stays unknown. */
export function readInstant(text: string): Date;
export function readInstant(text: string | null): Date | null;
export function readInstant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** As `readInstant`, of a column that may be unknown: what is damaged is. */
export function readKnownInstant(text: string | null): Date | null {
  const instant = readInstant(text);
  return instant === null || Number.isNaN(instant.getTime()) ? null : instant;
}
