/** Up to so many pages what is known of them over several periods is asked for, and kept in memory, at once. */
const fewPages = 5_000;
/** Rows of one answer about several periods. */
const rowsAtOnce = 20_000;

/** Of a register of so many pages, how many instants, days or spans one question is asked about. */
export function severalAtOnce(pages: number): number {
  return pages > fewPages ? 1 : Math.max(1, Math.floor(rowsAtOnce / Math.max(1, pages)));
}

/**
 * Asks a question about instants, days or spans of which some may be the same (have the same key): about each once, and
 * about `atOnce` of them together. Returns what tells the answer about one of them, and throws about any other.
 */
export async function askSeveral<Item, Answer>(
  items: readonly Item[],
  question: {
    keyOf: (item: Item) => string;
    atOnce: number;
    /** Answers about each, in their order. */
    ask: (some: readonly Item[]) => Promise<Answer[]>;
  },
): Promise<(item: Item) => Answer> {
  const { keyOf, atOnce, ask } = question;
  const distinct = [...new Map(items.map((item) => [keyOf(item), item] as const)).values()];
  const parts = Array.from({ length: Math.ceil(distinct.length / atOnce) }, (_, index) =>
    ask(distinct.slice(index * atOnce, (index + 1) * atOnce)),
  );
  const answers = (await Promise.all(parts)).flat();
  const places = new Map(distinct.map((item, index) => [keyOf(item), index] as const));
  return (item) => {
    const answer = answers[places.get(keyOf(item)) ?? -1];
    if (answer === undefined) throw new Error(`Nothing was asked about ${keyOf(item)}.`);
    return answer;
  };
}

/** The earliest of some instants; of none an invalid one, which no question takes. */
export function earliestOf(instants: readonly Date[]): Date {
  return new Date(instants.reduce((first, each) => Math.min(first, each.getTime()), Infinity));
}

/** The latest of some instants; of none an invalid one, which no question takes. */
export function latestOf(instants: readonly Date[]): Date {
  return new Date(instants.reduce((last, each) => Math.max(last, each.getTime()), -Infinity));
}
