import { day, instant, nullable, real, text, unsigned32, unsigned8, word } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

export type RankingUnit = 'week' | 'month' | 'quarter' | 'year';

/** One organisation in the ranking of a calendar period; its key is (unit, periodFrom, organisationId). */
export interface RankingRow {
  unit: RankingUnit;
  /** First and last local day. */
  periodFrom: string;
  periodTo: string;
  formulaVersion: number;
  /** A hash of all the ranking was made of; one of other inputs is out of date. */
  inputsHash: string;
  computed: Date;
  organisationId: number;
  league: string;
  /** `null` outside the places. */
  place: number | null;
  index: number | null;
  /** The whole row as JSON. */
  row: string;
}

export const rankings: TableWrite<RankingRow> = {
  table: 'rankings',
  recorded: false,
  columns: [
    column('unit', 'unit', word<RankingUnit>()),
    column('period_from', 'periodFrom', day),
    column('period_to', 'periodTo', day),
    column('formula_version', 'formulaVersion', unsigned8),
    column('basis', 'inputsHash', text),
    column('computed', 'computed', instant),
    column('organisation_id', 'organisationId', unsigned32),
    column('league', 'league', text),
    column('place', 'place', nullable(unsigned32)),
    column('index', 'index', nullable(real)),
    column('row', 'row', text),
  ],
};

/** Writes rows of computed rankings, replacing those of the same period. Rejects with `ValueRefused`. */
export async function insertRankings(observations: Observations, rows: readonly RankingRow[]): Promise<void> {
  await observations.insert(rankings, rows);
}
