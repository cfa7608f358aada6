import { expect, test } from 'vitest';
import { preferencesOf } from './preferences.ts';

const of = (query: string, cookies: Record<string, string> = {}) =>
  preferencesOf(new URL(`http://localhost/ranking${query}`), (name) => cookies[name], 'ru');

test('the address wins over the cookie, the cookie over the default', () => {
  expect(of('?lang=en&theme=dark', { lang: 'ru', theme: 'light' })).toEqual({ locale: 'en', theme: 'dark' });
  expect(of('', { lang: 'en', theme: 'light' })).toEqual({ locale: 'en', theme: 'light' });
  expect(of('')).toEqual({ locale: 'ru', theme: 'auto' });
});

test('what is not known is passed over', () => {
  expect(of('?lang=de&theme=blue', { lang: 'en', theme: 'x' })).toEqual({ locale: 'en', theme: 'auto' });
});
