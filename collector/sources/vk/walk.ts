import type { ReachProof } from '../../../domain/vocabulary.ts';
import type { Doubt, HistoryPlace } from '../../source.ts';
import { doubtOfItems, lineOf, strangeItems } from './line.ts';
import type { Placed, WallPage } from './map.ts';

/** Posts in one call of `wall.get`. */
export const postsPerCall = 100;
/** Steps overlap by so many posts, since deletions shift the offsets; runs by more. */
const overlapOfSteps = 5;
const overlapOfRuns = 20;
/** So many steps in a row may find nothing older, while the place is looked for. */
const mostFruitless = 30;

/** The post that the next step has to meet, so that nothing is passed over. */
interface Anchor {
  id: number;
  published: Date;
  offset: number;
}

/** One wall on its way into the past. Offsets only guide it: what is read hangs together by its posts. */
export interface Walk {
  /** Posts published from this instant on are wanted. */
  readonly from: Date;
  /** Behind which post older ones are wanted, as it was given or as far as this walk has come. */
  readonly place: HistoryPlace | null;
  /** The detail of a doubt that was there for hours: it is passed over. */
  readonly accepts: string | null;
  readonly anchor: Anchor | null;
  /** Where the next step asks. */
  readonly offset: number;
  /** How far the next step back goes, when the posts asked for are older than the anchor. */
  readonly back: number;
  /** The smallest offset behind which everything is known to be older than the anchor. */
  readonly older: number | null;
  /** Offsets below which there is nothing older than the anchor, while VK counts so many posts. */
  readonly covered: { until: number; count: number } | null;
  /** Ids of the step before. */
  readonly seen: ReadonlySet<number>;
  /** The same was asked for a second time, since the first answer was strange. */
  readonly isAgain: boolean;
  readonly fruitless: number;
}

/** What a step has come to: the walk after it, and whether it ended there. */
export interface Step {
  walk: Walk;
  /** Publication of the oldest post that is now read without a gap; `null` when the step found none. */
  oldest: Date | null;
  reached: ReachProof | null;
  doubt: Doubt | null;
}

function anchorOf(place: HistoryPlace | null): Anchor | null {
  if (!place?.published) return null;
  return { id: place.id, published: place.published, offset: place.offset ?? 0 };
}

/**
 * Begins a walk behind `place`, or with the newest posts. `looked` is a place that a look has read to; a walk from the
 * newest on has to meet it.
 */
export function startWalk(
  from: Date,
  place: HistoryPlace | null,
  looked: HistoryPlace | null = null,
  accepts: string | null = null,
): Walk {
  const anchor = anchorOf(place);
  return {
    from,
    place,
    accepts,
    anchor: anchor ?? anchorOf(looked),
    offset: anchor ? Math.max(0, anchor.offset - overlapOfRuns) : 0,
    ...searching,
    fruitless: 0,
  };
}

/** Begins a walk behind a place that an answer has shown just now. */
export function continueWalk(from: Date, place: HistoryPlace): Walk {
  return { ...startWalk(from, place), offset: Math.max(0, (place.offset ?? 0) + 1 - overlapOfSteps) };
}

const searching = {
  back: postsPerCall / 2,
  older: null,
  covered: null,
  seen: new Set<number>(),
  isAgain: false,
} as const;

/** Where an answer is, seen from the anchor. */
interface Found {
  line: readonly Placed[];
  /** The anchor itself, when it is shown. */
  anchor: Placed | null;
  newer: boolean;
  older: readonly Placed[];
}

function find(page: WallPage, anchor: Anchor | null, now: Date): Found {
  const line = lineOf(page, now);
  if (!anchor) return { line, anchor: null, newer: false, older: line };
  const { id, published } = anchor;
  const shown = page.order.find((post) => post.id === id && post.published.getTime() === published.getTime());
  return {
    line,
    anchor: shown ?? null,
    newer: line.some((post) => post.published > published),
    older: line.filter((post) => (shown ? post.index > shown.index : post.published <= published)),
  };
}

/** A step that contradicts itself, or the walk; when that was so for hours, the wall is believed to end here. */
function stop(walk: Walk, kind: Doubt['kind'], detail: string): Step {
  const isAccepted = detail === walk.accepts;
  return {
    walk,
    oldest: null,
    reached: isAccepted ? 'weak' : null,
    doubt: isAccepted ? null : { kind, detail },
  };
}

/** A step that found nothing older goes on, as long as it leads anywhere. */
function goOn(walk: Walk, changes: Partial<Walk>): Step {
  if (walk.fruitless >= mostFruitless)
    return stop(walk, 'wrong_place', `${behind(walk)} are not found again`);
  const next = { ...walk, isAgain: false, ...changes, fruitless: walk.fruitless + 1 };
  return { walk: next, oldest: null, reached: null, doubt: null };
}

function behind({ anchor }: Walk): string {
  return anchor ? `the posts behind post ${anchor.id}` : 'the posts';
}

function goBack(walk: Walk): Step {
  const { offset, back } = walk;
  return goOn(walk, {
    offset: Math.max(0, offset - back),
    back: back * 2,
    older: offset,
    covered: null,
    seen: new Set(),
  });
}

function isEnd(walk: Walk, { returned, count }: WallPage): boolean {
  return count !== null && count > 0 && returned < postsPerCall && walk.offset + returned >= count;
}

/** An answer without a single item. */
function takeEmpty(walk: Walk, { count }: WallPage): Step {
  if (count === null) return stop(walk, 'no_posts', `${behind(walk)} are not shown, nor how many there are`);
  if (count > walk.offset) {
    return stop(walk, 'no_posts', `${behind(walk)} are not shown, though the wall is said to have more`);
  }
  if (count === 0) return stop(walk, 'no_posts', 'the wall is said to hold no posts');
  return goBack(walk);
}

/** Whether the wanted instant was reached: by two posts at least, so that a wrong date of one ends nothing. */
function reachesFrom(walk: Walk, { line, anchor }: Found, isAtEnd: boolean): boolean {
  const past = line.filter(({ published }) => published < walk.from).length;
  return past >= 2 || (past === 1 && isAtEnd) || (anchor !== null && anchor.published < walk.from);
}

function proofOf(walk: Walk, page: WallPage, found: Found): ReachProof | null {
  const isAtEnd = isEnd(walk, page);
  if (reachesFrom(walk, found, isAtEnd) || found.line.at(-1)?.id === 1) return 'proven';
  return isAtEnd ? 'weak' : null;
}

/** Older posts follow on the anchor: the place moves to the last of them. */
function advance(walk: Walk, page: WallPage, found: Found, last: Placed): Step {
  const { id, published, index } = last;
  const anchor = { id, published, offset: walk.offset + index };
  const next: Walk = {
    ...walk,
    ...searching,
    place: anchor,
    anchor,
    offset: Math.max(0, anchor.offset + 1 - overlapOfSteps),
    seen: new Set(found.line.map((post) => post.id)),
    fruitless: 0,
  };
  return { walk: next, oldest: published, reached: proofOf(walk, page, found), doubt: null };
}

/** VK may count posts that it does not show: a short page with the anchor covers all of its offsets. */
function coveredBy(walk: Walk, { returned, count }: WallPage, { anchor }: Found): Walk['covered'] {
  if (!anchor || count === null || returned >= postsPerCall) return null;
  return { until: walk.offset + postsPerCall, count };
}

/** Nothing older was shown: the end, or the anchor has moved to a later offset. */
function lookFurther(walk: Walk, page: WallPage, found: Found): Step {
  const { anchor } = walk;
  const { line } = found;
  const here = found.anchor && anchor ? { ...anchor, offset: walk.offset + found.anchor.index } : anchor;
  const known: Walk = { ...walk, anchor: here, place: found.anchor ? here : walk.place };
  const reached = proofOf(walk, page, found);
  if (reached) {
    // The last post of a wall may go; many at once need better evidence than their absence.
    if (anchor && !found.anchor && page.count !== null && page.count + overlapOfSteps <= anchor.offset) {
      return stop(walk, 'no_posts', `post ${anchor.id} and all before it are not shown any more`);
    }
    return { walk: known, oldest: line.at(-1)?.published ?? null, reached, doubt: null };
  }
  // A full page, or one more after the posts before the end, that shows nothing else is that of another offset.
  const isSame = line.length > 0 && line.every(({ id }) => walk.seen.has(id));
  if (isSame && (page.returned >= postsPerCall || walk.covered)) {
    return stop(walk, 'wrong_place', `${behind(walk)} are not shown: the same come again`);
  }
  const { older } = walk;
  if (!found.anchor && older !== null && older - walk.offset > 2 * (postsPerCall - overlapOfSteps)) {
    return goOn(known, { offset: Math.floor((walk.offset + older) / 2), covered: null, seen: new Set() });
  }
  const offset = walk.offset + postsPerCall - overlapOfSteps;
  if (page.count !== null && offset >= page.count) {
    return stop(walk, 'no_posts', `${behind(walk)} are not shown, though the wall is said to have more`);
  }
  return goOn(known, {
    offset,
    covered: coveredBy(walk, page, found),
    seen: new Set(line.map(({ id }) => id)),
  });
}

/**
 * Takes the answer to a step. Pure. The answer has to *meet* the walk's anchor: it shows that post, or posts on both sides
 * of its publication; else the walk goes back or further until one does. An end is a short answer that VK's count agrees
 * with; what contradicts itself, or the anchor, is a doubt, and leaves the place as it was.
 */
export function takeStep(walk: Walk, page: WallPage, observed: Date): Step {
  const doubt = doubtOfItems(page, observed);
  if (doubt && doubt.detail !== walk.accepts) return stop(walk, doubt.kind, doubt.detail);
  if (page.returned === 0) return takeEmpty(walk, page);
  // What is strange once may be sound the second time.
  if (!doubt && strangeItems(page, observed) > 0 && !walk.isAgain) return goOn(walk, { isAgain: true });
  const found = find(page, walk.anchor, observed);
  const last = found.older.at(-1);
  if (!last) return lookFurther(walk, page, found);
  const { anchor, covered } = walk;
  const follows = covered !== null && walk.offset <= covered.until && page.count === covered.count;
  if (!anchor || found.anchor || found.newer || follows) return advance(walk, page, found, last);
  if (walk.offset > 0) return goBack(walk);
  return walk.isAgain ? advance(walk, page, found, last) : goOn(walk, { isAgain: true });
}
