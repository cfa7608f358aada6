import type {
  Components,
  Explanation,
  GapStep,
  LeaderboardRow,
  Measures,
  PercentilePart,
  RowFlag,
} from '#analytics/types.ts';
import { measuredFacts } from '#domain/networks.ts';
import { reactionParts } from '#domain/reaction-parts.ts';
import type { Tier } from '#domain/vocabulary.ts';
import type { Formatter } from './format.ts';
import { m } from './paraglide/messages.js';
import { networkLabel } from './vocabulary-labels.ts';

type Component = keyof Components;

/** What of a ranking row is put into words. */
export interface ExplainedRow extends Pick<LeaderboardRow, 'place' | 'components' | 'explanation'> {
  tier: Tier;
  measures: Pick<Measures, 'subscribers'>;
}

/** A component of the index in words: its value, and what it was made of. */
export interface ExplainedComponent {
  key: Component;
  name: string;
  weight: number;
  value: number | null;
  lines: string[];
}

/** The name of a component of the index. */
export function componentName(component: Component): string {
  return {
    frequency: m.why_frequency,
    regularity: m.why_regularity,
    reach: m.why_reach,
    engagement: m.why_engagement,
    growth: m.why_growth,
  }[component]();
}

/** `0.22` as «22 %», but a share under a tenth with a digit more: «5,2 %». */
const share = (value: number, format: Formatter): string => format.percent(value, value < 0.1 ? 1 : 0);

function partTexts(parts: readonly PercentilePart[], say: (value: number) => string): string[] {
  return parts.flatMap((part) => {
    const value = say(part.value);
    const standing =
      part.others > 0 ? m.why_above({ below: part.below, others: part.others }) : m.why_alone();
    // Of several networks each has one line, which its name tells from the others.
    return parts.length > 1 ? `${networkLabel(part.network)}: ${value}, ${standing}` : [value, standing];
  });
}

/** Which reactions engagement is made of, where the network does not show all of them for everyone compared. */
function comparedTexts({ engagement, comparedParts }: Explanation, format: Formatter): string[] {
  const list = new Intl.ListFormat(format.locale, { type: 'conjunction' });
  return engagement.flatMap(({ network }) => {
    const compared = comparedParts[network] ?? [];
    if (compared.length === reactionParts.length) return [];
    const { likes, reposts } = measuredFacts(network);
    const names = {
      likes: { likes: m.part_likes, reactions: m.part_reactions }[likes],
      comments: m.part_comments,
      reposts: { reposts: m.part_reposts, forwards: m.part_forwards }[reposts],
    };
    const parts = list.format(compared.map((part) => names[part]()));
    return engagement.length > 1
      ? m.why_parts_in({ network: networkLabel(network), parts })
      : m.why_parts({ parts });
  });
}

/** An amount in words, and the number that the words beside it agree with. */
function counted(value: number, format: Formatter): { count: number; value: string } {
  return { count: Math.round(value * 10) / 10, value: format.amount(value) };
}

/** The five components of an opened line, each with its raw values and its standing among the others. */
export function explainComponents(opened: ExplainedRow, format: Formatter): ExplainedComponent[] {
  const { explanation, components } = opened;
  if (!explanation) return [];
  const { frequency, regularity, window } = explanation;
  const weeks = Math.max(1, Math.round((Date.parse(window.to) - Date.parse(window.from)) / 604_800_000));
  // A card page is held to its norm over blocks of 28 days.
  const regularityText = opened.tier === 'card' ? m.why_blocks_text : m.why_regularity_text;
  const lines: Record<Component, string[]> = {
    frequency: frequency
      ? [
          m.why_frequency_text({
            ...counted(frequency.perWeek, format),
            norm: format.amount(frequency.norm, 2),
          }),
        ]
      : [],
    regularity: regularity ? [regularityText({ count: regularity.weeksAtNorm, of: regularity.weeks })] : [],
    reach: partTexts(explanation.reach, (value) => m.why_reach_text({ value: share(value, format) })),
    engagement: [
      ...partTexts(explanation.engagement, (value) =>
        m.why_engagement_text({ value: format.percent(value) }),
      ),
      ...comparedTexts(explanation, format),
    ],
    growth: partTexts(explanation.growth, (value) =>
      m.why_growth_text({ count: weeks, value: format.signedPercent(value) }),
    ),
  };
  const keys: Component[] = ['frequency', 'regularity', 'reach', 'engagement', 'growth'];
  return keys.map((key) => ({
    key,
    name: componentName(key),
    weight: explanation.weights[key],
    value: components[key],
    lines: lines[key],
  }));
}

/** A step in words; of an organisation in several networks each measure of one names its own. */
function stepText(step: GapStep, opened: ExplainedRow, format: Formatter): string {
  const said = stepAlone(step, opened, format);
  const { explanation } = opened;
  const isOfSeveral =
    new Set(
      [explanation?.reach, explanation?.engagement, explanation?.growth].flatMap((parts) =>
        (parts ?? []).map(({ network }) => network),
      ),
    ).size > 1;
  return step.network === null || !isOfSeveral
    ? said
    : m.step_in_network({ step: said, network: networkLabel(step.network) });
}

function stepAlone(step: GapStep, opened: ExplainedRow, format: Formatter): string {
  const weeks = opened.explanation?.regularity?.weeks ?? 0;
  const { subscribers } = opened.measures;
  switch (step.component) {
    case 'frequency':
      return m.step_frequency(counted(step.value, format));
    case 'regularity':
      return m.step_regularity({
        count: Math.round(step.value * weeks),
        of: format.whole(weeks),
      });
    case 'reach':
      return subscribers === null || opened.explanation?.reach.length !== 1
        ? m.step_reach({ value: format.percent(step.value) })
        : m.step_reach_views({ count: Math.ceil(step.value * subscribers) });
    case 'engagement':
      return m.step_engagement({ value: format.percent(step.value, 2) });
    case 'growth':
      return m.step_growth({ value: format.signedPercent(step.value, 2) });
  }
}

/** What is missing to the next better place, and which single changes would bring it. */
export function gapText(opened: ExplainedRow, format: Formatter): string {
  if (opened.place === 1) return m.why_first();
  const gap = opened.explanation?.gap;
  if (!gap) return '';
  const steps = gap.steps.map((step) => stepText(step, opened, format));
  const enough =
    steps.length === 0
      ? m.why_gap_none()
      : steps.length === 1
        ? m.why_gap_one({ steps: steps[0] ?? '' })
        : m.why_gap_many({ steps: steps.join('; ') });
  return `${m.why_gap({ place: gap.place, points: format.decimal(gap.points) })} ${enough}`;
}

/** The places by the other formulas, and how many of them give the same one. */
export function alternativesText(opened: ExplainedRow): string {
  const { place, explanation } = opened;
  const others = explanation?.alternatives ?? [];
  if (place === null || others.length === 0) return '';
  const names = {
    rank_sum: m.alternative_rank_sum,
    frequency: m.alternative_frequency,
    engagement: m.alternative_engagement,
  };
  const places = others.map((other) => names[other.formula]({ place: other.place })).join(', ');
  return `${m.why_alternatives({ places })} ${sameText(others.filter((other) => other.place === place).length, others.length)}`.trim();
}

/** How many of the other formulas give the same place; of a single one its place says it. */
function sameText(same: number, all: number): string {
  if (all === 1) return '';
  if (same === 0) return m.why_same_none();
  return same === all ? m.why_same_all() : m.why_same({ count: same, all });
}

/** What a mark on a line means. */
export function flagLabel(flag: RowFlag): string {
  return {
    few_posts: m.flag_few_posts,
    reactions_partial: m.flag_reactions_partial,
    component_unknown: m.flag_component_unknown,
    league_by_subscriptions: m.flag_league_by_subscriptions,
    still_gaining: m.flag_still_gaining,
    history_short: m.flag_history_short,
  }[flag]();
}
