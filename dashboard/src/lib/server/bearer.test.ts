import { expect, test } from 'vitest';
import { bearerOf, takesTokens } from './bearer.ts';

test.each<[string | null, string | null]>([
  [null, null],
  ['', null],
  // The password of a proxy in front, handed on.
  ['Basic YW5uYTpwYXNz', null],
  ['Bearerpp_1', null],
  ['Bearer pp_1', 'pp_1'],
  ['bearer \t pp_1 ', 'pp_1'],
  // What is no token is one that does not work, and never nobody.
  ['Bearer', ''],
  ['Bearer   ', ''],
  ['BEARER one two', 'one two'],
])('of `authorization: %s` the token is %j', (header, token) => {
  expect(bearerOf(new Headers(header === null ? {} : { authorization: header }))).toBe(token);
});

test('tokens are for the lists of the API alone', () => {
  for (const route of ['/api/v1/posts', '/api/v1/[...rest]', '/api/v1/openapi.json'])
    expect(takesTokens(route)).toBe(true);
  for (const route of [null, '/', '/(overview)', '/silent', '/healthz', '/settings/tokens'])
    expect(takesTokens(route)).toBe(false);
});
