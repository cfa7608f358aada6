/** How a story is told: what may stand before its first word and after its last. */
export type Tone = 'news' | 'advice' | 'call' | 'feast' | 'memory';

/**
 * One course of events or one piece of advice. A post has its lead and some of its details in their order, so that every
 * detail goes with the lead, with each of the others, and without them. `{slots}` are filled with names and numbers.
 */
export interface Story {
  tone: Tone;
  lead: string;
  details: readonly string[];
}

/** What posts say on a subject: stories that are told apart from each other. */
export interface Subject {
  theme: string;
  stories: readonly Story[];
  /** What others write above a repost of any of the stories: of the subject only, each in words of its own, without slots. */
  remarks: readonly string[];
}

/** One thing a post can be about. */
export interface Topic extends Subject {
  /** The first and the last month in which it is written about (1-12); all the year when it is not said. */
  months?: readonly [from: number, to: number];
  /** What is written of in its place in the other months. */
  otherwise?: Subject;
}
