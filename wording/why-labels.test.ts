import { expect, test } from 'vitest';
import type { Explanation, PercentilePart } from '#analytics/types.ts';
import { formatterFor } from './format.ts';
import { rowForTests } from '#tests/helpers/ranking-rows.ts';
import { alternativesText, explainComponents, gapText, type ExplainedRow } from './why-labels.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const part = (network: PercentilePart['network']): PercentilePart => ({
  network,
  value: 0.05,
  percentile: 50,
  below: 3,
  others: 6,
});

/** An opened line with this explanation. */
function openedWith(change: Partial<Explanation>, place = 6): ExplainedRow {
  const row = rowForTests(place);
  return {
    ...row,
    tier: 'active',
    measures: row,
    explanation: {
      window: { from: '2026-08-24', to: '2026-11-22' },
      weights: { frequency: 30, regularity: 20, reach: 20, engagement: 20, growth: 10 },
      frequency: null,
      regularity: null,
      reach: [],
      engagement: [],
      comparedParts: {},
      growth: [],
      gap: null,
      alternatives: [],
      ...change,
    },
  };
}

/** The lines of engagement in an explanation with these parts. */
function engagementLines(
  engagement: PercentilePart[],
  comparedParts: Explanation['comparedParts'],
): string[] {
  const row = rowForTests(1);
  const opened: ExplainedRow = {
    ...row,
    tier: 'active',
    measures: row,
    explanation: {
      window: { from: '2026-08-24', to: '2026-11-22' },
      weights: { frequency: 30, regularity: 20, reach: 20, engagement: 20, growth: 10 },
      frequency: null,
      regularity: null,
      reach: [],
      engagement,
      comparedParts,
      growth: [],
      gap: null,
      alternatives: [],
    },
  };
  return explainComponents(opened, format).find(({ key }) => key === 'engagement')?.lines ?? [];
}

test('nothing is said of parts where all reactions are compared', () => {
  const lines = engagementLines([part('vk')], { vk: ['likes', 'comments', 'reposts'] });
  expect(lines).toHaveLength(2);
  expect(lines.join(' ')).not.toContain('сравниваются');
});

test('the parts that are compared are named in the words of the network', () => {
  const [, , likes] = engagementLines([part('telegram')], { telegram: ['likes'] });
  expect(likes).toMatch(/сравниваются только реакции:/);
  const [, , both] = engagementLines([part('telegram')], { telegram: ['likes', 'reposts'] });
  expect(both).toMatch(/сравниваются только реакции и пересылки:/);
});

test('of two networks every line names its own, so that none comes twice', () => {
  const all = { vk: ['likes', 'reposts'], telegram: ['likes'] } as const;
  const lines = engagementLines([part('vk'), part('telegram')], all);
  expect(new Set(lines).size).toBe(4);
  expect(lines.filter((line) => line.startsWith('ВКонтакте: '))).toHaveLength(2);
});

test('a step names its network where the organisation has several, and needs none where it has one', () => {
  const step = (component: 'reach' | 'engagement', network: 'vk' | 'telegram', value: number) => ({
    component,
    network,
    value,
  });
  const steps = [
    step('reach', 'vk', 0.26),
    step('reach', 'telegram', 0.597),
    step('engagement', 'vk', 0.0204),
  ];
  const gap = { place: 5, points: 0.1, steps };
  const both = [part('vk'), part('telegram')];
  const said = gapText(openedWith({ gap, reach: both, engagement: both }), format);
  expect(said).toMatch(/26,0.% подписчиков \(ВКонтакте\); .*59,7.% подписчиков \(Telegram\)/u);
  expect(said).toMatch(/вовлечённости 2,04.% \(ВКонтакте\)/u);
  const alone = { ...gap, steps: [step('engagement', 'vk', 0.0204)] };
  expect(gapText(openedWith({ gap: alone, engagement: [part('vk')] }), format)).not.toContain('(ВК');
});

test('how many of the other formulas give the same place is counted among those that are listed', () => {
  const words = (...places: number[]) => {
    const formulas = ['rank_sum', 'frequency', 'engagement'] as const;
    const alternatives = places.map((place, index) => ({ formula: formulas[index] ?? 'rank_sum', place }));
    return alternativesText(openedWith({ alternatives }));
  };
  expect(words(8, 1, 12)).toMatch(/12.+\. Того же места не даёт ни одна из них\.$/u);
  expect(words(6, 1, 6)).toMatch(/То же место дают 2 из 3\.$/u);
  expect(words(6, 1, 12)).toMatch(/То же место даёт 1 из 3\.$/u);
  expect(words(6, 6, 6)).toMatch(/То же место даёт каждая из них\.$/u);
  expect(words(6)).not.toMatch(/из 1|из них/u);
});
