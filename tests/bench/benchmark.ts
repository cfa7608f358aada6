/** What one benchmark measured. `figures` and `limits` share names; a figure over its limit fails the benchmark. */
export interface Measurement {
  /** How large the world was, in words: "45 pages, one run". */
  size: string;
  figures: Record<string, number>;
  limits: Record<string, number>;
}

/** What every benchmark file exports, under the name `benchmark`. */
export interface Benchmark {
  /** What is measured and against what, in one sentence. */
  question: string;
  /** `options`: what stands behind its name on the command line. */
  run(report: (progress: string) => void, options?: readonly string[]): Promise<Measurement>;
}

/** Whether no figure is over its limit, and none of the limits is without a figure. */
export function withinLimits({ figures, limits }: Measurement): boolean {
  return Object.entries(limits).every(([name, limit]) => (figures[name] ?? Infinity) <= limit);
}

/** The figures as a table for people, in Markdown. */
export function measurementTable({ figures, limits }: Measurement): string {
  const rows = Object.entries(figures).map(([name, value]) => {
    const limit = limits[name];
    const verdict = limit === undefined ? '' : value <= limit ? 'within' : '**over**';
    return `| ${name} | ${value} | ${limit ?? ''} | ${verdict} |`;
  });
  return ['| figure | measured | limit | |', '|---|---:|---:|---|', ...rows].join('\n');
}
