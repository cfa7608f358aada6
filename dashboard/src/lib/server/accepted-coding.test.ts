import { expect, test } from 'vitest';
import { acceptedCoding } from './accepted-coding.ts';

test.each([
  [null, null, true],
  ['', null, true],
  ['gzip, deflate, br, zstd', 'br', true],
  ['gzip, deflate', 'gzip', true],
  ['X-GZIP', 'gzip', true],
  ['br;q=0.5, gzip;q=0.8', 'gzip', true],
  ['br ; q=0.8 , gzip ; Q=0.8', 'br', true],
  ['br;q=0, gzip;q=0', null, true],
  ['deflate, zstd', null, true],
  ['*', 'br', true],
  ['br;q=0, *', 'gzip', true],
  ['*;q=0', null, false],
  ['gzip, *;q=0', 'gzip', false],
  ['identity', null, true],
  ['identity, br;q=0.5', null, true],
  ['identity;q=0.5, gzip;q=0.5', 'gzip', true],
  ['identity;q=0', null, false],
  ['identity;q=0, br', 'br', false],
  ['identity;q=0, *', 'br', false],
  ['br;q=high, gzip;q=-1', null, true],
  ['br;q=1.5, gzip;q=0.0001', null, true],
  [',;, ;q=1', null, true],
])('of %j it takes %j, and the answer as it is: %j', (header, coding, identity) => {
  expect(acceptedCoding(header)).toEqual({ coding, identity });
});
