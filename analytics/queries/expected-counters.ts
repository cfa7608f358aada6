import type { Observations } from '#schema/observations/connect.ts';

/** Seconds after which views hardly grow: the age of maturity, 72 hours. */
const settledAfter = 72 * 3600;

/** Views of a page's earlier originals, each at the age one of its posts has now. */
export interface ComparableViews {
  pageId: number;
  id: string;
  /** Views of up to 100 originals published before it, at its age. */
  views: number[];
}

/**
 * For each given post: the views its page's last 100 undeleted originals before it had at the same age, from the
 * counters written on change. An original first seen at a greater age says nothing about a younger post, and is left out;
 * a post that has gained what it will (72 hours) is compared with the first views seen after its age, too.
 */
export async function queryComparableViews(
  observations: Observations,
  posts: { pageId: number; id: string; published: Date; age: number }[],
): Promise<ComparableViews[]> {
  if (posts.length === 0) return [];
  const { tables } = observations;
  return observations.rows<ComparableViews>(
    `
    -- queryComparableViews
    WITH targets AS (
      SELECT target.1 AS page_id, target.2 AS target_id, target.3 AS target_published, target.4 AS age
      FROM (
        SELECT arrayJoin(arrayZip({pages: Array(UInt32)}, {ids: Array(UInt64)},
                                  {published: Array(DateTime64(3, 'UTC'))}, {ages: Array(UInt32)})) AS target
      )
    )
    SELECT page_id AS pageId, toString(target_id) AS id, groupArray(ifNull(by_then, afterwards)) AS views
    FROM (
      SELECT page_id, target_id, post_id, any(age) AS target_age,
             argMaxOrNullIf(counter_views, observed, observed <= born + toIntervalSecond(age)) AS by_then,
             argMin(counter_views, observed) AS afterwards
      FROM (
        SELECT original.page_id AS page_id, target_id, age, original.post_id AS post_id, original.published AS born
        FROM (
          SELECT page_id, post_id, published
          FROM ${tables.posts} FINAL
          WHERE page_id IN {pages: Array(UInt32)} AND placement = 'own' AND kind = 'original' AND deleted IS NULL
        ) AS original
        INNER JOIN targets ON targets.page_id = original.page_id
        WHERE original.published < target_published
        ORDER BY original.published DESC
        LIMIT 100 BY page_id, target_id
      ) AS compared
      INNER JOIN (
        SELECT page_id, post_id, observed, assumeNotNull(post_counters.views) AS counter_views
        FROM ${tables.post_counters} AS post_counters FINAL
        WHERE page_id IN {pages: Array(UInt32)} AND post_counters.views IS NOT NULL
      ) AS seen ON seen.page_id = compared.page_id AND seen.post_id = compared.post_id
      GROUP BY page_id, target_id, post_id
    )
    WHERE by_then IS NOT NULL OR target_age >= {settled: UInt32}
    GROUP BY page_id, target_id`,
    {
      pages: posts.map((post) => post.pageId),
      ids: posts.map((post) => Number(post.id)),
      published: posts.map((post) => post.published),
      ages: posts.map((post) => post.age),
      settled: settledAfter,
    },
  );
}
