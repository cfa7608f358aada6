import { formulaVersion } from '../../../domain/activity-index.ts';
import { calendarPeriod, previousPeriod, unitOf, units } from '../../../domain/period.ts';
import type { RankingRow } from '../../../schema/observations/tables/rankings.ts';
import { insertRankings } from '../../../schema/observations/tables/rankings.ts';
import { askedOnce } from '../../queries/query-once.ts';
import type { Board, BoardRow } from '../ranking.ts';
import { computeBoards } from '../ranking.ts';
import type { AnalyticsSources } from '../../sources.ts';
import { rulesOf } from '../../status/inputs.ts';
import type { Head } from './stored-ranking.ts';
import { basisOf, headId } from './stored-ranking.ts';
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
  const basis = await basisOf(sources);
  const shared = { ...sources, once: askedOnce(sources.observations) };
  let [rankings, written] = [0, 0];
  for (const period of storedPeriods(rulesOf(sources).today)) {
    const [board] = await computeBoards(shared, [period]);
    const unit = unitOf(period);
    if (!board || unit === null) continue;
    const rows = board.rows.map((each) => rankingRow(board, unit, basis, each));
    await insertRankings(sources.observations, rows);
    await insertRankings(sources.observations, [headRowOf(board, unit, basis)]);
    rankings += 1;
    written += rows.length;
  }
  return { rankings, rows: written };
}

function rankingRow(board: Board, unit: Unit, basis: string, each: BoardRow): RankingRow {
  return {
    ...commonOf(board, unit, basis),
    organisationId: each.row.organisation.id,
    league: each.row.league?.id ?? '',
    place: each.row.place,
    index: each.row.index,
    row: JSON.stringify(each),
  };
}

function headRowOf(board: Board, unit: Unit, basis: string): RankingRow {
  const { rows, computed, ...rest } = board;
  const head: Head = {
    board: { ...rest, computed: computed.toISOString() },
    order: rows.map(({ row }) => row.organisation.id),
  };
  return {
    ...commonOf(board, unit, basis),
    organisationId: headId,
    league: '',
    place: null,
    index: null,
    row: JSON.stringify(head),
  };
}

function commonOf(board: Board, unit: Unit, basis: string) {
  return {
    unit,
    periodFrom: board.period.from,
    periodTo: board.period.to,
    formulaVersion,
    basis,
    computed: board.computed,
  };
}
