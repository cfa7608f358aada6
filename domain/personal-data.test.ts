import { expect, test } from 'vitest';
import { basisFields, basisOf, erasureDay, isWithdrawn, noBasis, usable } from './personal-data.ts';

test('data are erased a year after the end, or after the day of a later basis', () => {
  expect(erasureDay('2026-03-05', noBasis)).toBe('2027-03-05');
  expect(erasureDay('2028-02-29', noBasis)).toBe('2029-02-28');
  expect(erasureDay('2026-03-05', { basisOn: '2026-03-04' })).toBe('2027-03-05');
  expect(erasureDay('2026-03-05', { basisOn: '2026-05-01' })).toBe('2027-05-01');
});

test('who has withdrawn the consent to processing is shown without contacts', () => {
  const person = { name: 'Анна', email: 'anna@example.org', phone: '24-55-66', ...noBasis };
  expect(usable(person)).toBe(person);
  const withdrawn = { ...person, processingGiven: '2026-01-01', processingWithdrawn: '2026-02-01' };
  expect(isWithdrawn(withdrawn)).toBe(true);
  expect(usable(withdrawn)).toEqual({ ...withdrawn, email: '', phone: '' });
  expect(usable({ ...person, disseminationWithdrawn: '2026-02-01' }).phone).toBe('24-55-66');
});

test('a basis is taken from whatever has one, whole', () => {
  expect(basisOf({ ...noBasis, ...{ id: 7, proof: 'папка' } })).toEqual({ ...noBasis, proof: 'папка' });
  expect(basisFields).toHaveLength(7);
});
