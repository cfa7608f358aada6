import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defusedCell, plainCell } from './csv-cell.ts';

test.each([
  '=1+1',
  '+7 914 000-00-00',
  '-2+3',
  '@SUM(A1)',
  ' =1',
  '\n=1',
  '\r\n=1',
  '\t=1',
  '\u00a0=1',
  '\ufeff=1',
  '\u200b=1',
  ' \t +1',
  '\u0000=1',
  '＝1',
  '＋1',
  '－1',
  '＠A1',
  ' ＝1',
  '−1',
  '\tplain',
  '\rplain',
  '\nplain',
  "'=1",
  "''\n=1",
])('%j cannot be taken for a formula, and is taken back', (text) => {
  expect(defusedCell(text)).toBe(`'${text}`);
  expect(plainCell(defusedCell(text))).toBe(text);
});

test.each(['', 'Обком', '5', 'a=b', ' Обком', "O'Brien", "'Заря'", "''", '«Заря» - 2', 'x@y.ru', '—', '–'])(
  '%j stays as it is, both ways',
  (text) => {
    expect(defusedCell(text)).toBe(text);
    expect(plainCell(text)).toBe(text);
  },
);

test('every text comes back, and no defused one begins as a formula', () => {
  const character = fc.constantFrom(...'=+-@＝＋－＠\'" \t\r\n\u00a0\ufeff\u200b,;aЯ1');
  const text = fc.oneof(
    fc.string(),
    fc.array(character, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (said) => {
      const cell = defusedCell(said);
      expect(plainCell(cell)).toBe(said);
      expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
    }),
  );
});
