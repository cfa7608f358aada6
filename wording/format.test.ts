import { describe, expect, test } from 'vitest';
import { formatterFor } from './format.ts';

const space = '\u00a0';
const ru = formatterFor('ru', 'Asia/Irkutsk');
const en = formatterFor('en', 'Asia/Irkutsk');

describe('figures', () => {
  test('have unbreakable spaces, a comma and a proper minus in Russian', () => {
    expect(ru.whole(1_234_567)).toBe(`1${space}234${space}567`);
    expect(ru.decimal(6)).toBe('6,0');
    expect(ru.percent(0.036)).toBe(`3,6${space}%`);
    expect(ru.signed(-12_345)).toBe(`−12${space}345`);
  });

  test('are whole where there is nothing after the comma, but in columns', () => {
    expect([ru.amount(13), ru.amount(12.96), ru.amount(5.25), en.amount(0)]).toEqual([
      '13',
      '13',
      '5,3',
      '0',
    ]);
    expect(ru.decimal(13)).toBe('13,0');
  });

  test('have commas and points in English', () => {
    expect([en.whole(1320), en.decimal(5.25, 2), en.percent(0.5, 0)]).toEqual(['1,320', '5.25', '50%']);
  });

  test('carry a sign only when they are not zero', () => {
    expect([ru.signed(7), ru.signed(0), ru.signed(-0.2), en.signedPercent(-0.009)]).toEqual([
      '+7',
      '0',
      '0',
      '−0.9%',
    ]);
  });
});

describe('days', () => {
  test('are written without the word for year', () => {
    expect(ru.day('2026-11-16')).toBe('16 ноября 2026');
    expect(ru.datedDay('2025-06-10')).toBe('10 июн. 2025');
    expect(ru.month('2026-11-01')).toBe('ноябрь 2026');
  });

  test('make ranges within a month, over months and over years', () => {
    expect(ru.days('2026-11-16', '2026-11-22')).toBe('16–22 ноября 2026');
    expect(ru.days('2026-10-30', '2026-11-22')).toBe(`30 октября${space}– 22 ноября 2026`);
    expect(ru.days('2025-12-29', '2026-01-04')).toBe(`29 декабря 2025${space}– 4 января 2026`);
    expect(en.days('2026-11-16', '2026-11-16')).toBe('16 November 2026');
  });

  test('have all figures of their year, however early', () => {
    expect([ru.day('0026-11-30'), en.day('0026-11-30')]).toEqual(['30 ноября 0026', '30 November 0026']);
    expect(ru.datedDay('0926-11-30')).toMatch(/0926$/u);
    expect(ru.days('0026-11-30', '2026-12-03')).toBe(`30 ноября 0026${space}– 3 декабря 2026`);
  });

  test('begin the week on Monday', () => {
    expect([ru.weekday(0), ru.weekday(6, 'long'), en.weekday(0)]).toEqual(['пн', 'воскресенье', 'Mon']);
  });

  test('have the name of their weekday', () => {
    expect([ru.weekdayOf('2026-11-27'), en.weekdayOf('2026-11-23')]).toEqual(['пятница', 'Monday']);
  });
});

describe('instants', () => {
  test('are told in the zone of the federation', () => {
    expect(ru.instant('2026-11-22T17:30:00Z')).toBe('23 ноября 2026, 01:30');
    expect(ru.dayOf('2026-11-22T15:59:59Z')).toBe('2026-11-22');
    expect(ru.dayOf('2026-11-22T16:00:00Z')).toBe('2026-11-23');
    expect(en.time(new Date('2026-11-22T13:00:00Z'))).toBe('21:00');
  });
});
