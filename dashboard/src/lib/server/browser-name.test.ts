import { expect, test } from 'vitest';
import { browserName } from './browser-name.ts';

test('a browser is told by its name and system', () => {
  expect(
    browserName(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 YaBrowser/25.2 Safari/537.36',
    ),
  ).toBe('Yandex Browser, Windows');
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox, Linux',
  );
});

test('what says nothing of itself has no name', () => {
  expect([browserName(''), browserName('x')]).toEqual(['', '']);
});
