import type { Day } from '../calendar.ts';
import type { PostCounters } from '../world/counters.ts';
import type { Post } from '../world/types.ts';

/** A post's counters as they are read. */
export interface SeenCounters {
  /** As they stand under the post; `null` is "not shown". */
  shown: PostCounters;
  /** Without those that belong to somebody else: a forwarded message of Telegram shows its source's views and forwards. */
  own: PostCounters;
  /** Whether the views are abbreviated, 85.9K. */
  rounded: boolean;
}

/** A post as it was known at the last look at its page. */
export interface KnownPost extends SeenCounters {
  post: Post;
  day: Day;
}
