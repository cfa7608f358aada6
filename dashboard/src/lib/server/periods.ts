import { error } from '@sveltejs/kit';
import { isAllowedDay } from '#domain/allowed-days.ts';
import {
  addDays,
  calendarPeriod,
  dayOf,
  daysIn,
  previousPeriod,
  unitOf,
  units,
  type Day,
  type Period,
  type Unit,
} from '#domain/period.ts';
import { wrongDays, type RankingFilters, type WrongDays } from '../filters.ts';
import { useServices } from './services.ts';

/** The federation's local day of the moment. */
export const today = (): Day => {
  const { analytics } = useServices();
  return dayOf(analytics.clock.now(), analytics.zone);
};

/**
 * The period meant by a unit alone: the last full week, month or quarter, but the year that runs,
 * because a year's figures are read while it runs.
 */
export function lastPeriod(unit: Unit, day: Day): Period {
  const running = calendarPeriod(unit, day);
  return unit === 'year' ? running : previousPeriod(running, unit);
}

/** Ends the request with 400, and what is wrong, when its address names days that are no period of those taken. */
export function refuseWrongDays({ searchParams }: URL): void {
  const wrong = wrongDays(searchParams);
  if (wrong === null) return;
  const said: Omit<App.Error, 'status'> & { wrongDays?: WrongDays } = {
    message: 'The days of the address are wrong.',
    wrongDays: wrong,
  };
  error(400, said);
}

/** The period that an address asks for; without one that of its unit. Ends the request with 400 as `refuseWrongDays`. */
export function askedPeriod({ period, unit }: RankingFilters, url: URL, day: Day): Period {
  refuseWrongDays(url);
  return period ?? lastPeriod(unit, day);
}

/** A period as the screens' links need it: its unit, its neighbours, and the choice of units. */
export interface PeriodChoice {
  period: Period;
  unit: Unit | null;
  /** `null` when it would begin before all days that are taken. */
  previous: Period | null;
  /** `null` when it would begin after today, or end after all days that are taken. */
  next: Period | null;
  units: { unit: Unit; period: Period }[];
  /** The last day that can be asked for. */
  today: Day;
}

/** What stands before, after and beside a period; units lead to the period that holds the shown one's end. */
export function periodChoice(period: Period, day: Day): PeriodChoice {
  const unit = unitOf(period);
  const following = addDays(period.to, 1);
  const next = unit
    ? calendarPeriod(unit, following)
    : { from: following, to: addDays(following, daysIn(period) - 1) };
  const previous = previousPeriod(period, unit);
  return {
    period,
    unit,
    previous: isAllowedDay(previous.from) ? previous : null,
    next: next.from <= day && isAllowedDay(next.to) ? next : null,
    units: units.map((each) => ({ unit: each, period: each === unit ? period : lastPeriod(each, day) })),
    today: day,
  };
}
