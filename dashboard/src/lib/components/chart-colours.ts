/** The colours of the moment, as the design tokens say. */
export interface ChartColours {
  ink: string;
  soft: string;
  rule: string;
  sheet: string;
  bar: string;
  series: string[];
}

/** Reads the design tokens from the document: light or dark, whichever is shown. */
export function chartColours(): ChartColours {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string): string => styles.getPropertyValue(`--${name}`).trim();
  return {
    ink: token('ink'),
    soft: token('soft'),
    rule: token('rule'),
    sheet: token('sheet'),
    bar: token('bar'),
    series: [1, 2, 3, 4, 5].map((number) => token(`series-${number}`)),
  };
}
