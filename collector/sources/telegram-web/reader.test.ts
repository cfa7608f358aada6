import { expect, test } from 'vitest';
import { BrokenPage, WrongPlace } from './errors.ts';
import { mapped } from './reader.ts';

test.each([
  [new BrokenPage('a page was expected'), 'broken', 'broken: a page was expected'],
  [new WrongPlace('others were expected'), 'wrong_place', 'telegram: others were expected'],
  [
    new RangeError('Maximum call stack size exceeded'),
    'broken',
    'broken: the page could not be read (RangeError: Maximum call stack size exceeded)',
  ],
])('whatever the mapping of a page throws is that page’s failure: %s', (error, kind, message) => {
  expect(() =>
    mapped(() => {
      throw error;
    }),
  ).toThrow(expect.objectContaining({ name: 'WebFailure', kind, message }));
});
