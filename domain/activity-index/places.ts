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

/** Gives places by value, the highest first, in the order of the input. Equal ones share their places. */
export function placesOf<Item extends Placeable>(items: readonly Item[]): (Item & Place)[] {
  const sorted = items.filter((item) => item.value !== null).sort(compare);
  const places = new Map<Item, Place>();
  for (let first = 0; first < sorted.length;) {
    const [best] = sorted.slice(first, first + 1);
    let end = first;
    while (end < sorted.length && isTied(sorted[end], best)) end += 1;
    for (const item of sorted.slice(first, end)) places.set(item, { place: first + 1, placeTo: end });
    first = end;
  }
  return items.map((item) => ({ ...item, ...(places.get(item) ?? { place: null, placeTo: null }) }));
}

function isTied(one: Placeable | undefined, other: Placeable | undefined): boolean {
  return one !== undefined && other !== undefined && compare(one, other) === 0;
}

/** Negative when the first one stands before the other. */
function compare(one: Placeable, other: Placeable): number {
  return Number(one.zero) - Number(other.zero) || (other.value ?? 0) - (one.value ?? 0);
}
