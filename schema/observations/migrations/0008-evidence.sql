-- What the words of a post are of, paid reactions apart from those of readers, and posts that came back.
ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS text_kind LowCardinality(String) DEFAULT 'text' AFTER text;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS stars Nullable(UInt32) CODEC(T64, ZSTD) AFTER reposts_precision;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS last_deleted Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER deleted;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS returned Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER last_deleted;

-- What an address is that is no page of publications.
ALTER TABLE {{database}}.pages ADD COLUMN IF NOT EXISTS found_as LowCardinality(String) AFTER history_reached;
