import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { composeNews, composeVisitorWords, fill } from './compose.ts';

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

test('whatever is written, figures agree, no slot is left, and no place is real', () => {
  const wrong =
    /(?<!\d)(?:\d*[02-9])?1 (?:лет|года|тысяч|процентов|человека|работников)(?!\p{L})|(?<!\d)(?:\d*[02-9])?[2-4] (?:лет|год|процент)(?!\p{L})/u;
  for (let topic = 0; topic < 60; topic += 1) {
    for (let seed = 0; seed < 12; seed += 1) {
      const text = composeNews(randomFor('news', topic, seed), topic, 'profsim');
      expect(text).not.toMatch(wrong);
      expect(text).not.toMatch(/[{}|]|Иркутск|Байкал|Ангарск|Братск/u);
    }
  }
  expect(composeVisitorWords(randomFor('visitor', 1))).not.toMatch(/[{}|]/);
});
