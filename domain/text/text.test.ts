import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nearlyIdentical, signatureOf, uniquePosts } from './near-identity.ts';
import { stemLine, stemOf, stemsOf } from './stems.ts';
import { tokensOf } from './tokens.ts';

describe('words', () => {
  it('are runs of letters and digits in lower case, ё as е', () => {
    expect(tokensOf('Всё о ПРОФСОЮЗЕ: 5 шагов, COVID-19! 🎉')).toEqual([
      'все',
      'о',
      'профсоюзе',
      '5',
      'шагов',
      'covid',
      '19',
    ]);
    expect(tokensOf('за\u0301мок и\u0306ог е\u0308лка')).toEqual(['замок', 'йог', 'елка']);
    expect(tokensOf('𝐏𝐫𝐨𝐟 №5')).toEqual(['prof', 'no5']);
    expect(tokensOf('👍 — …')).toEqual([]);
  });

  it.each([
    [['профсоюз', 'профсоюза', 'профсоюзу', 'профсоюзом', 'профсоюзы', 'профсоюзов'], 'профсоюз'],
    [['работник', 'работники', 'работников', 'работниками'], 'работник'],
    [['учитель', 'учителя', 'учителей'], 'учител'],
    [['первичная', 'первичной', 'первичную', 'первичные'], 'первичн'],
    [['собрание', 'собрания', 'собраний'], 'собран'],
    [['важный', 'важная', 'важнейший'], 'важн'],
    [['unions', 'union'], 'union'],
  ])('%s have the stem %s', (words, stem) => {
    expect(words.map(stemOf)).toEqual(words.map(() => stem));
  });

  it('have stems in their order, in one line for search; mixed words stay', () => {
    expect(stemsOf('Учителя школ')).toEqual(['учител', 'школ']);
    expect(stemLine('Работники 2-го цеха, iPhone15')).toBe('работник 2 го цех iphone15');
    expect(stemLine('')).toBe('');
  });

  it('are stemmed alike however many other words came between', () => {
    for (let number = 0; number < 50_100; number += 1) {
      stemOf(`слово${number}`);
    }
    expect(stemOf('учителями')).toBe('учител');
  });
});

const news =
  'Сегодня в Доме профсоюзов прошло заседание президиума областной организации. Обсудили подготовку к ' +
  'отчётно-выборной конференции, итоги колдоговорной кампании и план летнего оздоровления детей. ' +
  'Решение принято единогласно, подробности опубликуем на следующей неделе.';
const greeting = (name: string) =>
  `Поздравляем с днём рождения ${name}, председателя первичной профсоюзной организации! Желаем здоровья, счастья и успехов`;

describe('nearly identical texts', () => {
  it.each([
    ['itself', news],
    ['other punctuation, case and emoji', `🔥 ${news.toUpperCase().replaceAll('.', '!!!')}`],
    [
      'a link and hashtags added',
      `${news}\n\n#профсоюз #Иркутск@club1 https://vk.com/wall-1_2 vk.com/profkom`,
    ],
    [
      'an edit of some words',
      news.replace('Сегодня', 'Вчера').replace('единогласно', 'большинством голосов'),
    ],
    ['a mention instead of a name', news.replace('Доме профсоюзов', '[club123|Доме профсоюзов]')],
    ['a sentence added', `${news} Подписывайтесь на нашу страницу и следите за новостями.`],
    ['a last sentence left out', news.slice(0, news.indexOf('Решение'))],
  ])('%s', (_, other) => {
    expect(nearlyIdentical(signatureOf(news), signatureOf(other))).toBe(true);
  });

  it.each([
    ['another text', news, greeting('Ивана Петрова')],
    ['greetings of different people', greeting('Ивана Петрова'), greeting('Анну Ильиничну Сидорову')],
    ['short texts that differ in a word', 'С днём учителя!', 'С днём шахтёра!'],
    ['a short text inside a longer one', 'Решение принято единогласно', news],
    [
      'a text and one twice as long that holds it',
      news,
      `${news} ${greeting('Ивана')} ${greeting('Марию Ивановну')} ещё немного слов`,
    ],
    ['texts without words', '', ''],
    ['photos with emoji only', '🎉🎉', '🎉🎉'],
    ['hashtags only', '#профсоюз', '#профсоюз'],
    ['links only', 'https://vk.com/a', 'https://vk.com/a'],
  ])('are not: %s', (_, one, other) => {
    expect(nearlyIdentical(signatureOf(one), signatureOf(other))).toBe(false);
  });

  it('short ones are one when their words are the same', () => {
    expect(nearlyIdentical(signatureOf('С праздником!'), signatureOf('с ПРАЗДНИКОМ 🎉 #1мая'))).toBe(true);
  });

  it('have a signature without words of the text, empty only without words', () => {
    expect(signatureOf(news)).toMatch(/^1:\d+:[0-9a-f]{16}:[A-Za-z0-9+/]{86}==$/u);
    expect(signatureOf('Всем привет')).toMatch(/^1:2:[0-9a-f]{16}$/u);
    expect(signatureOf('📷')).toBe('');
  });

  it('are so in both directions, and every text with words is nearly itself', () => {
    const words = fc.array(
      fc.constantFrom(
        'профсоюз',
        'собрание',
        'школа',
        'конкурс',
        'победа',
        'отпуск',
        'врач',
        'завод',
        'план',
        'день',
        'год',
      ),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [a, b] = [signatureOf(one.join(' ')), signatureOf(other.join(', '))];
        expect(nearlyIdentical(a, b)).toBe(nearlyIdentical(b, a));
        expect(nearlyIdentical(a, signatureOf(one.join(' - ')))).toBe(true);
      }),
    );
  });

  it('survive one changed word in a long text, and long texts of other words are never one', () => {
    const word = (number: number) => `слово${'абвгдежзик'.charAt(number % 10)}${number}`;
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 200 }), fc.nat(), (length, place) => {
        const words = Array.from({ length }, (_, index) => word(index));
        const changed = words.with(place % length, 'иначе');
        const others = words.map((_, index) => word(index + 1000));
        expect(nearlyIdentical(signatureOf(words.join(' ')), signatureOf(changed.join(' ')))).toBe(true);
        expect(nearlyIdentical(signatureOf(words.join(' ')), signatureOf(others.join(' ')))).toBe(false);
      }),
    );
  });
});

describe('unique posts', () => {
  const post = (hour: number, text: string) => ({
    hour,
    published: new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000),
    signature: signatureOf(text),
  });
  const hours = (posts: { hour: number }[]) => posts.map(({ hour }) => hour);

  it('the earliest of nearly identical ones within 48 hours counts', () => {
    expect(
      hours(uniquePosts([post(20, news), post(0, news), post(48, news), post(10, greeting('Ивана'))])),
    ).toEqual([0, 10]);
  });

  it('after 48 hours the same text counts again, measured from the one that was kept', () => {
    expect(hours(uniquePosts([post(0, news), post(40, news), post(49, news), post(97, news)]))).toEqual([
      0, 49,
    ]);
  });

  it('posts without words are all kept', () => {
    expect(uniquePosts([post(0, ''), post(0, '📷'), post(1, '')])).toHaveLength(3);
    expect(uniquePosts([])).toEqual([]);
  });
});
