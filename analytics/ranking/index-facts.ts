import type { IndexFacts } from '#domain/activity-index.ts';
import { countPosts } from '#domain/counted-posts.ts';
import { reachRate } from '#domain/measures.ts';
import { engagementOver } from '#domain/reaction-parts.ts';
import type { StatusContext } from '#domain/status.ts';
import { isCovered } from '../status/covered-days.ts';
import type { PeriodFacts } from './period-facts.ts';
import type { ComparableParts, MeasuredPages } from './organisation-measures.ts';
import { growthOver, postPartsOf, spanOf, subscriptionsIn } from './organisation-measures.ts';
import type { Rules } from '../status/inputs.ts';
import { postsIn } from '../status/inputs.ts';
import type { Measures } from '../types.ts';

/**
 * What the index of an organisation is made of: raw values over the index window, by network. Its engagement is filled in
 * by `withComparedEngagement`.
 */
export function indexFactsOf(
  scope: MeasuredPages,
  facts: PeriodFacts,
  context: StatusContext,
  rules: Rules,
  status: Measures['status'],
): IndexFacts {
  const { window } = facts;
  const isKnown =
    postPartsOf(scope, window).length > 0 || isCovered(scope.pages, window.period, facts.covered);
  const span = isKnown ? spanOf(scope.pages, window.period, context, rules) : null;
  const cells = scope.pages.flatMap((page) => facts.cells.get(page.id) ?? []);
  const tracked = { period: window.period, span, without: [...context.pauses, ...context.holidays] };
  const networks = scope.networks.map((network) => {
    const pages = scope.pages.filter((page) => page.network === network);
    const [part] = postPartsOf({ ...scope, networks: [network], pages }, window);
    const values = {
      reach: reachRate(part?.medianViews ?? null, subscriptionsIn(part, pages, window)),
      engagement: null,
      growth: growthOver(pages, window).share,
    };
    return [network, values] as const;
  });
  return {
    organisationId: scope.organisationId,
    stands: status !== 'unknown' && status !== 'none',
    posts: span ? postsIn(cells, span) : 0,
    counted: countPosts(cells, tracked, context.norm),
    networks: Object.fromEntries(networks),
  };
}

/** The facts with ER by view over the parts that are comparable in each network. */
export function withComparedEngagement(
  facts: IndexFacts,
  scope: MeasuredPages,
  window: PeriodFacts['window'],
  comparable: ComparableParts,
): IndexFacts {
  const networks = scope.networks.flatMap((network) => {
    const values = facts.networks[network];
    const [part] = postPartsOf({ ...scope, networks: [network] }, window);
    const engagement = engagementOver(part?.shown ?? [], comparable[network] ?? []);
    return values ? [[network, { ...values, engagement }] as const] : [];
  });
  return { ...facts, networks: Object.fromEntries(networks) };
}
