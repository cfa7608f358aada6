import { countBelow, countUpTo, knownAscending } from '../sorted.ts';

/** What is placed: a value, and whether it is a known zero, which ranks behind all others. */
interface Placeable {
  value: number | null;
  zero: boolean;
}

export interface Place {
  /** First and last of the places shared by a tie; `null` for an unknown value. */
  place: number | null;
  placeTo: number | null;
}

/** The place of each by value, the highest first. Equal ones share their places. */
export function findPlaces(items: readonly Placeable[]): Place[] {
  const others = knownAscending(items.map(({ value, zero }) => (zero ? null : value)));
  const zeros = knownAscending(items.map(({ value, zero }) => (zero ? value : null)));
  return items.map(({ value, zero }) =>
    zero ? placeAmong(value, zeros, others.length) : placeAmong(value, others, 0),
  );
}

/** The places of a value among `sorted`, all of which stand behind the first `ahead`. */
function placeAmong(value: number | null, sorted: ArrayLike<number>, ahead: number): Place {
  if (value === null) return { place: null, placeTo: null };
  const behind = ahead + sorted.length;
  return { place: behind - countUpTo(sorted, value) + 1, placeTo: behind - countBelow(sorted, value) };
}
