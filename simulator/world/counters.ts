import type { Post } from './types.ts';

/** Counters of a post at an instant; `null` is a counter the network does not show. */
export interface PostCounters {
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
}

const hour = 3_600_000;
/** Views come quickly, comments and shares later. */
const paces = { views: 18 * hour, likes: 16 * hour, comments: 26 * hour, reposts: 30 * hour };

function grown(final: number | null, age: number, pace: number): number | null {
  return final === null ? null : Math.round(final * (1 - Math.exp(-Math.max(0, age) / pace)));
}

/** The counters at an instant: they never fall, and come close to their final values within days. */
export function countersAt(post: Post, instant: number): PostCounters {
  const age = instant - post.published;
  return {
    views: grown(post.finalViews, age, paces.views),
    likes: grown(post.finalLikes, age, paces.likes),
    comments: grown(post.finalComments, age, paces.comments),
    reposts: grown(post.finalReposts, age, paces.reposts),
  };
}
