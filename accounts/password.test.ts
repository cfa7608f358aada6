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
    ...['Иванов Иван', 'иван иванов', 'Петрова Ольга', 'Кузнецов Дмитрий Сергеевич', 'Смирнова Анна 1985'],
    ...['Ольга Викторовна', 'Гайдаенко Софья', 'Шевчук Тимофей', 'Мухаметшин Ильдар', 'Зоя Космодемьянская'],
    ...['КузнецовДмитрий', 'кузнецов.дмитрий', 'кузнецовдмитрий', 'Иванов_Иван_1961', 'Морозов Ваня!'],
    ...['Kuznetsov Dmitry', 'KuznetsovDmitriy', 'petrova.olga', 'Shevchuk Timofey 88', 'Olga Viktorovna'],
    ...['Repytwjd Lvbnhbq', 'Gtnhjdf Jkmuf', 'Итфтщм Шмфт', 'Пётр Чайковский', 'Константинопольский Пётр'],
  ])('of what people are called is weak: %s', async (password) => {
    expect(await passwordProblem(password, known)).toBe('password_weak');
  });

  test.each(['Горняки Заозёрска', 'заозёрский обком', 'обком горняков 2026', 'Анна горняк 1985'])(
    'of the words of its owner and their federation is weak: %s',
    async (password) => {
      const words = [...known, 'Заозёрский областной комитет', 'г. Заозёрск'];
      expect(await passwordProblem(password, words)).toBe('password_weak');
    },
  );

  test.each([
    'выдра на льдине 1848',
    'сова над рекой 1905',
    'синяя кружка у окна',
    'ледокол Ангара 7 труб',
    'jK8#nw2!pQ9z',
    'тюлени ловят картину ветром',
    'Ольга моет синюю кружку',
  ])('of words that nobody expects is taken: %s', async (password) => {
    expect(await passwordProblem(password, known)).toBeNull();
  });
});
