import { rankLeague } from '#domain/activity-index.ts';
import type { Weights } from '#domain/activity-index.ts';
import type { Comparable, ReactionPart } from '#domain/reaction-parts.ts';
import { leagueParts } from '#domain/reaction-parts.ts';
import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import { measuredNetworks } from '#domain/vocabulary.ts';
import type { RankedOrganisation } from './ranked-organisation.ts';
import type { PeriodFacts, SpanFacts } from './period-facts.ts';
import { withComparedEngagement } from './index-facts.ts';
import type { ComparableParts } from './organisation-measures.ts';
import { postPartsOf, withEngagement } from './organisation-measures.ts';

/** What is known of an organisation before its league is compared: its engagement is not. */
export type RankingCandidate = Omit<RankedOrganisation, 'result' | 'comparable'>;

/**
 * Ranks the organisations of one league. Engagement is made of the parts of reactions that everyone who takes part in the
 * ranks shows in the network: over the index window for the index, over the period for the measures.
 */
export function rankWithComparableReactions(
  league: readonly RankingCandidate[],
  { span, window }: PeriodFacts,
  weights: Weights,
): RankedOrganisation[] {
  const inPeriod = comparedPartsOf(league, span);
  const inWindow = comparedPartsOf(league, window);
  const comparable = league.map((one) => ({
    ...one,
    comparable: inWindow,
    measures: withEngagement(one.measures, one.scope, span, inPeriod),
    networks: Object.fromEntries(
      Object.entries(one.networks).map(([network, measures]) => {
        const scope = { ...one.scope, networks: [network as MeasuredNetwork] };
        return [network, withEngagement(measures, scope, span, inPeriod)];
      }),
    ),
    facts: withComparedEngagement(one.facts, one.scope, window, inWindow),
  }));
  const results = rankLeague(
    comparable.map(({ facts }) => facts),
    weights,
  );
  return comparable.flatMap((ranked, index) => {
    const result = results[index];
    return result ? [{ ...ranked, result }] : [];
  });
}

/** The parts that a league is compared over in each network, as its posts of a span show them. */
function comparedPartsOf(league: readonly RankingCandidate[], span: SpanFacts): ComparableParts {
  return Object.fromEntries(
    measuredNetworks.map((network): [MeasuredNetwork, ReactionPart[]] => {
      const members = league.map(({ scope, facts }): Comparable => {
        const inNetwork = { ...scope, networks: scope.networks.filter((each) => each === network) };
        const [part] = postPartsOf(inNetwork, span);
        return { stands: facts.stands && facts.counted.perWeek !== null, groups: part?.shown ?? [] };
      });
      return [network, leagueParts(members)];
    }),
  );
}
