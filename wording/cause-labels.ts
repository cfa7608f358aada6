import type { Coverage } from '#analytics/types.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { outcomeLabel } from './status-labels.ts';

/** Why pages were not read, each reason with its number: «стена закрыта — 2; сеть не ответила — 1». */
export function causesText(unread: Coverage['unread'], format: Formatter): string {
  const sums = new Map<string, number>();
  for (const { network, outcome, foundAs, pages } of unread) {
    const words = outcomeLabel(outcome, { network, foundAs });
    sums.set(words, (sums.get(words) ?? 0) + pages);
  }
  return [...sums].map(([cause, count]) => m.cause_count({ cause, count: format.whole(count) })).join('; ');
}
