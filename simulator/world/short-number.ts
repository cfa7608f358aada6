/** Suffixes of thousands, as `t.me` writes them. */
const units = [
  { from: 1_000_000, suffix: 'M' },
  { from: 1_000, suffix: 'K' },
] as const;

/** Three digits, the rest cut off and not rounded: 85,912 is 85.9 thousand, 1,474,933 is 1.47 million. */
function cut(count: number, unit: number): number {
  const whole = count / unit;
  const digits = whole >= 100 ? 1 : whole >= 10 ? 10 : 100;
  // A little is added against 1.15 * 100 being 114.99999.
  return Math.floor(whole * digits + 1e-9) / digits;
}

/** A count as `t.me` abbreviates it: `921`, `1.2K`, `85.9K`, `1.47M`. */
export function shortNumber(count: number): string {
  const unit = units.find(({ from }) => count >= from);
  return unit ? `${cut(count, unit.from)}${unit.suffix}` : String(count);
}

/** What a reader of the abbreviation knows: 85,900 for 85,912. */
export function shortValue(count: number): number {
  const unit = units.find(({ from }) => count >= from);
  return unit ? Math.round(cut(count, unit.from) * unit.from) : count;
}
