import { expect, test } from 'vitest';
import { grammaticalCases } from '#domain/cased-name.ts';
import { readCasedName, undeclined } from './cases.ts';

test('a name alone is the same in every case', () => {
  const name = undeclined('Иркутское Профобъединение');
  expect(Object.keys(name)).toEqual(grammaticalCases);
  expect(new Set(Object.values(name))).toEqual(new Set(['Иркутское Профобъединение']));
  expect(readCasedName(' Иркутское Профобъединение ')).toEqual(name);
});

test('a name with its cases is read in their order', () => {
  expect(readCasedName('отдел; отдела; отделу;отдел; отделом ; отделе')).toEqual({
    nominative: 'отдел',
    genitive: 'отдела',
    dative: 'отделу',
    accusative: 'отдел',
    instrumental: 'отделом',
    prepositional: 'отделе',
  });
});

test.each(['', '  ', 'отдел; отдела', 'отдел; отдела; отделу; отдел; отделом;', 'а; б; в; г; д; е; ж'])(
  'what is no name, or has another number of cases, is none: %s',
  (text) => {
    expect(readCasedName(text)).toBeNull();
  },
);
