import { rankLeague, type IndexFacts } from '#domain/activity-index.ts';
import { randomFor } from '#simulator/random.ts';

/** So many organisations of one league, of two networks, no two alike. */
function leagueOf(size: number): IndexFacts[] {
  const random = randomFor('league', size);
  const values = () => ({
    reach: random.next(),
    engagement: random.next() / 20,
    growth: random.next() / 10 - 0.05,
  });
  return Array.from({ length: size }, (_, index) => {
    const perWeek = random.integer(0, 120) / 13;
    return {
      organisationId: index + 1,
      stands: true,
      posts: Math.round(perWeek * 13),
      counted: {
        countedPosts: Math.round(perWeek * 13),
        perWeek,
        weeks: 13,
        weeksAtNorm: random.integer(0, 13),
        norm: 3,
      },
      networks: { vk: values(), telegram: values() },
    };
  });
}

/** Milliseconds that ranking a league of so many takes: the middle one of five, after one that is not counted. */
export function timeOfRanking(size: number): number {
  const league = leagueOf(size);
  const times = Array.from({ length: 6 }, () => {
    const started = performance.now();
    rankLeague(league);
    return performance.now() - started;
  });
  return times.slice(1).toSorted((one, other) => one - other)[2] ?? Infinity;
}
