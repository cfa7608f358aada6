import type { Observations } from '#schema/observations/connect.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { organisationRow, pageRow } from './observed-rows.ts';

/** How large a synthetic federation is: one page an organisation, `days` of history before `end`. */
export interface WorldSize {
  pages: number;
  days: number;
  end: Date;
}

/**
 * Fills the observations inside the engine: a page has about one post a day at most (from one in ten days to one a
 * day), a tenth of the views unknown; subscribers and a successful look once a day. The same for the same size.
 */
export async function fillWorld(observations: Observations, size: WorldSize): Promise<{ posts: number }> {
  await insertMirroredOrganisations(
    observations,
    Array.from({ length: size.pages }, (_, index) =>
      organisationRow(index + 1, {
        members: [(index * 137) % 30_000],
        level: index % 3 === 0 ? 'branch' : 'primary',
      }),
    ),
  );
  await insertMirroredPages(
    observations,
    Array.from({ length: size.pages }, (_, index) => pageRow(index + 1, index + 1)),
  );
  const parameters = { pages: size.pages, days: size.days, end: size.end };
  const { tables } = observations;
  await observations.command(
    `
    INSERT INTO ${tables.posts} (page_id, post_id, published, placement, kind, text, stems, signature, views, likes,
      comments, reposts, views_precision, likes_precision, comments_precision, reposts_precision, first_seen, last_seen,
      is_pinned, is_donut, recorded, version)
    SELECT 1 + number % {pages: UInt32} AS page_id, 1 + intDiv(number, {pages: UInt32}) AS post_id,
           {end: DateTime64(3, 'UTC')} - toIntervalHour(24 * intDiv(number, {pages: UInt32}) + cityHash64(number, 1) % 24)
             AS published,
           'own' AS placement, if(cityHash64(number, 2) % 5 = 0, 'repost', 'original') AS kind,
           concat('Новость профсоюза ', toString(number)) AS text, 'новост профсоюз' AS stems,
           concat('1:3:', hex(cityHash64(number, 3))) AS signature,
           if(cityHash64(number, 4) % 10 = 0, NULL, 50 + cityHash64(number, 5) % 2000) AS views,
           cityHash64(number, 6) % 40 AS likes, cityHash64(number, 7) % 5 AS comments, cityHash64(number, 8) % 6 AS reposts,
           'exact', 'exact', 'exact', 'exact', published, published, false, false, published, 1 AS version
    FROM numbers({pages: UInt32} * {days: UInt32})
    WHERE cityHash64(number, 9) % 10 <= (number % {pages: UInt32}) % 10
    SETTINGS max_partitions_per_insert_block = 1000`,
    parameters,
  );
  await observations.command(
    `
    INSERT INTO ${tables.subscribers} (page_id, slot, observed, recorded, count, precision, version)
    SELECT 1 + number % {pages: UInt32},
           {end: DateTime64(3, 'UTC')} - toIntervalHour(24 * intDiv(number, {pages: UInt32}) + 1) AS slot,
           slot + toIntervalMinute(2), slot, 500 + {days: UInt32} - intDiv(number, {pages: UInt32}) + number % 7000,
           'exact', 1
    FROM numbers({pages: UInt32} * {days: UInt32})`,
    parameters,
  );
  await observations.command(
    `
    INSERT INTO ${tables.outcomes} (page_id, slot, outcome, cause, state, started, finished, posts_seen, posts_new, version)
    SELECT 1 + number % {pages: UInt32},
           {end: DateTime64(3, 'UTC')} - toIntervalHour(24 * intDiv(number, {pages: UInt32}) + 1) AS slot,
           'ok', '', 'ok', slot, slot + toIntervalMinute(2), 20, 1, 1
    FROM numbers({pages: UInt32} * {days: UInt32})
    SETTINGS max_partitions_per_insert_block = 1000`,
    parameters,
  );
  const [counted] = await observations.rows<{ posts: number }>(
    `SELECT toUInt32(count()) AS posts FROM ${tables.posts}`,
  );
  return { posts: counted?.posts ?? 0 };
}
