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

/** How much is asked and written at once. */
export interface CountingBounds {
  /** Periods that a question is asked about; by the number of pages when not said. */
  periods?: number;
  /** Rows that are kept to be written together: those of a small federation's rankings all at once; 1,000 when not said. */
  rows?: number;
}

/**
 * To be called after each run, when the rollups are up to date (`refreshRollups`): computes and stores the rankings of
 * the current and the previous week, month, quarter and year. Says how many rankings and rows were stored. The `bounds`
 * are for tests of them.
 */
export async function storeRankings(
  sources: AnalyticsSources,
  bounds: CountingBounds = {},
): Promise<{ rankings: number; rows: number }> {
  const inputsHash = await computeInputsHash(sources);
  const shared = { ...sources, once: rememberAnswers(sources.observations) };
  const periods = storedPeriods(buildRules(sources).today);
  let [rankings, written] = [0, 0];
  let [rows, heads]: [RankingRow[], RankingRow[]] = [[], []];
  const write = async (): Promise<void> => {
    await insertRankings(sources.observations, rows);
    // After all their rows: a ranking without its head is none.
    await insertRankings(sources.observations, heads);
    [rows, heads] = [[], []];
  };
  for await (const ranking of computeRankings(shared, periods, bounds.periods)) {
    const unit = unitOf(ranking.period);
    if (unit === null) continue;
    for (const each of ranking.rows) rows.push(rankingRow(ranking, unit, inputsHash, each));
    heads.push(headRowOf(ranking, unit, inputsHash));
    rankings += 1;
    written += ranking.rows.length;
    if (rows.length >= (bounds.rows ?? 1_000)) await write();
  }
  await write();
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
