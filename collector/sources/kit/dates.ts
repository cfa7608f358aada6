import type { ObservedPost } from '../../source.ts';

/**
 * What the dates of messages prove. Ids rise with dates, so that a page whose dates fall far behind those of the messages
 * above it, or run ahead of them, is odd, and is asked for again.
 */

type Dated = Pick<ObservedPost, 'postId' | 'published'>;

const day = 86_400_000;
/** Channels are seldom silent for longer: what a page says to have been published before that is asked for again. */
const longSilence = 45 * day;

/** When about the oldest messages of a page were published: the middle one of three, as one date may be odd. Pure. */
export function oldestAbout(posts: readonly Dated[]): Date | null {
  const oldest = [...posts].sort((one, other) => one.postId - other.postId).slice(0, 3);
  const dates = oldest.map(({ published }) => published.getTime()).sort((one, other) => one - other);
  const middle = dates[Math.floor(dates.length / 2)];
  return middle === undefined ? null : new Date(middle);
}

/** Whether all of a page was published long before the messages above it. Pure. */
export function isFarBehind(posts: readonly Dated[], above: Date | null): boolean {
  if (above === null || posts.length === 0) return false;
  return posts.every(({ published }) => published.getTime() < above.getTime() - longSilence);
}

/** Whether all of a page was published later than the messages above it: the dates of one of the two are wrong. Pure. */
export function runsAhead(posts: readonly Dated[], above: Date | null): boolean {
  if (above === null || posts.length === 0) return false;
  return posts.every(({ published }) => published.getTime() > above.getTime() + day);
}

/** Messages among which one odd date is passed over. */
const enoughDates = 5;

/**
 * The place of the one date without which all go one way, -1 when they do so as they are; `null` when more than one, or
 * one of few, would have to go. Pure.
 */
export function outOfLine(
  times: readonly number[],
  isBefore: (one: number, other: number) => boolean,
): number | null {
  const fits = (dates: readonly number[]) =>
    dates.findIndex((date, index) => index > 0 && isBefore(date, dates[index - 1] ?? date));
  const first = fits(times);
  if (first === -1) return -1;
  if (times.length < enoughDates) return null;
  // Either of the two that disagree may be the odd one.
  const odd = [first, first - 1].find((place) => fits(times.toSpliced(place, 1)) === -1);
  return odd ?? null;
}

/**
 * The publication that a page in order reaches back to: of its oldest message, unless its date is out of line, or lies
 * long before that of the next one, and so may be wrong. `null` without dates. Pure.
 */
export function oldestInOrder(
  dates: readonly Date[],
  isBefore: (one: number, other: number) => boolean,
): Date | null {
  const times = dates.map((date) => date.getTime());
  const odd = outOfLine(times, isBefore) ?? -1;
  const rising = (odd === -1 ? times : times.toSpliced(odd, 1)).sort((one, other) => one - other);
  const [first, second] = rising;
  if (first === undefined) return null;
  const isAlone = rising.length > 2 && second !== undefined && first < second - longSilence;
  return new Date(isAlone ? second : first);
}

/**
 * What the dates of a page say: whether the wanted instant was reached, and how far back it goes. One message that is
 * older proves nothing, as its date may be wrong: the next page shows others. Pure.
 */
export function datedBy(
  {
    oldest,
    dates,
    inOrder,
  }: {
    oldest: Date | null;
    /** Publications from the newest message to the oldest. */
    dates: readonly Date[];
    inOrder: boolean;
  },
  from: Date,
): { isReached: boolean; oldest: Date | null } {
  const older = dates.filter((date) => date < from);
  if (older.length === 0) return { isReached: false, oldest };
  if (older.length > 1) return { isReached: inOrder || older.length === dates.length, oldest };
  const wanted = dates.filter((date) => date >= from).map((date) => date.getTime());
  return { isReached: false, oldest: wanted.length > 0 ? new Date(Math.min(...wanted)) : null };
}
