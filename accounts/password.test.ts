import { describe, expect, test } from 'vitest';
import { passwordProblem } from './password.ts';

const known = ['Анна', 'anna@example.ru', 'Обком горняков'];

describe('a password', () => {
  test.each([
    ...[
      'пароль пароль',
      'пароль-пароль',
      'кошка кошка',
      'qwerty qwerty',
      'профсоюз, профсоюз',
      'привет привет',
    ],
    ...['очень сложный пароль', 'самый лучший пароль', 'я люблю маму', 'Слава России', 'доброе утро 2026'],
    ...[
      'председатель профкома',
      'здравствуйте',
      'спокойной ночи',
      'мама мыла раму',
      'Алексей1985',
      'обком-обком',
    ],
    ...['!!!!!!!!!!!!', '-=-=-=-=-=-=-=', 'ааааааааааа', '12 34 12 34 12', 'gfhjkm gfhjkm'],
  ])('of a few common words or one repeated is weak: %s', async (password) => {
    expect(await passwordProblem(password, known)).toBe('password_weak');
  });

  test.each([
    'выдра на льдине 1848',
    'сова над рекой 1905',
    'синяя кружка у окна',
    'ледокол Ангара 7 труб',
    'jK8#nw2!pQ9z',
  ])('of words that nobody expects is taken: %s', async (password) => {
    expect(await passwordProblem(password, known)).toBeNull();
  });
});
