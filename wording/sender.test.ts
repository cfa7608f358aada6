import { expect, test } from 'vitest';
import { undeclined } from './cases.ts';
import { memberSender, ownDepartment, senderNamed } from './sender.ts';

const [federation, department] = [undeclined('Профобъединение'), undeclined('пресс-служба')];

test('names that were set stand before the register’s and the program’s own', () => {
  expect(senderNamed('ИПО', { federation, department })).toEqual({ organisation: federation, department });
  expect(senderNamed('ИПО', { federation: null, department })).toEqual({
    organisation: undeclined('ИПО'),
    department,
  });
  expect(senderNamed('', { federation, department: null })).toEqual({
    organisation: federation,
    department: ownDepartment(),
  });
});

test('nobody signs for a federation without a name', () => {
  expect(senderNamed('')).toBeNull();
  expect(senderNamed('', { federation: null, department })).toBeNull();
});

test('a member organisation signs by its own name, and has no department of the federation', () => {
  expect(memberSender(['Обком лесников'])).toEqual({
    organisation: undeclined('Обком лесников'),
    department: null,
  });
  expect(memberSender(['Обком лесников', 'Обком горняков'])?.organisation.nominative).toBe(
    'Обком лесников, Обком горняков',
  );
  expect(memberSender([])).toBeNull();
});
