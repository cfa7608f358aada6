import { expect, test } from 'vitest';
import { phoneParts } from './phone-links.ts';

const links = (written: string) => phoneParts(written).flatMap(({ href }) => href ?? []);

test.each([
  ['+7 (3952) 24-55-66', ['tel:+73952245566']],
  ['8 (3952) 24-55-66', ['tel:+73952245566']],
  ['83952245566', ['tel:+73952245566']],
  ['3952 24 55 66', ['tel:+73952245566']],
  ['24-55-66', ['tel:245566']],
  ['+375 17 200-00-00', ['tel:+375172000000']],
  ['8 (3952) 24-55-66, доб. 12', ['tel:+73952245566,12']],
  ['8 (3952) 24-55-66 доб.12', ['tel:+73952245566,12']],
  ['8 914 000-00-01, 8 914 000-00-02', ['tel:+79140000001', 'tel:+79140000002']],
  ['8 914 000-00-01; 24-55-66 вн. 3', ['tel:+79140000001', 'tel:245566,3']],
  ['8 914 000-00-01 / 24-55-66', ['tel:+79140000001', 'tel:245566']],
  ['12', []],
  ['', []],
])('%s', (written, expected) => {
  expect(links(written)).toEqual(expected);
  expect(
    phoneParts(written)
      .map(({ text }) => text)
      .join(''),
  ).toBe(written);
});
