/** The first index from which on all of an ascending list is past: its length when nothing is. */
export function firstIndexPast<Item>(sorted: ArrayLike<Item>, isPast: (item: Item) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const item = sorted[middle];
    if (item === undefined || isPast(item)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** How many values of an ascending list are lower than one: the index of its first when it is in it. */
export function countBelow(sorted: ArrayLike<number>, value: number): number {
  return firstIndexPast(sorted, (other) => other >= value);
}

/** How many values of an ascending list are not higher than one. */
export function countUpTo(sorted: ArrayLike<number>, value: number): number {
  return firstIndexPast(sorted, (other) => other > value);
}

/**
 * The first index of a run of equal values, and the one behind its last, of which `index` is one. Most values are alone,
 * which a look at both neighbours tells.
 */
export function runAround(sorted: ArrayLike<number>, index: number): { first: number; end: number } {
  const value = sorted[index] ?? NaN;
  const first = sorted[index - 1] === value ? countBelow(sorted, value) : index;
  const end = sorted[index + 1] === value ? countUpTo(sorted, value) : index + 1;
  return { first, end };
}

/** A value of each item as a list of plain numbers, which takes no memory for each of them; `NaN` is unknown. */
export function valuesOf<Item>(
  items: readonly Item[],
  valueOf: (item: Item, index: number) => number | null,
): Float64Array {
  const values = new Float64Array(items.length);
  items.forEach((item, index) => {
    values[index] = valueOf(item, index) ?? NaN;
  });
  return values;
}
