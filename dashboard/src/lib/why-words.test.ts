import { expect, test } from 'vitest';
import type { Explanation, PercentilePart } from '../../../analytics/types.ts';
import { formatterFor } from './format.ts';
import type { OpenedLine } from './server/ranking-view.ts';
import { rowForTests } from './server/board-for-tests.ts';
import { explainComponents } from './why-words.ts';

const format = formatterFor('ru', 'Asia/Irkutsk');
const part = (network: PercentilePart['network']): PercentilePart => ({
  network,
  value: 0.05,
  percentile: 50,
  below: 3,
  others: 6,
});

/** The lines of engagement in an explanation with these parts. */
function engagementLines(
  engagement: PercentilePart[],
  comparedParts: Explanation['comparedParts'],
): string[] {
  const row = rowForTests(1);
  const opened: OpenedLine = {
    ...row,
    id: 1,
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
