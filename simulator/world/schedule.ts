import { type Calendar, monthOf } from '../calendar.ts';
import { type Random, randomFor } from '../random.ts';
import type { Page } from './types.ts';

const weekdayWeights = [1.1, 1.15, 1.05, 1.15, 1, 0.35, 0.22];
/** By local hour: offices publish from nine to six; a few posts fall on the edges of the day. */
const hourWeights = [
  0.12, 0.03, 0.02, 0.02, 0.02, 0.05, 0.2, 0.6, 1.5, 2.6, 3.2, 3, 2.2, 1.9, 2.4, 2.6, 2.4, 2, 1.4, 1.1, 0.9,
  0.7, 0.4, 0.2,
];

function countIn(page: Page, random: Random): number {
  switch (page.rhythm) {
    case 'never':
      return 0;
    case 'bursts':
      return random.chance(0.16) ? random.integer(7, 14) : random.poisson(0.25);
    case 'slow':
      return random.poisson(page.rate);
    default:
      return Math.min(17, Math.max(0, Math.round(page.rate + random.normal() * Math.sqrt(page.rate) * 0.45)));
  }
}

/**
 * The instants at which a page publishes in a week (by its number), in order. Nothing is published before the wall's
 * first instant, from its last one on, nor in July and August where the rhythm keeps summer holidays.
 */
export function publicationsIn(seed: number, page: Page, week: number, calendar: Calendar): number[] {
  const random = randomFor(seed, 'schedule', page.id, week);
  const days = calendar.daysOfWeek(week);
  const count = countIn(page, random);
  const burstDay = random.integer(0, 4);
  const instants = new Set<number>();
  for (let index = 0; index < count; index += 1) {
    const weekday =
      count >= 7 && page.rhythm === 'bursts'
        ? burstDay + random.integer(0, 2)
        : random.weighted(weekdayWeights);
    const day = days[weekday] ?? days[0] ?? '';
    const hour = random.weighted(hourWeights);
    const second = Math.floor(hour * 3600 + random.next() * 3600);
    const instant = calendar.startOf(day) + second * 1000;
    const onHoliday = page.rhythm === 'summer' && [7, 8].includes(monthOf(day));
    if (instant >= page.created && (page.stops === null || instant < page.stops) && !onHoliday) {
      instants.add(instant);
    }
  }
  return [...instants].sort((left, right) => left - right);
}
