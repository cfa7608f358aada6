/**
 * What one benchmark measured. `figures`, `limits` and `least` share names; a figure over its limit, or under the least
 * that is wanted, fails the benchmark.
 */
export interface Measurement {
  /** How large the world was, in words: "45 pages, one run". */
  size: string;
  /** `null`: not measured, since what measures it is not there. */
  figures: Record<string, number | null>;
  limits: Record<string, number>;
  least?: Record<string, number>;
}

/** What every benchmark file exports, under the name `benchmark`. */
export interface Benchmark {
  /** What is measured and against what, in one sentence. */
  question: string;
  /** `options`: what stands behind its name on the command line. */
  run(report: (progress: string) => void, options?: readonly string[]): Promise<Measurement>;
}

/** Whether no figure is over its limit or under its least, and none of these is without a figure. */
export function withinLimits({ figures, limits, least = {} }: Measurement): boolean {
  return (
    Object.entries(limits).every(([name, limit]) => (figures[name] ?? Infinity) <= limit) &&
    Object.entries(least).every(([name, wanted]) => (figures[name] ?? -Infinity) >= wanted)
  );
}

/** The figures as a table for people, in Markdown. */
export function measurementTable({ figures, limits, least = {} }: Measurement): string {
  const rows = Object.entries(figures).map(([name, value]) => {
    const [limit, wanted] = [limits[name], least[name]];
    if (value === null) return `| ${name} | null | ${limit ?? ''} | not measured |`;
    const said = limit ?? (wanted === undefined ? '' : `at least ${wanted}`);
    const verdict =
      limit !== undefined && value > limit
        ? '**over**'
        : wanted !== undefined && value < wanted
          ? '**under**'
          : said === ''
            ? ''
            : 'within';
    return `| ${name} | ${value} | ${said} | ${verdict} |`;
  });
  return ['| figure | measured | limit | |', '|---|---:|---:|---|', ...rows].join('\n');
}
