import { Temporal } from 'temporal-polyfill';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  PeriodError,
  addDays,
  calendarPeriod,
  contains,
  countDaysWithout,
  dayNumberOf,
  dayOf,
  dayOfNumber,
  daysBetween,
  daysIn,
  eachDay,
  endOfDay,
  hourAndWeekdayOf,
  indexWindow,
  isDay,
  isoWeeks,
  overlap,
  pastPart,
  periodOf,
  previousPeriod,
  startOfDay,
  unitOf,
  units,
} from './period.ts';

const anyDay = fc.integer({ min: -3000, max: 40_000 }).map(dayOfNumber);
const anyPeriod = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 500 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }));
const zones = fc.constantFrom(
  'Asia/Irkutsk',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
);

describe('days', () => {
  it('are those of the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const text of ['2025-02-29', '2025-2-1', '2025-13-01', '', '2025-01-01T00:00', '20250101']) {
      expect(isDay(text)).toBe(false);
    }
    expect(() => addDays('2025-02-30', 1)).toThrow(PeriodError);
    expect(() => addDays('2025-02-30', 1)).toThrow('got "2025-02-30", wanted a date');
  });

  it('have numbers that go up by one', () => {
    expect(dayNumberOf('1970-01-01')).toBe(0);
    expect(daysBetween('2024-12-31', '2025-01-01')).toBe(1);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1000, max: 1000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
        expect(dayOfNumber(dayNumberOf(day))).toBe(day);
      }),
    );
  });

  it('are remembered without mixing them up, however many come', () => {
    for (let number = 0; number < 100_100; number += 1) {
      dayOfNumber(number);
    }
    expect(dayOfNumber(20_454)).toBe('2026-01-01');
    expect(dayNumberOf('2026-01-01')).toBe(20_454);
  });

  it('are local: the same instant is another day in another zone', () => {
    const instant = new Date('2025-12-31T16:00:00Z');
    expect(dayOf(instant, 'Asia/Irkutsk')).toBe('2026-01-01');
    expect(dayOf(new Date(instant.getTime() - 1), 'Asia/Irkutsk')).toBe('2025-12-31');
    expect(hourAndWeekdayOf(instant, 'Asia/Irkutsk')).toEqual({ hour: 0, weekday: 4 });
    expect(startOfDay('2026-01-01', 'Asia/Irkutsk')).toEqual(instant);
  });

  it('begin later where clocks skip midnight, and have 23 or 25 hours where clocks change', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toEqual(new Date('2018-11-04T03:00:00Z'));
    const hours = (day: string) =>
      (endOfDay(day, 'Europe/Berlin').getTime() - startOfDay(day, 'Europe/Berlin').getTime()) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-01-01')]).toEqual([23, 25, 24]);
  });

  it('are those of the calendar for each instant of a minute, where clocks change at 00:01 too', () => {
    const by = (instant: Date, zone: string) =>
      Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate();
    const changes = ['2010-11-07T02:30:00Z', '2010-11-07T02:31:00Z', '2010-11-07T03:30:00Z'];
    const aMinute = fc.oneof(
      fc.constantFrom(...changes).map((change) => Date.parse(change)),
      fc.integer({ min: 0, max: 36_000_000 }).map((minute) => minute * 60_000),
    );
    const within = fc.array(fc.integer({ min: -60_000, max: 60_000 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(
        aMinute,
        within,
        fc.oneof(zones, fc.constant('America/St_Johns')),
        (minute, later, zone) => {
          for (const milliseconds of later) {
            const instant = new Date(Math.max(0, minute + milliseconds));
            expect(dayOf(instant, zone)).toBe(by(instant, zone).toString());
          }
        },
      ),
    );
    // More minutes and days than are remembered.
    for (let later = 0; later <= 10_000; later += 1) {
      dayOf(new Date(later * 60_000), 'Asia/Irkutsk');
      expect(startOfDay(dayOfNumber(later), 'Etc/UTC').getTime()).toBe(later * 86_400_000);
    }
    expect(dayOf(new Date(0), 'Asia/Irkutsk')).toBe('1970-01-01');
    for (const change of changes)
      expect(dayOf(new Date(change), 'America/St_Johns')).toMatch(/^2010-11-0[67]$/);
  });

  it('hold exactly the instants between their bounds', () => {
    fc.assert(
      fc.property(anyDay, zones, (day, zone) => {
        const [start, end] = [startOfDay(day, zone), endOfDay(day, zone)];
        if (start.getTime() < end.getTime()) {
          expect(dayOf(start, zone)).toBe(day);
          expect(dayOf(new Date(end.getTime() - 1), zone)).toBe(day);
        }
        expect(dayOf(end, zone) > day).toBe(true);
      }),
    );
  });
});

describe('periods', () => {
  it('have a start and an end', () => {
    expect(periodOf('2026-01-01', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' });
    expect(() => periodOf('2026-01-02', '2026-01-01')).toThrow('ends before it starts');
    expect(() => periodOf('x', '2026-01-01')).toThrow(PeriodError);
  });

  it.each([
    ['week', '2026-01-01', '2025-12-29', '2026-01-04'],
    ['week', '2025-12-28', '2025-12-22', '2025-12-28'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['quarter', '2026-05-31', '2026-04-01', '2026-06-30'],
    ['year', '2026-05-31', '2026-01-01', '2026-12-31'],
  ] as const)('the %s of %s', (unit, day, from, to) => {
    expect(calendarPeriod(unit, day)).toEqual({ from, to });
    expect(unitOf({ from, to })).toBe(unit);
    expect(unitOf({ from, to: addDays(to, 1) })).toBeNull();
  });

  it('before: the preceding calendar unit, or as many days', () => {
    expect(previousPeriod({ from: '2026-03-01', to: '2026-03-31' }, 'month')).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
    expect(previousPeriod({ from: '2026-03-01', to: '2026-03-31' }, null)).toEqual({
      from: '2026-01-29',
      to: '2026-02-28',
    });
    expect(previousPeriod({ from: '2026-01-01', to: '2026-03-31' }, 'quarter').from).toBe('2025-10-01');
  });

  it('of a unit hold their day, lie next to each other and are found again', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...units), (day, unit) => {
        const period = calendarPeriod(unit, day);
        expect(contains(period, day)).toBe(true);
        expect(unitOf(period)).toBe(unit);
        expect(addDays(previousPeriod(period, unit).to, 1)).toBe(period.from);
      }),
    );
  });

  it('hold full ISO weeks from Monday to Sunday, also over the change of an ISO year', () => {
    expect(isoWeeks({ from: '2025-12-23', to: '2026-01-11' })).toEqual([
      { from: '2025-12-29', to: '2026-01-04' },
      { from: '2026-01-05', to: '2026-01-11' },
    ]);
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const weeks = isoWeeks(period);
        const mondays = eachDay(period).filter((day) => Temporal.PlainDate.from(day).dayOfWeek === 1);
        expect(weeks.map(({ from }) => from)).toEqual(mondays.filter((day) => addDays(day, 6) <= period.to));
        expect(weeks.every((week) => daysIn(week) === 7)).toBe(true);
      }),
    );
  });

  it('overlap in the days they share', () => {
    fc.assert(
      fc.property(anyPeriod, anyPeriod, (one, other) => {
        const shared = overlap(one, other);
        const days = eachDay(one).filter((day) => contains(other, day));
        expect(shared ? eachDay(shared) : []).toEqual(days);
      }),
    );
  });

  it('lose exactly the days of the others, which may overlap', () => {
    expect(countDaysWithout(null, [])).toBe(0);
    const near = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 30 }))
      .map(([from, length]) => ({ from: dayOfNumber(from), to: dayOfNumber(from + length) }));
    fc.assert(
      fc.property(near, fc.array(near, { maxLength: 5 }), (period, others) => {
        const left = eachDay(period).filter((day) => !others.some((other) => contains(other, day)));
        expect(countDaysWithout(period, others)).toBe(left.length);
      }),
    );
  });

  it('end yesterday at the latest when only the past is asked for', () => {
    expect(pastPart({ from: '2026-01-01', to: '2026-01-31' }, '2026-01-10')).toEqual({
      from: '2026-01-01',
      to: '2026-01-09',
    });
    expect(pastPart({ from: '2026-01-10', to: '2026-01-31' }, '2026-01-10')).toBeNull();
  });
});

describe('the index window', () => {
  it.each([
    [
      'a past month ends at its last Sunday',
      '2026-01-01',
      '2026-01-31',
      '2026-03-01',
      '2025-10-27',
      '2026-01-25',
    ],
    [
      'a week that has not ended leaves it at the Sunday before',
      '2026-03-02',
      '2026-03-08',
      '2026-03-05',
      '2025-12-01',
      '2026-03-01',
    ],
    [
      'a week is full on the Monday after',
      '2026-03-02',
      '2026-03-08',
      '2026-03-09',
      '2025-12-08',
      '2026-03-08',
    ],
    [
      '13 weeks are not longer than 13 weeks',
      '2025-12-08',
      '2026-03-08',
      '2026-06-01',
      '2025-12-08',
      '2026-03-08',
    ],
    ['a quarter of 92 days is', '2025-07-01', '2025-09-30', '2026-06-01', '2025-07-01', '2025-09-30'],
    [
      'a year that has not ended, as far as it has come',
      '2026-01-01',
      '2026-12-31',
      '2026-06-01',
      '2026-01-01',
      '2026-05-31',
    ],
    ['a young year takes 13 weeks', '2026-01-01', '2026-12-31', '2026-03-01', '2025-11-24', '2026-02-22'],
    [
      'a period to come ends at the last Sunday',
      '2027-01-01',
      '2027-12-31',
      '2026-03-01',
      '2025-11-24',
      '2026-02-22',
    ],
  ])('%s', (_, from, to, today, windowFrom, windowTo) => {
    expect(indexWindow({ from, to }, today)).toEqual({ from: windowFrom, to: windowTo });
  });

  it('never reaches past yesterday or the period, and is never shorter than 13 weeks', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, (period, today) => {
        const window = indexWindow(period, today);
        expect(window.to < today && window.to <= period.to).toBe(true);
        expect(daysIn(window)).toBeGreaterThanOrEqual(91);
      }),
    );
  });
});
