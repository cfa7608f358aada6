import type { Doubt } from '../../source.ts';
import { strangeDrops } from '../kit/dropped.ts';
import type { Placed, WallPage } from './map.ts';

/** How far a post may be dated ahead of our clock before its date is taken for wrong. */
const clockError = 86_400_000;

function isDatedAhead(published: Date, now: Date): boolean {
  return published.getTime() > now.getTime() + clockError;
}

/** Items of an answer that a sound one does not have, those dated after it included. */
export function strangeItems(page: WallPage, now: Date): number {
  const ahead = page.posts.filter(({ published }) => isDatedAhead(published, now)).length;
  return strangeDrops(page.dropped) + ahead;
}

/** Doubt of an answer at least half of which is strange; `null` when it is not. */
export function doubtOfItems(page: WallPage, now: Date): Doubt | null {
  const strange = strangeItems(page, now);
  if (strange === 0 || strange * 2 < page.returned + (page.dropped.surplus ?? 0)) return null;
  const ahead = page.posts.some(({ published }) => isDatedAhead(published, now));
  const reasons = [
    ...Object.keys(page.dropped).filter((reason) => strangeDrops({ [reason]: 1 }) > 0),
    ...(ahead ? ['future_date'] : []),
  ];
  const detail = `at least half of the items are no posts of this page: ${reasons.sort().join(', ')}`;
  return { kind: 'dropped', detail };
}

/**
 * The posts of an answer that stand in line, from new to old: the longest such line, so that a post with a wrong date
 * misleads nobody about where in the wall the answer is. Pinned posts, and such as are dated ahead, are not in it.
 */
export function lineOf(page: WallPage, now: Date): Placed[] {
  const posts = page.order.filter(({ published }) => !isDatedAhead(published, now));
  const dates = Float64Array.from(posts, ({ published }) => published.getTime());
  // Longest line that ends with each post, and the post before it there.
  const lengths = new Int32Array(posts.length);
  const before = new Int32Array(posts.length);
  let last = -1;
  for (let index = 0; index < posts.length; index += 1) {
    const published = dates[index] ?? 0;
    let [length, previous] = [1, -1];
    for (let earlier = 0; earlier < index; earlier += 1) {
      const reached = (lengths[earlier] ?? 0) + 1;
      if (reached > length && (dates[earlier] ?? 0) >= published) [length, previous] = [reached, earlier];
    }
    lengths[index] = length;
    before[index] = previous;
    if (last < 0 || length >= (lengths[last] ?? 0)) last = index;
  }
  const line: Placed[] = [];
  for (let at = last; at >= 0; at = before[at] ?? -1) {
    const post = posts[at];
    if (post) line.unshift(post);
  }
  return line;
}

/** Posts of an answer that stand out of line: their dates contradict the order of the wall. */
export function outOfLine(page: WallPage, now: Date): number {
  const dated = page.order.filter(({ published }) => !isDatedAhead(published, now));
  return dated.length - lineOf(page, now).length;
}

/** Silences between the posts of a line, from the newest on, in milliseconds. */
export function silencesOf(line: readonly Pick<Placed, 'published'>[]): number[] {
  return line.slice(1).map(({ published }, index) => {
    return (line[index]?.published.getTime() ?? 0) - published.getTime();
  });
}

/** A silence of half a year, ten times as long as any other that an answer tells of, may be one of wrong dates. */
const longestSilence = 180 * 86_400_000;
const farLonger = 10;

/** Whether the dates of a line leap once, for more posts than its last: those of a part of the answer may be wrong. */
export function hasLeap(line: readonly Placed[]): boolean {
  const [longest = 0, next] = silencesOf(line.slice(0, -1)).sort((one, other) => other - one);
  return next !== undefined && longest > longestSilence && longest > farLonger * next;
}
