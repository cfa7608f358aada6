import type { Status, Tier } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { OrganisationRef } from '../../refs.ts';
import type { Components, Day, PageSummary, Unit } from '../../types.ts';

/** What is read of a stored row, in the shape of the row itself. Numbers of an absent part are `null`, words `''`. */
export interface RankingSummary {
  row: {
    organisation: OrganisationRef & { tier: Tier };
    league: { id: string; name: string };
    place: number | null;
    placeTo: number | null;
    placeOf: number | null;
    movement: number | null;
    index: number | null;
    components: Components;
    status: Status;
    statusReason: string;
    daysSilent: number | null;
    posts: number | null;
    subscribers: number | null;
    growth: number | null;
    growthPercent: number | null;
    weeks: (number | null)[];
    pages: Pick<PageSummary, 'lastPost'>[];
  };
  previousTotals: { all: { status: Status | '' } };
  previousPlace: {
    place: number | null;
    placeTo: number | null;
    index: number | null;
    components: Components;
  };
}

const components =
  'Tuple(frequency Nullable(Float64), regularity Nullable(Float64), reach Nullable(Float64), ' +
  'engagement Nullable(Float64), growth Nullable(Float64))';

/**
 * Of the stored rows of a calendar period's ranking made of the given inputs, only what a list of thousands of them
 * needs; taken out of their JSON by the engine, because reading them whole takes most of a second. `null` when no whole
 * ranking is stored.
 */
export async function queryRankingSummaries(
  observations: Observations,
  question: { unit: Unit; from: Day; inputsHash: string },
): Promise<RankingSummary[] | null> {
  const rows = await observations.rows<{ summary: RankingSummary; stored: number }>(
    `
    -- queryRankingSummaries
    WITH (
      SELECT JSONLength(max(row), 'order')
      FROM ${observations.tables.rankings} FINAL
      WHERE unit = {unit: String} AND period_from = {from: Date32} AND basis = {inputsHash: String} AND organisation_id = 0
    ) AS wanted
    SELECT toUInt32(wanted) AS stored,
           JSONExtract(row, 'Tuple(
             row Tuple(
               organisation Tuple(id UInt32, name String, short String, tier String),
               league Tuple(id String, name String),
               place Nullable(UInt32), placeTo Nullable(UInt32), placeOf Nullable(UInt32), movement Nullable(Int32),
               index Nullable(Float64), components ${components},
               status String, statusReason String, daysSilent Nullable(Int32),
               posts Nullable(UInt32), subscribers Nullable(UInt32), growth Nullable(Int32), growthPercent Nullable(Float64),
               weeks Array(Nullable(UInt32)), pages Array(Tuple(lastPost Nullable(String)))
             ),
             previousTotals Tuple(all Tuple(status String)),
             previousPlace Tuple(place Nullable(UInt32), placeTo Nullable(UInt32), index Nullable(Float64), components ${components})
           )') AS summary
    FROM ${observations.tables.rankings} FINAL
    WHERE unit = {unit: String} AND period_from = {from: Date32} AND basis = {inputsHash: String} AND organisation_id != 0
    ORDER BY organisation_id`,
    question,
  );
  return rows.length > 0 && rows[0]?.stored === rows.length ? rows.map(({ summary }) => summary) : null;
}
