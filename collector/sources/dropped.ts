/** Reasons for leaving an item out that say nothing against the answer. */
const ordinary: ReadonlySet<string> = new Set(['service', 'postponed', 'suggested', 'reply', 'twice']);

/** How many items of an answer are no posts of the page that was asked for, without an ordinary reason. */
export function strangeDrops(dropped: Readonly<Record<string, number>>): number {
  return Object.entries(dropped).reduce(
    (sum, [reason, count]) => (ordinary.has(reason) ? sum : sum + count),
    0,
  );
}
