import { expect, test } from 'vitest';
import { isAnotherVersion, toldBy } from './similar.ts';

const news =
  'Северные надбавки молодым предложили платить с первого дня. Изменения вступят в силу через 10 дней.';

const isVersion = (text: string, other: string): boolean => isAnotherVersion(toldBy(text), toldBy(other));

test('another version of a text is told from the same text and from something else', () => {
  expect(isVersion(news, news.replace('10 дней', '16 дней'))).toBe(true);
  expect(isVersion(news, `${news} Компенсацию проезда оформляют авансом, без ожидания чеков.`)).toBe(true);
  expect(isVersion(news, `${news.toUpperCase()}\n\n#рядом`)).toBe(false);
  expect(isVersion(news, 'Экологический десант вышел на берег: вывезено 203 мешка мусора.')).toBe(false);
  expect(isVersion('', news)).toBe(false);
});
