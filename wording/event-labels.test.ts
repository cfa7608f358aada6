import { expect, test } from 'vitest';
import { eventText } from './event-labels.ts';
import { formatterFor } from './format.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');

test('a name in quotation marks has marks of another kind within them', () => {
  const event = { event: 'title', before: 'ППО «Завод»', after: 'ППО «Комбинат»' };
  expect(eventText(event, 'vk', format)).toBe('название изменено: «ППО „Завод“» → «ППО „Комбинат“»');
});

test.each([
  [{ event: 'renamed', before: 'old', after: 'new' }, 'vk' as const],
  [{ event: 'title', before: 'Профком', after: 'Обком' }, 'vk' as const],
])('%o names both sides', (event, network) => {
  const words = eventText(event, network, format);
  expect(words).toContain(event.before);
  expect(words).toContain(event.after);
});

test('states are said in the words of the network', () => {
  const closed = { event: 'state', before: 'ok', after: 'closed' };
  expect(eventText(closed, 'vk', format)).toContain('стена закрыта');
  expect(eventText(closed, 'telegram', format)).toContain('канал закрыт');
  expect(eventText(closed, null, format)).toContain('страница закрыта');
});

test('a page that became something else, and one that was found again, are said in words', () => {
  const words = (event: string, after: string) =>
    eventText({ event, before: 'profkom', after }, 'telegram', format);
  expect(words('became', 'group_chat')).toBe('канал стал группой: публикации больше не читаются');
  expect(words('became', 'bot')).toContain('к боту');
  expect(words('became', 'person')).toContain('на личную страницу');
  expect(words('became', 'application')).toContain('к приложению');
  expect(words('became', 'gigagroup')).toBe(
    'по адресу теперь не страница с публикациями: они больше не читаются',
  );
  expect(words('found_again', 'profkom_irk')).toContain('найдена снова по имени profkom_irk');
  expect(words('found_again', '')).toBe('доступ был потерян, страница найдена снова');
});

test('what is not known by name is said as it was written', () => {
  expect(eventText({ event: 'state', before: 'ok', after: 'frozen' }, 'vk', format)).toContain('frozen');
  expect(eventText({ event: 'merged', before: 'a', after: 'b' }, 'vk', format)).toBe('merged: a → b');
});

test('the history read is told by its day, or as it was written', () => {
  const history = (after: string) => eventText({ event: 'history_reached', before: '', after }, 'vk', format);
  expect(history('2025-01-31')).toContain('31 января 2025');
  expect(history('its beginning')).toContain('its beginning');
});
