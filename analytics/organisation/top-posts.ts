import { maturity, overperformance } from '#domain/measures.ts';
import { showsSource } from '#domain/networks.ts';
import { postRow } from '../api/posts.ts';
import { queryComparableViews } from '../queries/expected-counters.ts';
import type { PostDetail } from '../queries/top-posts.ts';
import { queryTopPosts } from '../queries/top-posts.ts';
import { sourceAddresses } from './source-addresses.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { TopPost } from '../types.ts';

/** With fewer posts to compare with nothing is said. */
const leastCompared = 5;
/** Views hardly change after this age, and older counters need no finer comparison. */
const settledAge = 90 * 24 * 3_600_000;

/**
 * The posts with the most views on the pages, published from `from` (inclusive) to `to` (exclusive), each compared with
 * what is usual for its page (`comparePosts`).
 */
export async function topPosts(
  sources: AnalyticsSources,
  question: { pageIds: number[]; from: Date; to: Date; limit: number },
): Promise<TopPost[]> {
  return comparePosts(sources, await queryTopPosts(sources.observations, question));
}

/**
 * The posts, each with its overperformance: its views / what is expected at its age, the mean of the middle half of the
 * views that the page's last 100 originals before it had at that age. Fewer than 5 to compare with: unknown, as for a
 * repost that shows the views of its source, which are not its page's.
 */
export async function comparePosts(
  sources: AnalyticsSources,
  posts: readonly PostDetail[],
): Promise<TopPost[]> {
  const now = sources.clock.now().getTime();
  const ageOf = (published: string): number => Math.min(now - new Date(published).getTime(), settledAge);
  const [comparable, sourceOf] = await Promise.all([
    queryComparableViews(
      sources.observations,
      posts
        .filter((post) => !showsSource(post))
        .map((post) => ({
          pageId: post.pageId,
          id: post.id,
          published: new Date(post.published),
          age: Math.max(0, Math.round(ageOf(post.published) / 1000)),
        })),
    ),
    sourceAddresses(sources.observations, posts),
  ]);
  const keyOf = (post: { pageId: number; id: string }): string => `${post.pageId} ${post.id}`;
  const expected = new Map(comparable.map((row) => [keyOf(row), row.views] as const));
  return posts.map((post) => {
    const atSameAge = expected.get(keyOf(post)) ?? [];
    return {
      ...shownOf(post),
      sourceUrl: sourceOf(post),
      overperformance: atSameAge.length < leastCompared ? null : overperformance(post.views, atSameAge),
      stillGaining: now - new Date(post.published).getTime() < maturity,
    };
  });
}

function shownOf(post: PostDetail): Omit<TopPost, 'overperformance' | 'stillGaining' | 'sourceUrl'> {
  const row = postRow(post);
  const { network, page, id, url, published, kind, views, likes, comments, reposts, precision, stars } = row;
  return {
    pageId: post.pageId,
    network,
    page,
    id,
    url,
    published,
    kind,
    text: row.text || (row.sourceText ?? ''),
    textKind: row.text === '' ? 'text' : row.textKind,
    views,
    likes,
    comments,
    reposts,
    precision,
    stars,
    showsSource: showsSource(post),
  };
}
