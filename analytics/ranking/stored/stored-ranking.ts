import { createHash } from 'node:crypto';
import { formulaVersion } from '#domain/activity-index.ts';
import { unitOf } from '#domain/period.ts';
import type { Ranking, RankingEntry } from '../ranking.ts';
import { queryLastRun } from '../../queries/last-run.ts';
import { queryRegisterVersion } from '../../queries/register-version.ts';
import { queryStoredRows } from './query-stored-rows.ts';
import type { AnalyticsSources } from '../../sources.ts';
import { buildRules } from '../../status/inputs.ts';
import type { Period } from '../../types.ts';

/** The row of organisation 0: what a ranking is beside its rows, and how many rows belong to it. */
export interface Head {
  ranking: Omit<Ranking, 'rows' | 'computed'> & { computed: string };
  /** Ids of the organisations, in the order of the ranking. */
  order: number[];
}

/** Counts up when a row of a ranking holds something else than before. */
const rowsVersion = 6;

/** Organisations have ids from 1 on. */
export const headId = 0;

/**
 * A hash of what a stored ranking was made of: the definitions, the last finished run, the register, the federation's rules and
 * the local day. When any of it changes, rankings stored before are not used any more.
 */
export async function computeInputsHash(sources: AnalyticsSources): Promise<string> {
  const [run, register] = await Promise.all([
    queryLastRun(sources.observations),
    queryRegisterVersion(sources.observations),
  ]);
  const { norms, holidays, historyFrom, zone, today } = buildRules(sources);
  const inputs = {
    formulaVersion,
    rowsVersion,
    run: run && { slot: run.slot, finished: run.finished },
    register,
    norms,
    holidays,
    weights: sources.weights ?? null,
    historyFrom,
    zone,
    today,
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32);
}

/** The stored ranking of a calendar period, whole and of the current inputs; `null` when there is none. */
export async function readStoredRanking(sources: AnalyticsSources, period: Period): Promise<Ranking | null> {
  const unit = unitOf(period);
  if (unit === null) return null;
  const inputsHash = await computeInputsHash(sources);
  const stored = await queryStoredRows(sources.observations, { unit, from: period.from, inputsHash });
  const rows = new Map(stored.map(({ organisationId, row }) => [organisationId, row] as const));
  const headRow = rows.get(headId);
  if (headRow === undefined) return null;
  const head = JSON.parse(headRow) as Head;
  const ordered = head.order.flatMap((id) => rows.get(id) ?? []);
  // Rows are written before their head, so a ranking that lacks some was cut short and overwritten.
  if (ordered.length !== head.order.length) return null;
  return {
    ...head.ranking,
    computed: new Date(head.ranking.computed),
    rows: ordered.map((row) => JSON.parse(row) as RankingEntry),
  };
}
