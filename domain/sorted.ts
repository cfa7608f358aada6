/** The first index from which on all of an ascending list is past: its length when nothing is. */
function firstPast(sorted: ArrayLike<number>, isPast: (value: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isPast(sorted[middle] ?? Infinity)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** How many values of an ascending list are lower than one: the index of its first when it is in it. */
export function countBelow(sorted: ArrayLike<number>, value: number): number {
  return firstPast(sorted, (other) => other >= value);
}

/** How many values of an ascending list are not higher than one. */
export function countUpTo(sorted: ArrayLike<number>, value: number): number {
  return firstPast(sorted, (other) => other > value);
}

/** The known ones of some values, ascending. */
export function knownAscending(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values.filter((value) => value !== null)).sort();
}
