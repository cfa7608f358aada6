import { expect, test } from 'vitest';
import { createWorld } from './create.ts';

const request = {
  seed: 11,
  anchor: new Date('2026-03-02T03:00:00Z'),
  zone: 'Asia/Irkutsk',
  historyWeeks: 27,
};
const namesOf = (organisations: number) =>
  createWorld({ ...request, organisations }).organisations.map(({ name, short, level }) => ({
    name,
    short,
    level,
  }));

test('organisations are called as unions call theirs, of places that do not exist', () => {
  const names = namesOf(45);
  for (const { name, short, level } of names) {
    const wanted = {
      federation: [/^Союз «Приангарское /, /Профобъединение$/],
      branch: [/^Приангарская областная организация /, /^[А-Я]/],
      territorial: [/^\S+ская (городская|районная) организация /, /^\S+ский (горком|райком) /],
      united_primary: [/^Объединённая первичная профсоюзная организация «/, /^ОППО «/],
      primary: [/^Первичная профсоюзная организация «/, /^ППО «/],
    }[level];
    expect(name).toMatch(wanted[0] ?? '');
    expect(short).toMatch(wanted[1] ?? '');
    // A number belongs to a school or a clinic, never to the organisation.
    expect(name.replaceAll(/«[^»]*»/g, '')).not.toMatch(/№|\d/);
  }
  expect(names.map(({ short }) => short)).toContain('ГМПР');
});

test('schools and clinics of different towns have different numbers', () => {
  const numbered = namesOf(1200).flatMap(({ name }) => /№ \d+/u.exec(name)?.[0] ?? []);
  expect(new Set(numbered).size).toBeGreaterThan(10);
});

test('no name comes twice, however many there are, and those of a small world begin a large one', () => {
  const many = namesOf(1200).map(({ name }) => name);
  expect(new Set(many).size).toBe(1200);
  expect(namesOf(1200)).toEqual(namesOf(1200));
});
