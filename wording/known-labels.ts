import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** A whole number in words, and that there is none where it is not known: unknown is not zero. */
export function knownLabel(value: number | null, format: Formatter): string {
  return value === null ? m.no_data() : format.whole(value);
}
