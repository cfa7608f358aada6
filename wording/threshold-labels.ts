import type { Norms, TierNorm } from '#domain/norms.ts';
import { intervalsMissed } from '#domain/status.ts';
import type { Status } from '#domain/vocabulary.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';

/** When a page has a status: with a norm by the week, and as a card page. */
export interface Threshold {
  status: Status;
  usual: string;
  card: string;
}

/** From when on pages count as not updated: those with a norm by the week, and card pages. */
export function silentThresholds(
  { active, card }: Norms,
  format: Formatter,
): { stale: string; card: string } {
  return { stale: format.whole(active.staleFrom), card: format.whole(card.staleFrom) };
}

/** The rule of every status in words, in the order in which they are judged, with the numbers that pages are judged by. */
export function statusThresholds({ active, card }: Norms, format: Formatter): Threshold[] {
  const quiet = ({ quietFrom }: TierNorm) => ({
    quiet: m.days_genitive({ count: quietFrom }),
  });
  const days = (from: number, next: number) =>
    m.threshold_days({ from: format.whole(from), to: m.days({ count: next - 1 }) });
  const dead = ({ deadFrom }: TierNorm) =>
    m.threshold_dead({ dead: m.days({ count: deadFrom }), least: m.days_genitive({ count: deadFrom }) });
  const same = (status: Status, words: string): Threshold => ({ status, usual: words, card: words });
  return [
    {
      status: 'active',
      usual: m.threshold_active(quiet(active)),
      card: m.threshold_active_card(quiet(card)),
    },
    { status: 'slow', usual: m.threshold_slow(quiet(active)), card: m.threshold_slow_card() },
    {
      status: 'quiet',
      usual: days(active.quietFrom, active.staleFrom),
      card: days(card.quietFrom, card.staleFrom),
    },
    {
      status: 'stale',
      usual: days(active.staleFrom, active.deadFrom),
      card: days(card.staleFrom, card.deadFrom),
    },
    { status: 'dead', usual: dead(active), card: dead(card) },
    same('paused', m.threshold_paused()),
    same('unknown', m.threshold_unknown({ missed: format.whole(intervalsMissed) })),
    same('none', m.threshold_none()),
  ];
}

/** The norms themselves, and over how many days the frequency is taken. */
export function normText({ active, flagship, card }: Norms, format: Formatter): string {
  return m.method_norms({
    active: format.whole(active.posts),
    flagship: format.whole(flagship.posts),
    card: format.whole(card.blockDays),
    days: format.whole(active.statusDays),
  });
}
