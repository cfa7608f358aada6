/** Reasons for leaving an item out that every page has now and then: the item is sound, but no publication of the page. */
const ordinary: ReadonlySet<string> = new Set(['service', 'postponed', 'suggested', 'reply', 'twice']);

/**
 * How many items were left out for reasons that a sound answer does not have: no id, no date, another wall's, ... Many of
 * them make the answer doubtful.
 */
export function strangeDrops(dropped: Readonly<Record<string, number>>): number {
  return Object.entries(dropped).reduce(
    (sum, [reason, count]) => (ordinary.has(reason) ? sum : sum + count),
    0,
  );
}

/** Those reasons without their counts, in a fixed order: the same text while their number changes. */
export function strangeReasons(dropped: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(dropped).filter(([reason, count]) => count > 0 && !ordinary.has(reason));
  return reasons
    .map(([reason]) => reason)
    .sort()
    .join(', ');
}
