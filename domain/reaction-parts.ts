import { ratio } from './measures.ts';

/** What reactions are made of, in the order in which they are said. */
export const reactionParts = ['likes', 'comments', 'reposts'] as const;
export type ReactionPart = (typeof reactionParts)[number];

/**
 * Mature posts of an organisation in one network that show their views and the same parts of reactions, added up.
 * Counters that belong to somebody else (the views and reposts that a repost shows of its source) count as not shown.
 */
export interface ShownPosts extends Record<ReactionPart, number> {
  parts: readonly ReactionPart[];
  posts: number;
  views: number;
}

/**
 * The parts that an organisation shows: those known on at least half of its posts. A counter that is missing here and
 * there costs those posts; one that is hidden as a rule costs the part.
 */
export function shownParts(groups: readonly ShownPosts[]): ReactionPart[] {
  const all = groups.reduce((sum, { posts }) => sum + posts, 0);
  return reactionParts.filter((part) => {
    const showing = groups.reduce((sum, { parts, posts }) => (parts.includes(part) ? sum + posts : sum), 0);
    return showing > 0 && showing * 2 >= all;
  });
}

/**
 * The parts that everyone compared shows. Who shows none cannot be compared, and does not narrow the others' parts.
 * None at all when nobody is compared, or no part is shown by all.
 */
export function comparedParts(organisations: readonly (readonly ShownPosts[])[]): ReactionPart[] {
  const shown = organisations.map(shownParts).filter((parts) => parts.length > 0);
  return shown.length === 0
    ? []
    : reactionParts.filter((part) => shown.every((parts) => parts.includes(part)));
}

/** An organisation of a league: whether it takes part in the ranks, and its posts in the network. */
export interface Comparable {
  stands: boolean;
  groups: readonly ShownPosts[];
}

/**
 * The parts over which a league is compared in a network: those that all who take part in the ranks show. Where none of
 * these shows anything, those that all the others show.
 */
export function leagueParts(members: readonly Comparable[]): ReactionPart[] {
  const ranked = members.filter(({ stands, groups }) => stands && shownParts(groups).length > 0);
  return comparedParts((ranked.length > 0 ? ranked : members).map(({ groups }) => groups));
}

/**
 * ER by view, a fraction: the wanted parts of reactions / views, a ratio of sums over the posts that show their views
 * and all of these parts. `null` without such a post, and without a part.
 */
export function engagementOver(
  groups: readonly ShownPosts[],
  wanted: readonly ReactionPart[],
): number | null {
  const showing = groups.filter(({ parts }) => wanted.every((part) => parts.includes(part)));
  if (wanted.length === 0 || showing.length === 0) {
    return null;
  }
  const reactions = showing.flatMap((group) => wanted.map((part) => group[part]));
  return ratio(
    reactions.reduce((sum, count) => sum + count, 0),
    showing.reduce((sum, { views }) => sum + views, 0),
  );
}
