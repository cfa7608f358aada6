import { describe, expect, test } from 'vitest';
import { allowedDays, dayProblem, dayRefusal, isAllowedDay, isDay } from './allowed-days.ts';
import {
  addDays,
  calendarPeriod,
  endOfDay,
  indexWindow,
  periodOf,
  previousPeriod,
  startOfDay,
  units,
  unitOf,
  type Day,
  type Period,
} from './period.ts';

describe('a day that somebody says', () => {
  test.each([allowedDays.from, allowedDays.to, '2024-02-29', '2026-11-30'])('%s is taken', (day) => {
    expect(dayProblem(day)).toBeNull();
    expect(isAllowedDay(day)).toBe(true);
  });

  test.each([
    '0000-01-01',
    '0026-11-30',
    '1500-01-01',
    '1900-01-01',
    addDays(allowedDays.from, -1),
    addDays(allowedDays.to, 1),
    '2200-01-01',
    '2300-01-01',
    '9999-12-31',
    '12026-11-30',
    '275760-09-13',
    '+012026-11-30',
    '-000026-11-30',
  ])('%s is out of range', (day) => {
    expect(dayProblem(day)).toBe('day_out_of_range');
    expect(isAllowedDay(day)).toBe(false);
  });

  test.each(['', 'soon', '2026-1-1', '30.11.2026', '2026-11-30T00:00:00Z', '2026-11-30\n'])(
    '"%s" is none',
    (text) => {
      expect(dayProblem(text)).toBe('not_a_day');
      expect(isDay(text)).toBe(false);
    },
  );

  test.each(['2026-02-30', '2026-13-01', '2025-02-29'])(
    '"%s" is not in the calendar, and that is said',
    (text) => {
      expect(dayProblem(text)).toBe('no_such_day');
      expect(isDay(text)).toBe(false);
      const russian = text.split('-').reverse().join('.');
      expect(dayRefusal(text, 'ru')).toBe(`дня «${russian}» в календаре нет`);
      expect(dayRefusal(text, 'en')).toBe(`got "${text}", and the calendar has no such day`);
    },
  );

  test('that is refused is told which days are taken, in both languages', () => {
    expect(dayRefusal('0026-11-30', 'ru')).toBe(
      'дата «0026-11-30» не принимается: допускаются даты с 01.01.2000 по 31.12.2089, проверьте год',
    );
    expect(dayRefusal('0026-11-30', 'en')).toBe(
      'got "0026-11-30", wanted a day from 2000-01-01 to 2089-12-31: check the year',
    );
    expect(() => periodOf('0026-11-30', '2026-11-30')).toThrow(dayRefusal('0026-11-30', 'en'));
    expect(() => periodOf('2026-11-30', '9999-12-31')).toThrow(dayRefusal('9999-12-31', 'en'));
  });
});

/** What the store of observations holds: `Date32` and `DateTime64(3)`. */
const storable = { from: new Date('1900-01-01T00:00:00Z'), to: new Date('2299-12-31T23:59:59.999Z') };

/** The farthest local times there are. */
const zones = ['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Irkutsk'];

const { from, to } = allowedDays;
const edges: Period[] = [
  { from, to },
  { from, to: from },
  { from: to, to },
  ...units.flatMap((unit) => [calendarPeriod(unit, from), calendarPeriod(unit, to)]),
];

describe.each(edges)('what is computed of $from to $to is storable', (period) => {
  test.each([addDays(from, 1), '2026-07-01', to])('on %s', (today) => {
    const previous = previousPeriod(period, unitOf(period));
    const periods = [period, previous].flatMap((each) => [each, indexWindow(each, today)]);
    const days: Day[] = periods.flatMap((each) => [
      each.from,
      each.to,
      // Statuses look back 90 days, the calendar of an organisation a year.
      addDays(each.to, -364),
      calendarPeriod('week', each.from).from,
      calendarPeriod('week', each.to).to,
    ]);
    for (const zone of zones) {
      for (const day of days) {
        expect(startOfDay(day, zone) > storable.from, day).toBe(true);
        expect(endOfDay(day, zone) < storable.to, day).toBe(true);
      }
    }
  });
});
