import { matureBy } from '#domain/measures.ts';
import { startOfDay } from '#domain/period.ts';
import type { Owners } from './owners.ts';
import type { NewPosts, OverviewPost } from './types.ts';
import { queryFreshPosts } from '../queries/fresh-posts.ts';
import { queryLastSuccess } from '../queries/last-successes.ts';
import { queryOutstandingPosts } from '../queries/outstanding-posts.ts';
import { queryPostsPage } from '../queries/posts-page.ts';
import { queryPostDetails } from '../queries/top-posts.ts';
import type { AnalyticsSources } from '../sources.ts';
import { comparePosts } from '../organisation/top-posts.ts';
import type { Period, TopPost } from '../types.ts';

const day = 24 * 3_600_000;
/** How many posts of either age are compared at the same age, to find the best of them. */
const compared = 12;

/** Which posts are asked for: of which pages (`null`: of all that are registered), and how many. */
interface AskedPosts {
  pageIds: number[] | null;
  limit: number;
}

/**
 * The newest posts of all pages over the last 24 hours, and how many there are against the 24 hours before. Where no page
 * was read since the beginning of either, how many there were is not known.
 */
export async function newPosts(
  sources: AnalyticsSources,
  owners: Owners,
  { pageIds, limit }: AskedPosts,
): Promise<NewPosts> {
  const { observations, clock } = sources;
  const now = clock.now();
  const [earlier, from] = [new Date(now.getTime() - 2 * day), new Date(now.getTime() - day)];
  // An instant of asking belongs to what is asked for.
  const to = new Date(now.getTime() + 1);
  const [counts, read, found] = await Promise.all([
    queryFreshPosts(observations, { pageIds, earlier, from, to }),
    queryLastSuccess(observations, earlier),
    queryPostsPage(observations, {
      pageIds,
      from,
      to,
      stems: [],
      deleted: false,
      after: null,
      limit,
    }),
  ]);
  const sum = (measure: 'posts' | 'before', since: Date): number | null => {
    const seen = counts.reduce((total, row) => total + row[measure], 0);
    const isKnown = seen > 0 || owners.size === 0 || (read !== null && read >= since);
    return isKnown ? seen : null;
  };
  return {
    from,
    to: now,
    posts: withOwners(await comparePosts(sources, found), owners),
    total: sum('posts', from),
    before: sum('before', earlier),
    organisations: new Set(counts.flatMap(({ organisations }) => organisations)).size,
    networks: counts.filter(({ posts }) => posts > 0).map(({ network, posts }) => ({ network, posts })),
  };
}

/**
 * The posts of all pages that did best against what is usual for their page at the same age, published on the days of
 * the period. Only those that did better than expected.
 */
export async function bestPosts(
  sources: AnalyticsSources,
  owners: Owners,
  period: Period,
  { pageIds, limit }: AskedPosts,
): Promise<OverviewPost[]> {
  const { observations, clock, zone } = sources;
  const now = clock.now();
  const bounds = { from: startOfDay(period.from, zone), to: new Date(now.getTime() + 1) };
  const chosen = await queryOutstandingPosts(observations, {
    ...bounds,
    pageIds,
    matureBy: matureBy(now),
    limit: compared,
  });
  const posts = await comparePosts(sources, await queryPostDetails(observations, chosen, bounds));
  return withOwners(
    posts
      .filter(({ overperformance }) => overperformance !== null && overperformance > 1)
      .sort(
        (one, other) =>
          (other.overperformance ?? 0) - (one.overperformance ?? 0) ||
          other.published.localeCompare(one.published),
      ),
    owners,
  ).slice(0, limit);
}

function withOwners(posts: readonly TopPost[], owners: Owners): OverviewPost[] {
  return posts.flatMap((post) => {
    const owner = owners.get(post.pageId);
    return owner ? [{ ...post, organisation: owner.organisation }] : [];
  });
}
