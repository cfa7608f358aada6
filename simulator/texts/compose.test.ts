import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { isAnotherVersion, toldBy } from './similar.ts';
import { composeNews, composeRemarks, composeVisitorWords } from './compose.ts';
import { castFrom, fill } from './fill.ts';
import { subjectAt, subjects, topics } from './topics/index.ts';
import { storiesToldBy } from './told-of.ts';

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
      const remarks = composeRemarks(randomFor('repost'), subjectAt(topic, month).theme);
      const news = Array.from(
        { length: 12 },
        (_, seed) =>
          composeNews(randomFor('news', month, topic, seed), { topic, month, hashtag: 'profsim' }).text,
      );
      for (const said of [...news, ...remarks]) {
        for (const pattern of wrong) expect(said).not.toMatch(pattern);
        for (const [pattern, when] of seasonal) if (!when.includes(month)) expect(said).not.toMatch(pattern);
      }
    }
  },
);

test('every season is written about in its time', () => {
  const told = months.map((month) => topics.map((_, topic) => subjectAt(topic, month).theme));
  expect(told[4]).toContain('первомай');
  expect(told[11]).toContain('новогодние подарки');
  expect(told[10]).toContain('за достойный труд');
});

test('a story is told of its own pieces alone, its details in their order', () => {
  for (const [topic, month] of topics.flatMap((_, index) => [[index, 5] as const, [index, 11] as const])) {
    const { theme, stories } = subjectAt(topic, month);
    const told = new Set<string>();
    for (let seed = 0; seed < 60; seed += 1) {
      const news = composeNews(randomFor('pieces', topic, seed), { topic, month, hashtag: 'profsim' });
      expect(news.theme).toBe(theme);
      const [story, ...others] = storiesToldBy(news.text);
      expect(others).toEqual([]);
      expect(story?.theme).toBe(theme);
      expect(story?.places.length).toBeGreaterThanOrEqual(2);
      expect(story?.places).toEqual([...(story?.places ?? [])].sort((one, other) => one - other));
      told.add(`${story?.lead}: ${story?.places.join(' ')}`);
    }
    // Every story, and of it many selections.
    expect(new Set([...told].map((each) => each.split(':')[0])).size).toBe(stories.length);
    expect(told.size).toBeGreaterThan(14);
  }
});

test('no piece of a story needs another that may be left out', () => {
  for (const { stories } of subjects) {
    expect(stories.length).toBeGreaterThanOrEqual(2);
    for (const { lead, details } of stories) {
      expect(details.length).toBeGreaterThanOrEqual(4);
      for (const piece of [lead, ...details]) {
        expect(piece).toMatch(/[.!?]$/u);
        expect(piece).not.toMatch(
          /^(?:(?:Он|Она|Оно|Они|Его|Её|Их|Там|Туда|Оттуда|Также|Тоже|Потом|Затем|Кроме|Поэтому)(?!\p{L})|Остальн|Последн|Втор|Эт[аоиу])/u,
        );
      }
    }
  }
});

test('a text names one town, one employer and one person throughout', () => {
  const cast = castFrom(randomFor('cast'));
  const told = fill('{city} {cityOf} {cityName} {person} {person}', randomFor('other'), cast);
  expect(told).toBe(
    [cast.place.where, cast.place.whose, cast.place.city, cast.person, cast.person].join(' '),
  );
  for (let seed = 0; seed < 200; seed += 1) {
    const { place, otherPlace, plant } = castFrom(randomFor('cast', seed));
    expect(otherPlace).not.toBe(place);
    expect(plant.name).not.toMatch(/школа|клиника/iu);
  }
  expect(() => fill('{nobody}', randomFor('none'))).toThrow(RangeError);
});

test('there are thousands of different news, and those of a topic are mostly clearly different', () => {
  const compose = (topic: number, seed: number): string =>
    composeNews(randomFor('many', topic, seed), { topic, month: 7, hashtag: 'profsim' }).text;
  const words = topics.flatMap((_, topic) =>
    Array.from({ length: 100 }, (_unused, seed) => toldBy(compose(topic, seed)).words),
  );
  expect(new Set(words).size).toBeGreaterThan(0.9 * words.length);
  let clear = 0;
  for (const [topic] of topics.entries()) {
    const told = Array.from({ length: 20 }, (_, seed) => toldBy(compose(topic, seed)));
    for (const one of told) clear += told.filter((other) => !isAnotherVersion(one, other)).length;
  }
  expect(clear / (topics.length * 400)).toBeGreaterThan(0.5);
});

test('words above a repost are of its theme, and clearly different from each other and from all news', () => {
  expect(new Set(subjects.map(({ theme }) => theme)).size).toBe(subjects.length);
  expect(composeRemarks(randomFor('none'), 'погода')).toEqual([]);
  const remarks = subjects.flatMap(({ theme, remarks: own }) => {
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect([...composeRemarks(randomFor('remarks'), theme)].sort()).toEqual([...own].sort());
    return own.map(toldBy);
  });
  expect(new Set(remarks.map(({ words }) => words)).size).toBe(remarks.length);
  const news = topics.flatMap((_, topic) =>
    [5, 7, 12].map((month) =>
      toldBy(composeNews(randomFor('beside', topic, month), { topic, month, hashtag: 'profsim' }).text),
    ),
  );
  for (const remark of remarks) {
    expect(remark.words).not.toMatch(/\d/u);
    for (const other of [...remarks, ...news]) expect(isAnotherVersion(remark, other)).toBe(false);
  }
});

test('what visitors write is Russian too', () => {
  for (let seed = 0; seed < 100; seed += 1) {
    for (const pattern of wrong) expect(composeVisitorWords(randomFor('visitor', seed))).not.toMatch(pattern);
  }
});
