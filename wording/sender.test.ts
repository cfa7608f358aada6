import { expect, test } from 'vitest';
import { undeclined } from './cases.ts';
import { ownDepartment, senderNamed } from './sender.ts';

const [federation, department] = [undeclined('Профобъединение'), undeclined('пресс-служба')];

test('names that were set stand before the register’s and the program’s own', () => {
  expect(senderNamed('ИПО', { federation, department })).toEqual({ federation, department });
  expect(senderNamed('ИПО', { federation: null, department })).toEqual({
    federation: undeclined('ИПО'),
    department,
  });
  expect(senderNamed('', { federation, department: null })).toEqual({
    federation,
    department: ownDepartment(),
  });
});

test('nobody signs for a federation without a name', () => {
  expect(senderNamed('')).toBeNull();
  expect(senderNamed('', { federation: null, department })).toBeNull();
});
