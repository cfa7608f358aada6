import type { IndexResult } from '#domain/activity-index.ts';
import type { League } from '#domain/league.ts';
import type { StatusContext } from '#domain/status.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { indexFactsOf } from './index-facts.ts';
import type { ComparableParts, PageStatusInputs, MeasuredPages } from './organisation-measures.ts';
import type { Measures } from '../types.ts';

/** What has been worked out about an organisation in one period. */
export interface RankedOrganisation {
  scope: MeasuredPages;
  context: StatusContext;
  statusInputs: PageStatusInputs;
  measures: Measures;
  networks: Partial<Record<MeasuredNetwork, Measures>>;
  league: League;
  leagueBySubscriptions: boolean;
  result: IndexResult;
  /** What engagement in the index is made of. */
  comparable: ComparableParts;
  facts: ReturnType<typeof indexFactsOf>;
}
