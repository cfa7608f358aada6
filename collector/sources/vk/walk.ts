import type { ReachProof } from '#domain/vocabulary.ts';
import type { Doubt, HistoryPlace } from '../../source.ts';
import type { WallPage } from './map.ts';

/** Posts in one call of `wall.get`. */
export const postsPerCall = 100;
/** Steps overlap by so many posts, since deletions shift the offsets; runs by more. */
export const overlapOfSteps = 5;
const overlapOfRuns = 20;
/** So many steps in a row may find nothing older, while the place is looked for. */
const mostFruitless = 30;

/** The post that the next step has to meet, so that nothing is passed over. */
export interface Anchor {
  id: number;
  published: Date;
  offset: number;
}

/** A step that found older posts: what it was asked with, so that it can be asked again. */
interface StepBefore {
  place: HistoryPlace | null;
  anchor: Anchor | null;
  offset: number;
  count: number | null;
  isFull: boolean;
}

/** Offsets between which the anchor's own place is sought. */
interface Seeks {
  shown: number;
  hidden: number;
}

/** The wanted instant, or the end, as a step came to it. */
export interface Reached {
  proof: ReachProof;
  /** How many posts VK counts down to there; `null` when it does not say. */
  counted: number | null;
}

/** One wall on its way into the past. Offsets only guide it: what is read hangs together by its posts. */
export interface Walk {
  /** Posts published from this instant on are wanted. */
  readonly from: Date;
  /** Behind which post older ones are wanted, as it was given or as far as this walk has come. */
  readonly place: HistoryPlace | null;
  /** The details of doubts that were there for hours: they are passed over. */
  readonly accepts: readonly string[];
  /** The last doubt that was passed over. */
  readonly passed: Doubt | null;
  readonly anchor: Anchor | null;
  /** Where the next step asks. */
  readonly offset: number;
  /** How far the next step back goes, when the posts asked for are older than the anchor. */
  readonly back: number;
  /** Offsets at which all that was shown is newer than the anchor, or older: it is looked for between them. */
  readonly newer: number | null;
  readonly older: number | null;
  /** VK hides posts just there: the anchor is shown at one offset, and not at another further on. */
  readonly seeks: Seeks | null;
  /** An answer at this offset begins right behind the anchor, as long as VK counts so many posts. */
  readonly follows: { offset: number; count: number | null } | null;
  /** Ids of the step before. */
  readonly seen: ReadonlySet<number>;
  /** The same was asked for once more, since the answer was odd: what that was, and how many there were. */
  readonly again: { print: string; times: number } | null;
  readonly fruitless: number;
  /** The step that led to the anchor. */
  readonly before: StepBefore | null;
  /** How many steps were read once more since the next one showed that they left posts out, and the last one's anchor. */
  readonly reread: { times: number; id: number | null };
  /** The step before came to the wanted instant: this one tells whether it left posts out. */
  readonly beyond: Reached | null;
  /** It has begun anew, since the date of the place was wrong. */
  readonly isRestarted: boolean;
  /** Answers to the same question never agreed: what was read may have gaps. */
  readonly isPatchy: boolean;
}

/** What a step has come to: the walk after it, and whether it ended there. */
export interface Step {
  walk: Walk;
  /** Publication of the oldest post that is now read without a gap; `null` when the step found none. */
  oldest: Date | null;
  reached: ReachProof | null;
  /** See `HistoryChunk`. */
  counted: number | null;
  doubt: Doubt | null;
  /** Dates of the answer are odd: its posts wait for the answer to the same question asked once more. */
  isHeldBack: boolean;
}

function anchorOf(place: HistoryPlace | null): Anchor | null {
  if (!place?.published) return null;
  return { id: place.id, published: place.published, offset: place.offset ?? 0 };
}

/** What a walk knows while it looks for its anchor: nothing, when it has a new one. */
export const searching = {
  back: postsPerCall / 2,
  newer: null,
  older: null,
  seeks: null,
  follows: null,
  seen: new Set<number>(),
  again: null,
  fruitless: 0,
} as const;

/**
 * Begins a walk behind `place`, or with the newest posts. `looked` is a place that a look has read to; a walk from the
 * newest on has to meet it.
 */
export function startWalk(
  from: Date,
  place: HistoryPlace | null,
  looked: HistoryPlace | null = null,
  accepts: readonly string[] = [],
): Walk {
  const anchor = anchorOf(place);
  return {
    from,
    place,
    accepts,
    passed: null,
    anchor: anchor ?? anchorOf(looked),
    offset: anchor ? Math.max(0, anchor.offset - overlapOfRuns) : 0,
    ...searching,
    before: null,
    reread: { times: 0, id: null },
    // A former run has come there: what it read last is not known any more.
    beyond: anchor && anchor.published < from ? { proof: 'proven', counted: null } : null,
    isRestarted: false,
    isPatchy: false,
  };
}

/** Begins a walk behind a place that an answer has shown just now. */
export function continueWalk(from: Date, place: HistoryPlace, accepts: readonly string[] = []): Walk {
  return {
    ...startWalk(from, place, null, accepts),
    offset: Math.max(0, (place.offset ?? 0) + 1 - overlapOfSteps),
  };
}

/** The posts that a walk looks for, in words. */
export function behind({ anchor }: Walk): string {
  return anchor ? `the posts behind post ${anchor.id}` : 'the posts';
}

/** A step that has come to nothing yet. */
export const nothing = {
  oldest: null,
  reached: null,
  counted: null,
  doubt: null,
  isHeldBack: false,
} as const;

/** A step that contradicts itself, or the walk; when that was so for hours, the wall is believed to end here. */
export function stop(walk: Walk, kind: Doubt['kind'], detail: string): Step {
  const isAccepted = walk.accepts.includes(detail);
  return {
    walk: isAccepted ? { ...walk, passed: { kind, detail } } : walk,
    oldest: null,
    reached: isAccepted ? 'weak' : null,
    counted: null,
    doubt: isAccepted ? null : { kind, detail },
    isHeldBack: false,
  };
}

/** A step that found nothing older goes on, as long as it leads anywhere. */
export function goOn(walk: Walk, changes: Partial<Walk>): Step {
  if (walk.fruitless >= mostFruitless)
    return stop(walk, 'wrong_place', `${behind(walk)} are not found again`);
  const next = { ...walk, again: null, follows: null, ...changes, fruitless: walk.fruitless + 1 };
  return { walk: next, ...nothing };
}

/** Goes on to where the anchor's own place is between two offsets: what begins right behind it is what follows. */
export function seek(walk: Walk, { count }: WallPage, { shown, hidden }: Seeks): Step {
  const seen = new Set<number>();
  if (hidden - shown <= 1) {
    return goOn(walk, { offset: hidden, follows: { offset: hidden, count }, seeks: null, seen });
  }
  return goOn(walk, { offset: Math.floor((shown + hidden) / 2), seeks: { shown, hidden }, seen });
}

/** All that was shown is older than the anchor, or nothing is there any more: posts before it have gone. */
export function goBack(walk: Walk): Step {
  const { offset, back, newer } = walk;
  const isBetween = newer !== null && newer < offset - 1;
  return goOn(walk, {
    offset: isBetween ? Math.floor((newer + offset) / 2) : Math.max(0, offset - back),
    back: back * 2,
    older: offset,
    seen: new Set(),
  });
}

/** Whether an answer has as many items as were asked for. */
export function isFull({ returned }: WallPage): boolean {
  return returned >= postsPerCall;
}

/** Whether VK's count says that nothing comes after an answer. */
export function isAllCounted({ offset }: Walk, { returned, count }: WallPage): boolean {
  return count !== null && offset + returned >= count;
}
