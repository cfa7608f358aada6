import { uniquePosts } from '#domain/text/near-identity.ts';
import type { OracleWorld } from './oracle.ts';
import { beginningOf, isTracked, postsOf } from './oracle.ts';
import { daysOfPeriod, localDay, shiftDay } from './days.ts';
import type { Period } from '#analytics/types.ts';

/** Counted posts of each tracked week of the window, and how many of its full weeks reach the norm. */
export function oracleCounted(
  world: OracleWorld,
  organisationId: number,
  window: Period,
): { countedPosts: number; trackedDays: number; weeks: number; weeksAtNorm: number } {
  const organisation = world.organisations.find((each) => each.organisationId === organisationId);
  const norm = world.norms[organisation?.tier ?? 'active'];
  const unique = uniquePosts(postsOf(world, organisationId));
  const first = beginningOf(world, organisationId);
  let [countedPosts, trackedDays, weeks, weeksAtNorm] = [0, 0, 0, 0];
  for (let monday = window.from; monday <= window.to; monday = shiftDay(monday, 7)) {
    const days = daysOfPeriod({ from: monday, to: shiftDay(monday, 6) });
    let [originals, reposts] = [0, 0];
    for (const day of days.filter((each) => each >= first)) {
      const onDay = unique.filter((post) => localDay(post.published, world.zone) === day);
      const taken = Math.min(3, onDay.filter((post) => post.kind === 'original').length);
      originals += taken;
      reposts += Math.min(3 - taken, onDay.filter((post) => post.kind === 'repost').length);
    }
    const counted = originals + Math.min(reposts, norm.posts / 2);
    const tracked = days.filter((day) => isTracked(world, organisationId, day)).length;
    countedPosts += counted;
    trackedDays += tracked;
    weeks += tracked === 7 ? 1 : 0;
    weeksAtNorm += tracked === 7 && counted >= norm.posts ? 1 : 0;
  }
  return { countedPosts, trackedDays, weeks, weeksAtNorm };
}
