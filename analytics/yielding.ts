import { setImmediate as nextTurn } from 'node:timers/promises';

const itemsATurn = 100;

/** Maps a long list in turns, between which the process serves others: one process also answers the dashboard. */
export async function mapYielding<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index % itemsATurn === itemsATurn - 1) await nextTurn();
    results.push(...work(item));
  }
  return results;
}
