import { expect, test } from 'vitest';
import { fittingMailLink, givenName } from './mail-link.ts';

const bodyOf = (link: string) => new URL(link).searchParams.get('body');

test('a letter is a link that keeps its address, its subject and its lines', () => {
  const { link } = fittingMailLink('anna+vk@example.org', 'Тема & ещё?', ['Строка\nдругая']);
  expect(link.startsWith('mailto:anna%2Bvk@example.org?subject=')).toBe(true);
  expect(new URL(link).searchParams.get('subject')).toBe('Тема & ещё?');
  expect(bodyOf(link)).toBe('Строка\r\nдругая');
});

test('an address cannot add what was not meant', () => {
  const { link } = fittingMailLink('a@b.example?bcc=c@d.example&x', 'Тема', ['Текст']);
  expect([...new URL(link).searchParams.keys()]).toEqual(['subject', 'body']);
});

test('the fullest text that a mail program takes is chosen, and the last one where none fits', () => {
  const [long, longer] = ['ш'.repeat(300), 'ш'.repeat(400)];
  expect(fittingMailLink('a@b.example', 'Т', [longer, long, 'ш']).text).toBe(long);
  expect(fittingMailLink('a@b.example', 'Т', [longer, long, 'ш']).link.length).toBeLessThanOrEqual(2000);
  expect(fittingMailLink('a@b.example', 'Т', [longer, longer]).text).toBe(longer);
});

test.each([
  ['Петрова Анна Ивановна', 'Анна Ивановна'],
  ['  Петрова   Анна ', 'Анна'],
  ['Петрова А. И.', ''],
  ['Петрова', ''],
  ['Ким Сергей оглы Мамедов', ''],
  ['', ''],
])('%s is greeted as "%s"', (name, given) => {
  expect(givenName(name)).toBe(given);
});
