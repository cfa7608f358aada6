import { expect, test } from 'vitest';
import { readFrameOrigins } from './frame-origins.ts';

test('sites are taken with a scheme or without, each once, and kept as origins', () => {
  expect(readFrameOrigins('')).toEqual([]);
  expect(
    readFrameOrigins(' https://Prof.Example.ru/, prof.example.ru\nhttp://127.0.0.1:8080; [::1]:3000'),
  ).toEqual(['https://prof.example.ru', 'http://127.0.0.1:8080', 'https://[::1]:3000']);
  expect(readFrameOrigins('профсоюз.рф')).toEqual(['https://xn--g1anacfhu6f.xn--p1ai']);
  expect(
    readFrameOrigins(Array.from({ length: 10 }, (_, each) => `s${each}.example.ru`).join(' ')),
  ).toHaveLength(10);
});

test('what is no site, or means more than one, is refused', () => {
  for (const wrong of [
    '*',
    '*.example.ru',
    'https://*',
    'https://example.ru/page',
    'https://example.ru?',
    'https://example.ru#part',
    'https://anna:secret@example.ru',
    'javascript:alert(1)',
    'data://example.ru',
    "'self'",
    'https://',
    'example.ru:99999',
    'example.ru example.ru/other',
    'https://example.ru|evil.ru',
    Array.from({ length: 11 }, (_, each) => `s${each}.example.ru`).join(' '),
  ])
    expect([wrong, readFrameOrigins(wrong)]).toEqual([wrong, null]);
});
