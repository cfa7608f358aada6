-- What the words of a post are of, paid reactions apart from those of readers, and posts that came back.
ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS text_kind LowCardinality(String) DEFAULT 'text' AFTER text;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS stars Nullable(UInt32) CODEC(T64, ZSTD) AFTER reposts_precision;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS last_deleted Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER deleted;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS returned Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER last_deleted;

-- What an address is that is no page of publications.
ALTER TABLE {{database}}.pages ADD COLUMN IF NOT EXISTS found_as LowCardinality(String) AFTER history_reached;

-- Whose observations these are: the operations store of the same instance carries the same id.
CREATE TABLE IF NOT EXISTS {{database}}.instance
(
    name LowCardinality(String),
    id String,
    made DateTime64(3, 'UTC'),
    version UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY name
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
