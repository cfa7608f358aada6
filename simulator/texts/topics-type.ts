/** What a post says on a subject; `{slots}` are filled with names and numbers. */
export interface Subject {
  theme: string;
  leads: readonly string[];
  details: readonly string[];
}

/** One thing a post can be about. */
export interface Topic extends Subject {
  /** The first and the last month in which it is written about (1-12); all the year when it is not said. */
  months?: readonly [from: number, to: number];
  /** What is written of in its place in the other months. */
  otherwise?: Subject;
}
