import { rankLeague } from '../../domain/activity-index.ts';
import type { Weights } from '../../domain/activity-index.ts';
import type { Comparable, ReactionPart } from '../../domain/reaction-parts.ts';
import { leagueParts } from '../../domain/reaction-parts.ts';
import type { MeasuredNetwork } from '../../domain/vocabulary.ts';
import { measuredNetworks } from '../../domain/vocabulary.ts';
import type { Standing } from './ranked-organisation.ts';
import type { PeriodFacts, SpanFacts } from './period-inputs.ts';
import { withComparedEngagement } from './index-inputs.ts';
import type { ComparedParts } from './organisation-measures.ts';
import { postPartsOf, withEngagement } from './organisation-measures.ts';

/** What is known of an organisation before its league is compared: its engagement is not. */
export type Unranked = Omit<Standing, 'result' | 'compared'>;

/**
 * Ranks the organisations of one league. Engagement is made of the parts of reactions that everyone who takes part in the
 * ranks shows in the network: over the index window for the index, over the period for the measures.
 */
export function rankCompared(
  league: readonly Unranked[],
  { span, window }: PeriodFacts,
  weights: Weights,
): Standing[] {
  const inPeriod = comparedPartsOf(league, span);
  const inWindow = comparedPartsOf(league, window);
  const compared = league.map((one) => ({
    ...one,
    compared: inWindow,
    measures: withEngagement(one.measures, one.asked, span, inPeriod),
    networks: Object.fromEntries(
      Object.entries(one.networks).map(([network, measures]) => {
        const asked = { ...one.asked, networks: [network as MeasuredNetwork] };
        return [network, withEngagement(measures, asked, span, inPeriod)];
      }),
    ),
    facts: withComparedEngagement(one.facts, one.asked, window, inWindow),
  }));
  const results = rankLeague(
    compared.map(({ facts }) => facts),
    weights,
  );
  return compared.flatMap((standing, index) => {
    const result = results[index];
    return result ? [{ ...standing, result }] : [];
  });
}

/** The parts that a league is compared over in each network, as its posts of a span show them. */
function comparedPartsOf(league: readonly Unranked[], span: SpanFacts): ComparedParts {
  return Object.fromEntries(
    measuredNetworks.map((network): [MeasuredNetwork, ReactionPart[]] => {
      const members = league.map(({ asked, facts }): Comparable => {
        const inNetwork = { ...asked, networks: asked.networks.filter((each) => each === network) };
        const [part] = postPartsOf(inNetwork, span);
        return { stands: facts.stands && facts.counted.perWeek !== null, groups: part?.shown ?? [] };
      });
      return [network, leagueParts(members)];
    }),
  );
}
