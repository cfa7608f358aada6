import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { composeNews, composeRepostWords, composeVisitorWords, fill } from './compose.ts';

test.each([
  ['{people:# работник|# работника|# работников}', { one: 'работник', few: 'работника', many: 'работников' }],
  ['{years:# год|# года|# лет}', { one: 'год', few: 'года', many: 'лет' }],
] as const)('%s agrees with its number', (template, forms) => {
  const rules = new Intl.PluralRules('ru');
  for (let seed = 0; seed < 200; seed += 1) {
    const [number, word] = fill(template, randomFor('agree', seed)).split(' ');
    expect(word).toBe(forms[rules.select(Number(number)) as keyof typeof forms]);
  }
});

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** Words of a season, with the months in which they may be written. */
const seasonal: readonly (readonly [RegExp, readonly number[]])[] = [
  [/перв(?:ое|ого) мая|первома/iu, [5]],
  [/день победы|воинские захоронения|фронтовы/iu, [4, 5, 6]],
  [/новогодн|(?<!\p{L})ёлк|сладкие подарки/iu, [12, 1]],
  [/мороз|холодно|лыж|зимн|тепловых пушек/iu, [11, 12, 1, 2, 3]],
  [/субботник|экологический десант/iu, [4, 5, 6, 7, 8, 9, 10]],
  [/клещ/iu, [3, 4, 5, 6, 7, 8]],
  [/сплав|байдарк|палатк/iu, [6, 7, 8, 9]],
  [/весенн|лето начинается/iu, []],
  [/старшеклассник/iu, [9, 10, 11, 12, 1, 2, 3, 4, 5]],
];

/** What no Russian editor would let pass. */
const wrong: readonly RegExp[] = [
  // Figures that do not agree with their words, and thousands of thousands.
  /(?<!\d)(?:\d*[02-9])?1 (?:лет|года|тысяч|процентов|человека|работников)(?!\p{L})/u,
  /(?<!\d)(?:\d*[02-9])?[2-4] (?:лет|год|процент)(?!\p{L})/u,
  /\d{4} (?:тыс|рубл)/u,
  // A name in quotation marks after a word that governs it, without one for what it is; marks within marks of the same kind.
  /(?:^|[\s(])(?:на|в|во|из|к|у|с|от|для|при|по|профкому?|профкома|рабочими|руководство|коллектив) «/iu,
  /«[^»]*«/u,
  /«[^»]*$/u,
  // A sentence begins with a capital.
  /^[^\p{L}\d«#]*\p{Ll}|(?<!тыс)[.!?] \p{Ll}/u,
  /[{}|]|Иркутск|Байкал|Ангарск|Братск/u,
  / {2}|\s[,.]|№ #/u,
];

test.each(months)(
  'in month %d figures agree, no season is another, no name is undeclined, no place is real',
  (month) => {
    for (let topic = 0; topic < 60; topic += 1) {
      for (let seed = 0; seed < 12; seed += 1) {
        const text = composeNews(randomFor('news', month, topic, seed), { topic, month, hashtag: 'profsim' });
        const words = composeRepostWords(randomFor('repost', month, topic, seed), topic, month);
        for (const said of [text, words]) {
          for (const pattern of wrong) expect(said).not.toMatch(pattern);
          for (const [pattern, when] of seasonal)
            if (!when.includes(month)) expect(said).not.toMatch(pattern);
        }
      }
    }
  },
);

test('every season is written about in its time', () => {
  const told = months.map((month) =>
    Array.from({ length: 48 }, (_, topic) =>
      composeRepostWords(randomFor('season', topic), topic, month),
    ).join(' '),
  );
  expect(told[4]).toMatch(/первомай/u);
  expect(told[11]).toMatch(/новогодние подарки/u);
  expect(told[10]).toMatch(/за достойный труд/u);
});

test('what visitors write is Russian too', () => {
  for (let seed = 0; seed < 100; seed += 1) {
    for (const pattern of wrong) expect(composeVisitorWords(randomFor('visitor', seed))).not.toMatch(pattern);
  }
});
