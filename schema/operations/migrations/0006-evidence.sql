-- How well the end of a page's past is known, and what is doubted of it. A place in a past is a post: its id stays in
-- history_cursor, with its publication and how many items stood before it.
ALTER TABLE pages ADD COLUMN history_published text;

ALTER TABLE pages ADD COLUMN history_offset {{bigint}};

ALTER TABLE pages ADD COLUMN reach_proof text;

-- JSON: what is doubted, and since when.
ALTER TABLE pages ADD COLUMN look_doubt text;

ALTER TABLE pages ADD COLUMN history_doubt text;

-- JSON: items left out on the way into a past that is being read.
ALTER TABLE pages ADD COLUMN history_dropped text;

-- From when on all new posts are wanted; looks that left something out do not move it.
ALTER TABLE pages ADD COLUMN wanted_since text;

-- Looks in a row that failed by the page itself.
ALTER TABLE pages ADD COLUMN failed_looks integer NOT NULL DEFAULT 0;

-- Posts that the store of observations holds of the page, at least.
ALTER TABLE pages ADD COLUMN stored_posts {{bigint}} NOT NULL DEFAULT 0;

-- What it is, when it is no page of publications.
ALTER TABLE pages ADD COLUMN found_as text;

-- The whole past is to be read once more, beside what is known of it; and how far that has come (JSON of a place).
ALTER TABLE pages ADD COLUMN review text;

-- Offsets of walls are no places any more.
UPDATE pages SET history_cursor = NULL WHERE network = 'vk';

-- Versions before this one took any end for proven: their pasts are read once more.
UPDATE pages SET review = 'due' WHERE native_id IS NOT NULL AND last_success IS NOT NULL AND network IN ('vk', 'telegram');

-- From which local day on a page's posts are to be counted again. Written before the posts are, taken away when they are
-- counted. Page 0 stands for all pages. `ticket` changes each time a page is owed; while `writing` is 1 posts are on
-- their way, so that what is counted meanwhile settles nothing.
CREATE TABLE owed_days (
  page_id integer PRIMARY KEY,
  from_day text NOT NULL,
  since text NOT NULL,
  ticket text NOT NULL,
  writing integer NOT NULL
);
