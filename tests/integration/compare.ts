import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { Explanation, LeaderboardRow, NetworkMeasures, Period } from '#analytics/types.ts';
import type { Truth, TruthRequest, TruthRow } from '#simulator/index.ts';

/** Measures that stand under the same name on both sides, in a row and in each of its networks. */
const measures = [
  'posts',
  'originals',
  'reposts',
  'maturePosts',
  'postsPerWeek',
  'views',
  'viewsPrecision',
  'medianViews',
  'likes',
  'comments',
  'shares',
  'reactions',
  'reactionsPrecision',
  'erView',
  'erParts',
  'erPost',
  'erDay',
  'reachRate',
  'subscribers',
  'subscribersPrecision',
  'growth',
  'growthPercent',
  'longestSilence',
  'daysSilent',
  'status',
  'statusReason',
  'weeks',
] as const;
const standing = ['place', 'placeTo', 'placeOf', 'index'] as const;

type Value = number | string | null | undefined | readonly (number | string | null)[];
type Told = Pick<NetworkMeasures, (typeof measures)[number] | 'flags'>;
type TruthTold = TruthRow['networks'][keyof TruthRow['networks']];

/** Equal, but for the last digits of a fraction. */
function isSame(one: Value, other: Value): boolean {
  if (typeof one === 'object' && typeof other === 'object') return String(one) === String(other);
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

/** Marks that follow from the measures alone. */
const flags = {
  few_posts: ({ maturePosts }) => maturePosts !== null && maturePosts < 5,
  still_gaining: ({ posts, maturePosts }) => posts !== null && maturePosts !== null && maturePosts < posts,
  reactions_partial: ({ partialReactions }) => partialReactions > 0,
} satisfies Record<string, (truth: NonNullable<TruthTold>) => boolean>;

function toldDifferences(told: Told, truth: NonNullable<TruthTold>): string[] {
  const lines = measures.flatMap((measure) => unlike(measure, told[measure], truth[measure]));
  for (const [flag, holds] of Object.entries(flags)) {
    const isFlagged = told.flags.includes(flag as keyof typeof flags);
    if (isFlagged !== holds(truth)) lines.push(`${flag} is ${isFlagged}, truth ${!isFlagged}`);
  }
  return lines;
}

function unlike(name: string, told: Value, truth: Value): string[] {
  return isSame(told, truth) ? [] : [`${name} is ${String(told)}, truth ${String(truth)}`];
}

function explanationDifferences({ frequency, regularity, ...parts }: Explanation, truth: TruthRow): string[] {
  const { counted } = truth;
  return [
    ...unlike('counted posts', frequency?.countedPosts, counted.countedPosts),
    ...unlike('counted per week', frequency?.perWeek, counted.perWeek),
    ...unlike('weeks', regularity?.weeks ?? 0, counted.weeks),
    ...unlike('weeks at the norm', regularity?.weeksAtNorm ?? 0, counted.weeksAtNorm),
    ...unlike('from', parts.window.from, truth.window.from),
    ...unlike('to', parts.window.to, truth.window.to),
    ...parts.engagement.flatMap(({ network }) =>
      unlike(`parts compared in ${network}`, parts.comparedParts[network], truth.comparedParts[network]),
    ),
  ];
}

function rowDifferences(row: LeaderboardRow, truth: TruthRow): string[] {
  const lines = [
    ...toldDifferences(row, truth),
    ...standing.flatMap((name) => unlike(name, row[name], truth[name])),
    ...unlike('league', row.league?.id ?? null, truth.place === null ? null : truth.league),
  ];
  for (const [name, value] of Object.entries(truth.components)) {
    lines.push(...unlike(name, row.components[name as keyof typeof row.components], value));
  }
  const networks = Object.keys(row.networks).toSorted();
  lines.push(...unlike('networks', networks, Object.keys(truth.networks).toSorted()));
  for (const network of ['vk', 'telegram'] as const) {
    const [own, expected] = [row.networks[network], truth.networks[network]];
    if (own && expected) lines.push(...toldDifferences(own, expected).map((line) => `in ${network} ${line}`));
  }
  return row.explanation ? [...lines, ...explanationDifferences(row.explanation, truth)] : lines;
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
    lines.push(...rowDifferences(row, expected).map((line) => `${row.organisation.short}: ${line}`));
  }
  for (const name of found.keys()) lines.push(`${name}: is not in the truth`);
  return lines;
}

/** A simulated federation that has been collected: by writing its observations, or over the servers of its networks. */
export interface Collected {
  analytics: AnalyticsSources;
  truth: Truth;
  /** The instants at which all pages were looked at. */
  looks: readonly Date[];
  historyFrom: string;
  registered: Date;
}

/** Where the ranking of a period differs from the truth, with Telegram read in a mode; an empty list says nowhere. */
export async function differencesFromTruth(
  collected: Collected,
  period: Period,
  telegram: NonNullable<TruthRequest['telegram']>,
): Promise<string[]> {
  const { analytics, truth, looks, historyFrom, registered } = collected;
  const ranking = await leaderboard(analytics, { period });
  const now = analytics.clock.now();
  const request = { now, snapshots: looks, historyFrom, registered, telegram };
  const rows = truth.ranking(period, request);
  const before = new Map(truth.ranking(ranking.previous, request).map((row) => [row.organisationId, row]));
  const places = ranking.rows.flatMap((row) => {
    const own = rows.find(({ organisationId }) => organisationId === row.organisation.id);
    const earlier = before.get(row.organisation.id);
    const isSameLeague = own !== undefined && own.league === earlier?.league;
    const moved =
      isSameLeague && own.place !== null && earlier.place !== null ? earlier.place - own.place : null;
    return unlike(`${row.organisation.short}: movement`, row.movement, moved);
  });
  return [...differences(ranking.rows, rows), ...places];
}
