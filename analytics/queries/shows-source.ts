import { sourceShowingNetworks } from '#domain/networks.ts';
import type { Observations } from '#schema/observations/connect.ts';

/** What a question with one of the conditions below has to be given. */
export const sourceShowing = { sourceShowing: sourceShowingNetworks };

/**
 * The condition that a post shows the views and reposts of its source (`domain/networks.ts`): they are not its page's, and
 * count as not known. `post` and `page` name the tables of its `kind` and its `network`.
 */
export function showsSource({ post, page }: { post: string; page: string }): string {
  return `(${post}.kind = 'repost' AND ${page}.network IN {sourceShowing: Array(String)})`;
}

/** The same of posts that are asked for without their pages. */
export function showsSourceByPage({ tables }: Observations): string {
  return `(kind = 'repost' AND page_id IN (
      SELECT page_id FROM ${tables.pages} FINAL WHERE network IN {sourceShowing: Array(String)}
    ))`;
}
