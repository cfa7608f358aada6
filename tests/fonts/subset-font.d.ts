/** What is used of the package, which brings no types. */
declare module 'subset-font' {
  /** Cuts a font to the characters of a text and to a part of its axes. */
  export default function subsetFont(
    font: Buffer,
    characters: string,
    options: {
      targetFormat: 'woff2';
      variationAxes: Record<string, number | { min: number; max: number; default: number }>;
    },
  ): Promise<Buffer>;
}
