import type { ObservedPost } from '../../source.ts';
import { isFarBehind, runsAhead } from './dates.ts';
import type { Gap } from './holes.ts';
import { gapsIn, longGap } from './holes.ts';

/** What one page of messages shows, as far as it is compared with what others have shown. */
export interface PageSeen {
  /** Ids of all messages, those of no post too. */
  ids: readonly number[];
  posts: readonly Pick<ObservedPost, 'postId' | 'published'>[];
  /** It has fewer messages than its place has, for all that is known. */
  isShort: boolean;
  /** It may be the last one, which has as many messages as are left. */
  mayBeLast: boolean;
}

/** What is remembered of a channel's newest page while the process lives. */
export interface NewestSeen {
  /** The newest message. */
  id: number;
  /** Publications, in milliseconds, by id. */
  dates: ReadonlyMap<number, number>;
  /** Gaps that two answers have shown, or that are ordinary. */
  gaps: ReadonlySet<string>;
  /** How many messages a page had that stayed short when it was asked for again; `null` when it was not short. */
  short: number | null;
}

/** What a page is compared with. */
export interface Surroundings {
  /** Messages with smaller ids were asked for; `null`: the newest. */
  before: number | null;
  /** When about the messages above it were published; `null` when that is not known. */
  above: Date | null;
  /** Of the newest page: what it showed when it was last asked for. */
  last: NewestSeen | null;
  /** What is published earlier is not wanted; `null` when all is. */
  from: Date | null;
}

/** Why a page is asked for again: it passes messages over, or its dates are unlikely. */
export type Oddness = 'left_out' | 'dates';

const keyOf = ({ above, below }: { above: number; below: number }) => `${above} ${below}`;

/** What is kept of a newest page that is believed. Pure. */
export function newestSeen({ ids, posts, isShort }: PageSeen): NewestSeen {
  return {
    id: Math.max(0, ...ids),
    dates: new Map(posts.map(({ postId, published }) => [postId, published.getTime()])),
    gaps: new Set(gapsIn(ids, null).map(keyOf)),
    short: isShort ? ids.length : null,
  };
}

/** Whether the dates of a newest page are others than it had, or earlier than those of messages below. */
function isRedated({ posts }: PageSeen, last: NewestSeen): boolean {
  const before = last.dates.get(last.id);
  return posts.some(({ postId, published }) => {
    const known = last.dates.get(postId);
    if (known !== undefined) return known !== published.getTime();
    return before !== undefined && postId > last.id && published.getTime() < before;
  });
}

/** Whether all of a page is older than what is wanted, and nothing but its own dates says so. */
function endsByItself({ posts }: PageSeen, { above, last, from }: Surroundings): boolean {
  if (above !== null || from === null || posts.length === 0) return false;
  const isKnown = posts.some(({ postId }) => last?.dates.has(postId) === true);
  return !isKnown && posts.every(({ published }) => published < from);
}

/**
 * Whether a page passes messages over: it is short and has gaps, or one gap stands out. What was the same twice in a newest
 * page is believed; and what a full one passes over the next look shows, or asks for.
 */
function leavesOut({ ids, isShort, mayBeLast }: PageSeen, { before, last }: Surroundings): boolean {
  if (last !== null && Math.max(0, ...ids) < last.id) return true;
  if (mayBeLast) return false;
  if (isShort && before === null && (last?.short ?? Infinity) > ids.length) return true;
  const gaps = gapsIn(ids, before);
  const isNew = (gap: Gap) => last?.gaps.has(keyOf(gap)) !== true;
  if (isShort) return gaps.some(isNew);
  const long = before === null && last === null ? null : longGap(gaps);
  return long !== null && isNew(long);
}

/** What is odd about a page that shows messages; `null` when nothing is. Pure. */
export function oddnessOf(page: PageSeen, around: Surroundings): Oddness | null {
  const { above, last } = around;
  if (isFarBehind(page.posts, above) || runsAhead(page.posts, above)) return 'dates';
  if ((last !== null && isRedated(page, last)) || endsByItself(page, around)) return 'dates';
  return leavesOut(page, around) ? 'left_out' : null;
}
