import type { ReachProof } from '#domain/vocabulary.ts';
import { doubtOfItems } from './line.ts';
import type { Placed, WallPage } from './map.ts';
import type { Oddness, Sighting } from './sighting.ts';
import { isMet, leapsPast, leftOutBefore, oddnessOf, printOf, reachesFrom, sight } from './sighting.ts';
import type { Reached, Step, Walk } from './walk.ts';
import {
  behind,
  goBack,
  goOn,
  isAllCounted,
  isFull,
  nothing,
  overlapOfSteps,
  postsPerCall,
  searching,
  seek,
  startWalk,
  stop,
} from './walk.ts';

/** How many answers to the same question there are at most, until two agree. */
const mostAnswers = 3;
/** How many steps of a walk are read once more, since the next one showed that they left posts out. */
const mostReread = 3;

/** An answer without a single item. */
function takeEmpty(walk: Walk, page: WallPage): Step {
  const { count } = page;
  if (count !== null && walk.seeks) return seek(walk, page, { ...walk.seeks, hidden: walk.offset });
  if (count === null) return stop(walk, 'no_posts', `${behind(walk)} are not shown, nor how many there are`);
  if (count > walk.offset) {
    const detail = `${behind(walk)} are not shown, though the wall is said to have more`;
    // So many posts in a row may be hidden: what was the same for hours is passed over, from the anchor on.
    const next = walk.offset + postsPerCall;
    const isBehind = walk.follows?.offset === walk.offset && walk.follows.count === count;
    if (walk.accepts.includes(detail) && isBehind && next < count) {
      const passed = { kind: 'no_posts', detail } as const;
      return goOn(walk, { offset: next, follows: { offset: next, count }, passed });
    }
    return stop(walk, 'no_posts', detail);
  }
  if (count === 0) return stop(walk, 'no_posts', 'the wall is said to hold no posts');
  return goBack(walk);
}

/**
 * How well it is known that nothing more is wanted. By dates it is proven unless there is a long silence just there; by
 * the first id unless VK counts more posts than were shown; by VK's count alone, or where answers never agreed, weakly.
 */
function proofOf(walk: Walk, page: WallPage, sighting: Sighting): ReachProof | null {
  const isAll = isAllCounted(walk, page);
  const isWeak = walk.isPatchy || walk.beyond?.proof === 'weak';
  const proof = (isProven: boolean) => (isProven && !isWeak ? 'proven' : 'weak');
  if (reachesFrom(walk, page, sighting)) {
    const [newest] = sighting.line;
    const isAlone = walk.anchor === null && newest !== undefined && newest.published < walk.from;
    return proof(!isAlone && !leapsPast(walk, sighting));
  }
  if (sighting.line.at(-1)?.id === 1) return proof(isAll || page.count === null || isFull(page));
  return isAll && page.count !== 0 && !isFull(page) ? 'weak' : null;
}

/** How many wanted posts VK counts down to where an answer ends the walk; `null` when it does not say, or hides some. */
function countedBy({ from, offset, passed, beyond }: Walk, { count }: WallPage, { line }: Sighting) {
  if (passed !== null || count === null) return null;
  if (beyond !== null && beyond.counted !== null) return beyond.counted;
  if (line.every(({ published }) => published >= from)) return count;
  const wanted = line.findLast(({ published }) => published >= from);
  return wanted ? offset + wanted.index + 1 : null;
}

/** The end of a walk as a step has it. */
function endAt(reached: Reached | null): Pick<Step, 'reached' | 'counted'> {
  return { reached: reached?.proof ?? null, counted: reached?.counted ?? null };
}

/** Whether an answer ends the walk, and how; `null` when there may be more. */
function reachedBy(walk: Walk, page: WallPage, sighting: Sighting): Reached | null {
  const proof = proofOf(walk, page, sighting);
  return proof && { proof, counted: countedBy(walk, page, sighting) };
}

/**
 * Older posts follow on the anchor: the place moves to the last of them. The wanted instant is reached when the step after
 * the one that came to it has shown that this one left nothing out.
 */
function advance(walk: Walk, page: WallPage, sighting: Sighting, last: Placed): Step {
  const { id, published, index } = last;
  const anchor = { id, published, offset: walk.offset + index };
  const at = sighting.anchor ? walk.offset + sighting.anchor.index : null;
  // Where the anchor was further on than the posts before it make, VK hides some, and a short page covers all offsets.
  const isHiding = !isFull(page) && walk.anchor !== null && at !== null && at > walk.anchor.offset;
  const overlap = Math.max(1, Math.min(overlapOfSteps, Math.floor(page.returned / 4)));
  const next: Walk = {
    ...walk,
    ...searching,
    place: anchor,
    anchor,
    offset: Math.max(0, anchor.offset + 1 - overlap, isHiding ? walk.offset + postsPerCall / 2 : 0),
    seen: new Set(sighting.line.map((post) => post.id)),
    before: {
      place: walk.place,
      anchor: walk.anchor,
      offset: walk.offset,
      count: page.count,
      isFull: isFull(page),
    },
    beyond: null,
  };
  const reached = reachedBy(walk, page, sighting);
  const mayHide = walk.beyond === null && isFull(page) && page.count !== null;
  if (reached && mayHide && reachesFrom(walk, page, sighting)) {
    const oldest = published < walk.from ? walk.from : published;
    return { walk: { ...next, beyond: reached }, ...nothing, oldest };
  }
  return { walk: next, ...nothing, ...endAt(reached), oldest: published };
}

/** Nothing older is shown, and the anchor is not: it is further on. */
function lookFurther(walk: Walk, page: WallPage): Step {
  const { older, offset: newer } = walk;
  const step = Math.max(1, page.returned - overlapOfSteps);
  let offset = newer + postsPerCall - overlapOfSteps;
  if (older !== null && older > newer) {
    offset = older - newer > 2 * step ? Math.floor((newer + older) / 2) : newer + step;
  }
  if (page.count !== null && offset >= page.count) {
    return stop(walk, 'no_posts', `${behind(walk)} are not shown, though the wall is said to have more`);
  }
  return goOn(walk, { offset, newer, seen: new Set() });
}

/** Nothing older than the anchor is shown: the end, or there is more further on. */
function takeNothingOlder(walk: Walk, page: WallPage, sighting: Sighting, isSame: boolean): Step {
  const { anchor } = walk;
  const { line } = sighting;
  const here = sighting.anchor && anchor ? { ...anchor, offset: walk.offset + sighting.anchor.index } : null;
  const known: Walk = here ? { ...walk, anchor: here, place: here } : walk;
  // A full page of newer posts alone shows that the anchor is further on than it was.
  const reached = anchor && !here && isFull(page) ? null : reachedBy(walk, page, sighting);
  if (reached) {
    // The last post of a wall may go; many at once need better evidence than their absence.
    if (anchor && !here && page.count !== null && page.count + overlapOfSteps <= anchor.offset) {
      return stop(walk, 'no_posts', `post ${anchor.id} and all before it are not shown any more`);
    }
    return { walk: known, ...nothing, ...endAt(reached), oldest: line.at(-1)?.published ?? null };
  }
  // A full page that shows nothing else is that of another offset.
  if (isSame) {
    return stop(walk, 'wrong_place', `${behind(walk)} are not shown: the same come again`);
  }
  if (!here) return lookFurther(known, page);
  const { count } = page;
  // Asked for what is right behind it, VK shows the anchor again: so it hides posts before it.
  if (walk.seeks) return seek(known, page, { ...walk.seeks, shown: walk.offset });
  if (walk.follows?.offset === walk.offset && !isFull(page)) {
    const hidden = Math.min(walk.offset + postsPerCall, count ?? Number.POSITIVE_INFINITY);
    return seek(known, page, { shown: walk.offset, hidden });
  }
  // A short page was cut off behind the anchor, or VK hides what comes next: what is right behind it tells.
  const offset = isFull(page) ? walk.offset + postsPerCall - overlapOfSteps : here.offset + 1;
  if (count !== null && offset >= count) {
    return stop(known, 'no_posts', `${behind(walk)} are not shown, though the wall is said to have more`);
  }
  return goOn(known, {
    offset,
    ...{ newer: null, older: null },
    follows: offset === here.offset + 1 ? { offset, count } : null,
    seen: new Set(line.map(({ id }) => id)),
  });
}

/** Asks the same once more. What has odd dates is not handed over before. */
function askAgain(walk: Walk, page: WallPage, oddness: Oddness): Step {
  const again = { print: printOf(page), times: (walk.again?.times ?? 0) + 1 };
  return { ...goOn(walk, { again, follows: walk.follows }), isHeldBack: oddness === 'dates' };
}

/** Whether an odd answer is to be believed: it is the second in a row, or the last of many. */
function isTold({ again }: Walk, page: WallPage): boolean {
  return again !== null && (again.print === printOf(page) || again.times >= mostAnswers - 1);
}

/** The date of the place is wrong, by two answers: what was read on the way to it is read again, from the newest on. */
function startAnew(walk: Walk): Step {
  const { from, accepts } = walk;
  const anew = { ...startWalk(from, null, null, accepts), isRestarted: true };
  return { walk: anew, ...nothing };
}

/** The step before has left posts out: it is read once more. */
function readBeforeAgain(walk: Walk): Step | null {
  const { before, reread, anchor } = walk;
  if (!before || !anchor || reread.times >= mostReread || reread.id === anchor.id) return null;
  const { place, anchor: earlier, offset } = before;
  const found = { place, anchor: earlier, offset, reread: { times: reread.times + 1, id: anchor.id } };
  const back: Walk = { ...walk, ...searching, ...found, before: null, beyond: null };
  return { walk: back, ...nothing };
}

/**
 * Takes the answer to a step. Pure. The answer has to *meet* the walk's anchor: it shows that post, or posts on both sides
 * of its publication, or begins right behind it; else the walk goes back or further until one does. An odd answer is asked
 * for again before the place moves, until two agree. The next step begins behind what was shown, not behind what was asked
 * for. An end is a short answer that VK's count agrees with; what contradicts itself, or the anchor, is a doubt, and leaves
 * the place as it was.
 *
 * A hole in a full page shows by the next one, where its last post stands further on than it did; VK's count explains that
 * only by new posts. So the walk takes one step beyond the wanted instant.
 */
export function takeStep(given: Walk, page: WallPage, observed: Date): Step {
  const doubt = doubtOfItems(page, observed);
  if (doubt && !given.accepts.includes(doubt.detail)) return stop(given, doubt.kind, doubt.detail);
  if (page.returned === 0) return takeEmpty(given, page);
  let walk = doubt ? { ...given, passed: doubt } : given;
  let sighting = sight(page, walk.anchor, observed);
  const oddness = oddnessOf(walk, page, sighting, observed);
  if (oddness && !doubt) {
    if (!isTold(walk, page)) return askAgain(walk, page, oddness);
    if (walk.again?.print !== printOf(page)) walk = { ...walk, isPatchy: true };
  }
  if (sighting.misdated && walk.anchor) {
    const { published } = sighting.misdated;
    if (walk.place && !walk.isRestarted) return startAnew(walk);
    if (walk.place && !published) return stop(walk, 'wrong_place', `${behind(walk)} are not found again`);
    walk = { ...walk, anchor: published ? { ...walk.anchor, published } : null };
    sighting = sight(page, walk.anchor, observed);
  }
  const isSame =
    isFull(page) && sighting.line.length > 0 && sighting.line.every(({ id }) => walk.seen.has(id));
  if (!isSame && sighting.anchor && leftOutBefore(walk, page, sighting.anchor) > 0) {
    const reread = readBeforeAgain(walk);
    if (reread) return reread;
  }
  const isBegin = walk.place === null && walk.offset === 0 && isFull(page);
  if (isBegin && !sighting.anchor && sighting.older.length === 0) {
    // What a look has read to is further back than so many newest posts reach: the walk begins with these.
    walk = { ...walk, anchor: null };
    sighting = sight(page, null, observed);
  }
  const last = sighting.older.at(-1);
  if (!last) return takeNothingOlder(walk, page, sighting, isSame);
  if (isMet(walk, page, sighting)) return advance(walk, page, sighting, last);
  if (walk.seeks) return seek(walk, page, { ...walk.seeks, hidden: walk.offset });
  return walk.offset > 0 ? goBack(walk) : advance(walk, page, sighting, last);
}
