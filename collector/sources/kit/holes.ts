import type { ObservedPost } from '../../source.ts';

/** Ids that an answer passes over, as those of deleted messages are, and those of messages that it left out. */
export interface Gap {
  /** The message above it, or the id below which messages were asked for. */
  above: number;
  /** The message below it. */
  below: number;
  missing: number;
}

/** A gap of so many ids is ordinary in any channel: a few messages go at once. */
const ordinaryGap = 4;
/** How many times longer than every other gap of its page one is that stands out. */
const standsOut = 2;

/** What an answer passes over between its messages, and above the newest of them when ids below one were asked for. Pure. */
export function gapsIn(ids: readonly number[], before: number | null): Gap[] {
  const falling = [...new Set(ids)].sort((one, other) => other - one);
  const gaps: Gap[] = [];
  let above = before;
  for (const below of falling) {
    if (above !== null && above - below > 1) gaps.push({ above, below, missing: above - below - 1 });
    above = below;
  }
  return gaps;
}

/**
 * The gap that is far longer than all others of the page, as that of messages left out in a row is; `null` when none is.
 * Where many ids are missing again and again, that is how the channel is. Pure.
 */
export function longGap(gaps: readonly Gap[]): Gap | null {
  const [first, second] = [...gaps].sort((one, other) => other.missing - one.missing);
  if (first === undefined) return null;
  return first.missing > Math.max(ordinaryGap, standsOut * (second?.missing ?? 0)) ? first : null;
}

/** The messages a post is made of. */
function messagesOf({ postId, parts }: Pick<ObservedPost, 'postId' | 'parts'>): readonly number[] {
  return parts.length > 0 ? parts : [postId];
}

/**
 * The posts of two answers to the same question, down to the message that both came to. Of a post that both show the
 * later answer's is taken, unless that shows less of an album. Ascending. Pure.
 */
export function joinPosts(
  first: readonly ObservedPost[],
  second: readonly ObservedPost[],
  bottom: number,
): ObservedPost[] {
  const taken = new Map<number, ObservedPost>();
  for (const post of [...second, ...first]) {
    const messages = messagesOf(post);
    const other = messages.flatMap((id) => taken.get(id) ?? [])[0];
    if (messages.some((id) => id < bottom) || (other && other.parts.length >= post.parts.length)) continue;
    for (const id of messages) taken.set(id, post);
  }
  return [...new Set(taken.values())].sort((one, other) => one.postId - other.postId);
}

/** The ids of two answers, down to the message that both came to. Pure. */
export function joinIds(first: readonly number[], second: readonly number[], bottom: number): number[] {
  return [...new Set([...first, ...second])].filter((id) => id >= bottom);
}
