import { formulaVersion } from '#domain/activity-index.ts';
import { calendarPeriod, previousPeriod, unitOf, units } from '#domain/period.ts';
import type { RankingRow } from '#schema/observations/tables/rankings.ts';
import { insertRankings } from '#schema/observations/tables/rankings.ts';
import { rememberAnswers } from '../../queries/remember-answers.ts';
import type { Ranking, RankingEntry } from '../ranking.ts';
import { computeRankings } from '../ranking.ts';
import type { AnalyticsSources } from '../../sources.ts';
import { buildRules } from '../../status/inputs.ts';
import type { Head } from './stored-ranking.ts';
import { computeInputsHash, headId } from './stored-ranking.ts';
import type { Day, Period, Unit } from '../../types.ts';

/** The calendar periods whose rankings are kept ready: the current and the previous one of every unit. */
function storedPeriods(today: Day): Period[] {
  return units.flatMap((unit: Unit) => {
    const current = calendarPeriod(unit, today);
    return [current, previousPeriod(current, unit)];
  });
}

/**
 * To be called after each run, when the rollups are up to date (`refreshRollups`): computes and stores the rankings of
 * the current and the previous week, month, quarter and year. Says how many rankings and rows were stored.
 */
export async function storeRankings(sources: AnalyticsSources): Promise<{ rankings: number; rows: number }> {
  const inputsHash = await computeInputsHash(sources);
  const shared = { ...sources, once: rememberAnswers(sources.observations) };
  let [rankings, written] = [0, 0];
  for (const period of storedPeriods(buildRules(sources).today)) {
    const [ranking] = await computeRankings(shared, [period]);
    const unit = unitOf(period);
    if (!ranking || unit === null) continue;
    const rows = ranking.rows.map((each) => rankingRow(ranking, unit, inputsHash, each));
    await insertRankings(sources.observations, rows);
    await insertRankings(sources.observations, [headRowOf(ranking, unit, inputsHash)]);
    rankings += 1;
    written += rows.length;
  }
  return { rankings, rows: written };
}

function rankingRow(ranking: Ranking, unit: Unit, inputsHash: string, each: RankingEntry): RankingRow {
  return {
    ...commonOf(ranking, unit, inputsHash),
    organisationId: each.row.organisation.id,
    league: each.row.league?.id ?? '',
    place: each.row.place,
    index: each.row.index,
    row: JSON.stringify(each),
  };
}

function headRowOf(ranking: Ranking, unit: Unit, inputsHash: string): RankingRow {
  const { rows, computed, ...rest } = ranking;
  const head: Head = {
    ranking: { ...rest, computed: computed.toISOString() },
    order: rows.map(({ row }) => row.organisation.id),
  };
  return {
    ...commonOf(ranking, unit, inputsHash),
    organisationId: headId,
    league: '',
    place: null,
    index: null,
    row: JSON.stringify(head),
  };
}

function commonOf(ranking: Ranking, unit: Unit, inputsHash: string) {
  return {
    unit,
    periodFrom: ranking.period.from,
    periodTo: ranking.period.to,
    formulaVersion,
    inputsHash,
    computed: ranking.computed,
  };
}
