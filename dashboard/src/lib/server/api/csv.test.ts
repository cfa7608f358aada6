import { expect, test } from 'vitest';
import { cellsOf, csvOf } from './csv.ts';

test('a table opens in Excel: byte order mark, CRLF, quotes, no formulas; unknown is an empty cell', () => {
  const rows = [{ name: 'ППО «Завод», № 1', count: -3, rate: null, note: '=1+1' }];
  expect(csvOf(rows, ['name', 'count', 'rate', 'note'])).toBe(
    '\ufeffname,count,rate,note\r\n"ППО «Завод», № 1",-3,,\'=1+1\r\n',
  );
});

test('no cell of a table is a formula, however it begins; numbers stay numbers', () => {
  const rows = [
    { name: ' =1+1', note: '\n=1', growth: -12, share: -0.5, isPublic: false },
    { name: '＝1', note: '\r\n+1', growth: null, share: 1e-9, isPublic: true },
  ];
  expect(csvOf(rows, ['name', 'note', 'growth', 'share', 'isPublic'])).toBe(
    '\ufeffname,note,growth,share,isPublic\r\n' +
      '\' =1+1,"\'\n=1",-12,-0.5,false\r\n' +
      '\'＝1,"\'\r\n+1",,1e-9,true\r\n',
  );
});

test('a line end of any kind in a text does not begin a row', () => {
  const rows = [{ text: 'one\n=2' }, { text: 'one\r=2' }];
  expect(csvOf(rows, ['text'])).toBe('\ufefftext\r\n"one\n=2"\r\n"one\r=2"\r\n');
});

test('a row is flattened: objects by their path, lists joined', () => {
  const row = {
    organisation: { id: 1, name: 'А' },
    pages: [{ url: 'https://vk.com/club1' }, { url: 'https://t.me/a' }],
    flags: ['few_posts'],
    at: new Date('2026-01-01T00:00:00Z'),
    league: null,
  };
  expect(cellsOf(row)).toEqual({
    'organisation.id': 1,
    'organisation.name': 'А',
    pages: 'https://vk.com/club1 https://t.me/a',
    flags: 'few_posts',
    at: '2026-01-01T00:00:00.000Z',
    league: null,
  });
});
