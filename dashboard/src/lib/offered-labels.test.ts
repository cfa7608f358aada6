import { expect, test } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import { offeredLabel } from './offered-labels.ts';

const person = (id: number, name: string, organisation = '', phone = '', email = '') => ({
  id,
  name,
  organisation,
  phone,
  email,
  ...noBasis,
});

test('a name that repeats stands with the organisation, or with phone or mail where that repeats too', () => {
  const everybody = [
    person(1, 'Ким Сергей', 'Горком', '24-55-01'),
    person(2, 'Ким Сергей', 'Райком', '24-55-02'),
    person(3, 'Орлов Денис', 'Горком', '24-55-03'),
    person(4, 'Белова Анна', 'Горком', '24-55-04'),
    person(5, 'Белова Анна', 'Горком', '', 'belova@prof.example'),
    person(6, 'Ким Сергей', '', '24-55-06'),
  ];
  const words = offeredLabel([{ id: 2 }, { id: 3 }], everybody).map((each) => each.words);
  expect(words).toEqual([
    'Ким Сергей, Райком, председатель',
    'Орлов Денис, председатель',
    'Ким Сергей, Горком',
    'Белова Анна, Горком, 24-55-04',
    'Белова Анна, Горком, belova@prof.example',
    'Ким Сергей, 24-55-06',
  ]);
  expect(new Set(words).size).toBe(everybody.length);
});
