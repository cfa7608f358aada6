import type { LeaderboardRow } from '../../analytics/types.ts';
import type { TruthRow } from '../../simulator/index.ts';

/** Measures that stand under the same name on both sides. */
const measures = [
  'posts',
  'originals',
  'reposts',
  'maturePosts',
  'postsPerWeek',
  'views',
  'medianViews',
  'likes',
  'comments',
  'shares',
  'reactions',
  'erView',
  'erPost',
  'erDay',
  'reachRate',
  'subscribers',
  'growth',
  'growthPercent',
  'longestSilence',
  'daysSilent',
  'status',
  'place',
  'placeTo',
  'placeOf',
  'index',
] as const;

type Value = number | string | null;

/** Equal, but for the last digits of a fraction. */
function isSame(one: Value, other: Value): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

/** Where a ranking differs from the truth, one line for each number: `name: measure is 3, truth 4`. */
export function differences(rows: readonly LeaderboardRow[], truth: readonly TruthRow[]): string[] {
  const found = new Map(rows.map((row) => [row.organisation.name, row]));
  const lines: string[] = [];
  for (const expected of truth) {
    const row = found.get(expected.name);
    if (!row) {
      lines.push(`${expected.name}: is missing`);
      continue;
    }
    found.delete(expected.name);
    for (const measure of measures) {
      if (!isSame(row[measure], expected[measure])) {
        lines.push(
          `${row.organisation.short}: ${measure} is ${String(row[measure])}, truth ${String(expected[measure])}`,
        );
      }
    }
    for (const [name, value] of Object.entries(expected.components)) {
      const component = row.components[name as keyof typeof row.components];
      if (!isSame(component, value)) {
        lines.push(`${row.organisation.short}: ${name} is ${String(component)}, truth ${String(value)}`);
      }
    }
  }
  for (const name of found.keys()) lines.push(`${name}: is not in the truth`);
  return lines;
}
