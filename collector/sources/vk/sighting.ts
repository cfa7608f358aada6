import { hasLeap, lineOf, outOfLine, silencesOf, strangeItems } from './line.ts';
import type { Placed, WallPage } from './map.ts';
import type { Anchor, Walk } from './walk.ts';
import { isAllCounted, isFull } from './walk.ts';

/** What an answer shows, seen from the walk's anchor. */
export interface Sighting {
  line: readonly Placed[];
  /** The anchor itself, when it is shown. */
  anchor: Placed | null;
  /** Its date is wrong: it is shown under another, or posts before it by their ids are newer; the right one if known. */
  misdated: { published: Date | null } | null;
  newer: boolean;
  older: readonly Placed[];
}

/** Sees an answer from an anchor; without one all that it shows is older. Pure. */
export function sight(page: WallPage, anchor: Anchor | null, now: Date): Sighting {
  const line = lineOf(page, now);
  if (!anchor) return { line, anchor: null, misdated: null, newer: false, older: line };
  const { id, published } = anchor;
  const shown = page.order.find((post) => post.id === id) ?? null;
  const isDated = shown?.published.getTime() === published.getTime();
  const met = isDated ? shown : null;
  const newer = line.filter((post) => post.published > published);
  const isBehind = !met && newer.filter((post) => post.id < id).length >= 2;
  return {
    line,
    anchor: met,
    misdated: (shown && !isDated) || isBehind ? { published: shown?.published ?? null } : null,
    newer: newer.length > 0,
    older: line.filter((post) => (met ? post.index > met.index : post.published <= published)),
  };
}

/** Whether an answer begins right behind the anchor, by what the step before has shown. */
function followsOn({ follows, offset }: Walk, { count }: WallPage): boolean {
  return follows !== null && follows.offset === offset && follows.count === count;
}

/** Whether an answer hangs together with the anchor: nothing lies between them. */
export function isMet(walk: Walk, page: WallPage, { anchor, newer }: Sighting): boolean {
  return !walk.anchor || anchor !== null || newer || followsOn(walk, page);
}

/** Whether the wanted instant was reached: by two posts at least, so that a wrong date of one ends nothing. */
export function reachesFrom(walk: Walk, page: WallPage, { line }: Sighting): boolean {
  const past = line.filter(({ published }) => published < walk.from).length;
  return past >= 2 || (past === 1 && !isFull(page) && isAllCounted(walk, page));
}

/** A silence of a month just where the wanted instant lies, far longer than any other, may be one of wrong dates. */
const longSilence = 30 * 86_400_000;
const muchLonger = 4;

/** Whether the wanted instant lies within a silence unlike any other of the answer, which alone tells of it. */
export function leapsPast(walk: Walk, { line }: Sighting): boolean {
  const index = line.findIndex(({ published }) => published < walk.from);
  const [before, after] = [line[index - 1] ?? walk.anchor, line[index]];
  if (!before || !after || before.published < walk.from) return false;
  const silence = before.published.getTime() - after.published.getTime();
  const others = [...silencesOf(line.slice(0, index)), ...silencesOf(line.slice(index))];
  return silence > longSilence && others.length > 0 && silence > muchLonger * Math.max(...others);
}

/**
 * Whether dates contradict what is known: the anchor has another one, several posts are out of line, or newer by
 * their ids than the anchor on which they follow, there is a leap in them, or the wanted instant is passed in a leap. One post may be misdated, or
 * planned, on any wall.
 */
function hasOddDates(walk: Walk, page: WallPage, sighting: Sighting, now: Date): boolean {
  const { line, anchor, misdated, older } = sighting;
  if (misdated) return true;
  if (outOfLine(page, now) >= 2 || hasLeap(line)) return true;
  if (anchor && older.filter(({ id }) => id > anchor.id).length >= 2) return true;
  return isMet(walk, page, sighting) && reachesFrom(walk, page, sighting) && leapsPast(walk, sighting);
}

/** Why an answer is asked for once more before anything follows from it; `null` when it is sound. */
export type Oddness = 'items' | 'dates' | 'posts';

/**
 * What is odd about an answer: items that are no posts, dates, or posts that it seems to leave out. These are a page that
 * is shorter than asked for and not the last, one without the anchor though it shows posts on both sides, and newest posts
 * that are all older than the anchor. VK counts posts that it does not show, so that short pages are ordinary on some
 * walls: the same twice is believed.
 */
export function oddnessOf(walk: Walk, page: WallPage, sighting: Sighting, now: Date): Oddness | null {
  if (strangeItems(page, now) > 0) return 'items';
  if (hasOddDates(walk, page, sighting, now)) return 'dates';
  const isShort = !isFull(page) && !isAllCounted(walk, page);
  // A short page with the place, and nothing behind it, is not asked again: what is right behind the place tells more.
  if (sighting.older.length === 0) return isShort && !sighting.anchor ? 'posts' : null;
  const isAround = walk.anchor !== null && !sighting.anchor && sighting.newer;
  if (!isMet(walk, page, sighting)) return walk.offset === 0 ? 'posts' : null;
  return isShort || isAround ? 'posts' : null;
}

/** The posts of an answer and their dates, as a text by which two are compared. */
export function printOf({ order }: WallPage): string {
  return order.map(({ id, published }) => `${id}:${published.getTime()}`).join();
}

/**
 * How many posts the step before has left out of a full page, by where its last one is now: later than it was, and by
 * more than VK counts new posts.
 */
export function leftOutBefore({ anchor, before, offset }: Walk, { count }: WallPage, at: Placed): number {
  if (!anchor || !before?.isFull || before.count === null || count === null) return 0;
  return offset + at.index - anchor.offset - Math.max(0, count - before.count);
}
