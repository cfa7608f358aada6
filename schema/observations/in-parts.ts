/**
 * Things that one question is asked about, at most: with 27 characters each (an instant, a long id) they are still within
 * what a server takes as one parameter.
 */
export const askedAtOnce = 4_000;

/**
 * Asks about many things in parts, one after the other, and returns what is answered in their order; nothing is asked about
 * nothing. For answers that stand for one thing each: sums over all of them are asked for by a table instead.
 */
export async function inParts<Item, Row>(
  items: readonly Item[],
  ask: (part: Item[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < items.length; from += askedAtOnce) {
    for (const row of await ask(items.slice(from, from + askedAtOnce))) rows.push(row);
  }
  return rows;
}
