/** One thing a post can be about; `{slots}` are filled with names and numbers. */
export interface Topic {
  theme: string;
  leads: readonly string[];
  details: readonly string[];
}
