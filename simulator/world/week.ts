import type { Calendar } from '../calendar.ts';
import type { Page, Post } from './types.ts';

/** What the posts of a week are made from. */
export interface WeekRequest {
  seed: number;
  page: Page;
  week: number;
  calendar: Calendar;
  federation: Page | undefined;
  /** The page whose texts this one repeats. */
  main: Page | undefined;
  /** The organisation's pages that are written before this one. */
  siblings: readonly Page[];
  /** Posts of another page's week: of the federation's and of the main page's. */
  postsOfWeek: (page: Page, week: number) => readonly Post[];
}

/** A post before it has its id. */
export type Draft = Omit<Post, 'id'>;
