import { ascendingOrder, forEachRun } from '../ranked-order.ts';

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
  const others = values.map((value, index) => (isZero(index) ? NaN : value));
  const zeros = values.map((value, index) => (isZero(index) ? value : NaN));
  const [place, placeTo] = [new Int32Array(values.length), new Int32Array(values.length)];
  let ahead = 0;
  for (const those of [others, zeros]) {
    const order = ascendingOrder(those);
    const last = ahead + order.length;
    forEachRun(order, those, (from, end) => {
      for (let at = from; at < end; at += 1) {
        const index = order[at] ?? 0;
        place[index] = last - end + 1;
        placeTo[index] = last - from;
      }
    });
    ahead = last;
  }
  return { place, placeTo };
}
