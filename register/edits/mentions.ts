/** Whom and what the entry of an edit names by its id. */
export interface Mentions {
  organisations?: readonly number[];
  pages?: readonly number[];
  /** People whose names or contacts it changes, wherever they have a part. */
  people?: readonly number[];
}
