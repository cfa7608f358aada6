import { expect, test } from 'vitest';
import { boundedPlace, mostPlaceBytes } from './bounded-place.ts';

const long = 'x'.repeat(mostPlaceBytes);

test('a place that an answer can carry stays as it is', () => {
  for (const place of ['/', '/login?to=%2Franking', `/${'x'.repeat(mostPlaceBytes - 1)}`])
    expect(boundedPlace(place)).toBe(place);
});

test('a longer one loses its query; a longer path leads to the overview', () => {
  expect(boundedPlace(`/ranking?search=${long}`)).toBe('/ranking');
  expect(boundedPlace(`/ranking?search=${'я'.repeat(mostPlaceBytes / 2)}`)).toBe('/ranking');
  expect(boundedPlace(`/share/${long}?x`)).toBe('/');
});
