import type { Observations } from '#schema/observations/connect.ts';
import type { Day, Unit } from '../../types.ts';

/** A stored row of a ranking; the one of organisation 0 is the ranking's head. */
export interface StoredRankingRow {
  organisationId: number;
  row: string;
}

/** The stored rows of a calendar period's ranking that were made of the given inputs. */
export async function queryStoredRows(
  observations: Observations,
  question: { unit: Unit; from: Day; inputsHash: string },
): Promise<StoredRankingRow[]> {
  return observations.rows<StoredRankingRow>(
    `
    -- queryStoredRows
    SELECT organisation_id AS organisationId, row
    FROM ${observations.tables.rankings} FINAL
    WHERE unit = {unit: String} AND period_from = {from: Date32} AND basis = {inputsHash: String}`,
    question,
  );
}
