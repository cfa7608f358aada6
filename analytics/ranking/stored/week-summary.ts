import type { Observations } from '#schema/observations/connect.ts';
import { computeRanking } from '../ranking.ts';
import type { RankingEntry } from '../ranking.ts';
import type { RankingSummary } from './query-ranking-summaries.ts';
import { queryRankingSummaries } from './query-ranking-summaries.ts';
import type { AnalyticsSources } from '../../sources.ts';
import { computeInputsHash } from './stored-ranking.ts';
import type { Period } from '../../types.ts';

/** The weeks last read: nothing in them changes while they are made of the same inputs. */
const rememberedWeeks = new WeakMap<Observations, Map<string, Promise<RankingSummary[]>>>();
/** The running week and the last full one, of the current inputs and of those before. */
const remembered = 4;

/**
 * The summary of an ISO week's ranking: from the store when it is there of the current inputs, else computed; once for
 * the same inputs. In the order of the organisations' ids.
 */
export async function readWeekSummary(sources: AnalyticsSources, week: Period): Promise<RankingSummary[]> {
  const inputsHash = await computeInputsHash(sources);
  const known = rememberedWeeks.get(sources.observations) ?? new Map<string, Promise<RankingSummary[]>>();
  rememberedWeeks.set(sources.observations, known);
  const key = `${week.from} ${inputsHash}`;
  const found = known.get(key);
  if (found) return await found;
  const summaries = readWeek(sources, week, inputsHash);
  known.set(key, summaries);
  for (const oldest of [...known.keys()].slice(0, -remembered)) known.delete(oldest);
  try {
    return await summaries;
  } catch (error) {
    known.delete(key);
    throw error;
  }
}

async function readWeek(
  sources: AnalyticsSources,
  week: Period,
  inputsHash: string,
): Promise<RankingSummary[]> {
  const stored = await queryRankingSummaries(sources.observations, {
    unit: 'week',
    from: week.from,
    inputsHash,
  });
  if (stored) return stored;
  const { rows } = await computeRanking(sources, week);
  return rows.map(summarizeEntry).sort((one, other) => one.row.organisation.id - other.row.organisation.id);
}

const unknown = { frequency: null, regularity: null, reach: null, engagement: null, growth: null };

/** A computed row in the shape in which the engine takes it out of the store. */
function summarizeEntry({ row, previousTotals, previousPlace }: RankingEntry): RankingSummary {
  const { id, name, short, tier } = row.organisation;
  return {
    row: {
      organisation: { id, name, short, tier },
      league: row.league ?? { id: '', name: '' },
      place: row.place,
      placeTo: row.placeTo,
      placeOf: row.placeOf,
      movement: row.movement,
      index: row.index,
      components: row.components,
      status: row.status,
      statusReason: row.statusReason ?? '',
      daysSilent: row.daysSilent,
      posts: row.posts,
      subscribers: row.subscribers,
      growth: row.growth,
      growthPercent: row.growthPercent,
      weeks: row.weeks,
      pages: row.pages.map(({ lastPost }) => ({ lastPost })),
    },
    previousTotals: { all: { status: previousTotals?.all?.status ?? '' } },
    previousPlace: previousPlace ?? { place: null, placeTo: null, index: null, components: unknown },
  };
}
