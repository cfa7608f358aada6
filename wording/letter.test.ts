import { describe, expect, test } from 'vitest';
import { formatterFor } from './format.ts';
import { undeclined } from './cases.ts';
import { writeLetter, type RemindedPage } from './letter.ts';
import { senderNamed, type Sender } from './sender.ts';
import { pageForTests } from '#tests/helpers/current-statuses.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const longName = 'Заозёрская районная организация Рослеспрофсоюза';

const reminded = (id: number, short: string): RemindedPage => ({
  page: {
    ...pageForTests(id, 'stale', 24),
    url: `https://vk.com/club2173409${id}`,
    lastPost: new Date('2026-11-01T03:00:00Z'),
  },
  organisation: { id, name: short, short },
});
const letter = (pages: RemindedPage[], person: Partial<{ name: string; email: string }> = {}) =>
  writeLetter(
    {
      person: { name: 'Петрова Анна Ивановна', email: 'petrova@example.org', ...person },
      pages,
      isChair: false,
    },
    senderNamed('Иркутское Профобъединение'),
    format,
  );
const bodyOf = (mailto: string | null) =>
  (new URL(mailto ?? '').searchParams.get('body') ?? '').replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ');

test('the whole letter greets, names the page and its days, asks, and is signed', () => {
  const { text, subject } = letter([reminded(1, 'Рослеспрофсоюз')]);
  expect(subject).toContain('Рослеспрофсоюз');
  expect(text).toContain('Здравствуйте, Анна Ивановна!');
  expect(text).toMatch(/24\sдня без публикаций/);
  expect(text).toContain('Иркутское Профобъединение, информационный отдел');
});

test('the letter is signed by whoever sends it, and by nobody when that is not known', () => {
  const content = {
    person: { name: 'Петрова Анна Ивановна', email: '' },
    pages: [reminded(1, 'Рослеспрофсоюз')],
    isChair: false,
  };
  const signed = (sender: Sender | null) => writeLetter(content, sender, format).text.split('\n\n').at(-1);
  const sender = { organisation: undeclined('Облсовпроф'), department: undeclined('пресс-служба') };
  expect(signed(sender)).toBe('Спасибо!\nОблсовпроф, пресс-служба');
  expect(signed({ ...sender, department: null })).toBe('Спасибо!\nОблсовпроф');
  expect(senderNamed('')).toBeNull();
  expect(signed(null)).toBe('Спасибо!');
});

describe('a mail program is given', () => {
  test.each(['Рослеспрофсоюз', longName])('a good letter about one page: %s', (name) => {
    const { mailto, subject, isShortened } = letter([reminded(1, name)]);
    const body = bodyOf(mailto);
    expect(mailto?.length).toBeLessThanOrEqual(2000);
    expect(isShortened).toBe(true);
    expect(`${subject}\n${body}`).toContain(name);
    for (const part of [
      'Здравствуйте, Анна Ивановна!',
      'На странице, за которую вы отвечаете',
      'https://vk.com/club21734091',
      '24 дня',
      'Пожалуйста',
      'Спасибо!\nИркутское Профобъединение, информационный отдел',
    ])
      expect(body).toContain(part);
  });

  test('a good letter about a few, and the addresses of as many as fit about dozens', () => {
    const few = letter([reminded(1, 'А'), reminded(2, 'Б'), reminded(3, 'В')]);
    expect(bodyOf(few.mailto)).toContain('Здравствуйте, Анна Ивановна!');
    const many = letter(Array.from({ length: 60 }, (_, index) => reminded(index, longName)));
    expect(many.mailto?.length).toBeLessThanOrEqual(2000);
    expect(bodyOf(many.mailto)).toMatch(/^Давно нет публикаций: https:.+Спасибо!$/);
    expect(many.text.match(/https:/g)).toHaveLength(60);
  });

  test('nothing without an address', () => {
    expect(letter([reminded(1, longName)], { email: '' })).toMatchObject({
      mailto: null,
      isShortened: false,
    });
  });
});
