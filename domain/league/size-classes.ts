/** The fewest organisations a league may have before it is joined with a neighbour. */
const leastLeagueSize = 5;

interface SizeClass {
  /** Union members: from (inclusive) to (exclusive); `null` is unbounded. */
  from: number | null;
  to: number | null;
}

/** The classes before joining, in ascending order. */
export const sizeClasses: readonly SizeClass[] = [
  { from: null, to: 1000 },
  { from: 1000, to: 5000 },
  { from: 5000, to: 20_000 },
  { from: 20_000, to: null },
];

/**
 * The classes of organisations of one level and tier, the largest first. While one has fewer than 5 and is not alone,
 * the smallest (of equal ones the lower) is joined to its smaller neighbour (of equal ones the lower). None without
 * organisations.
 */
export function joinClasses<Organisation>(
  organisations: readonly Organisation[],
  sizeOf: (organisation: Organisation) => number,
): (SizeClass & { members: Organisation[] })[] {
  if (organisations.length === 0) {
    return [];
  }
  const classes = sizeClasses.map(({ from, to }) => ({
    from,
    to,
    members: organisations.filter((one) => sizeOf(one) >= (from ?? 0) && (to === null || sizeOf(one) < to)),
  }));
  for (;;) {
    const fewest = Math.min(...classes.map(({ members }) => members.length));
    if (classes.length === 1 || fewest >= leastLeagueSize) {
      return classes.reverse();
    }
    const smallest = classes.findIndex(({ members }) => members.length === fewest);
    const below = classes[smallest - 1]?.members.length ?? Infinity;
    const above = classes[smallest + 1]?.members.length ?? Infinity;
    const lower = below <= above ? smallest - 1 : smallest;
    const [one, other] = classes.slice(lower, lower + 2);
    if (one !== undefined && other !== undefined) {
      const joined = { from: one.from, to: other.to, members: [...one.members, ...other.members] };
      classes.splice(lower, 2, joined);
    }
  }
}
