import { countBelow, countUpTo, knownAscending } from '../sorted.ts';

/** First and last of the places shared by a tie, of each; 0 for an unknown value. */
export interface Places {
  place: Int32Array;
  placeTo: Int32Array;
}

/**
 * The place of each by value (`NaN` is unknown), the highest first. Equal ones share their places. Known zeros rank behind
 * all others.
 */
export function findPlaces(values: Float64Array, isZero: (index: number) => boolean): Places {
  const others = knownAscending(values.map((value, index) => (isZero(index) ? NaN : value)));
  const zeros = knownAscending(values.map((value, index) => (isZero(index) ? value : NaN)));
  const [place, placeTo] = [new Int32Array(values.length), new Int32Array(values.length)];
  values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const among = isZero(index) ? zeros : others;
    const behind = (isZero(index) ? others.length : 0) + among.length;
    place[index] = behind - countUpTo(among, value) + 1;
    placeTo[index] = behind - countBelow(among, value);
  });
  return { place, placeTo };
}
