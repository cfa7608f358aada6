-- The newest state of every post. `published` never changes for a key, so partitions never have to be merged.
CREATE TABLE IF NOT EXISTS {{database}}.posts
(
    page_id UInt32,
    post_id UInt64,
    published DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    placement LowCardinality(String),
    kind LowCardinality(String),
    text String CODEC(ZSTD(3)),
    stems String CODEC(ZSTD(3)),
    signature String CODEC(ZSTD(3)),
    source_owner Nullable(Int64) CODEC(ZSTD),
    source_post Nullable(UInt64) CODEC(ZSTD),
    source_text String CODEC(ZSTD(3)),
    views Nullable(UInt32) CODEC(T64, ZSTD),
    likes Nullable(UInt32) CODEC(T64, ZSTD),
    comments Nullable(UInt32) CODEC(T64, ZSTD),
    reposts Nullable(UInt32) CODEC(T64, ZSTD),
    views_precision LowCardinality(String),
    likes_precision LowCardinality(String),
    comments_precision LowCardinality(String),
    reposts_precision LowCardinality(String),
    edited Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    deleted Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    first_seen DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    last_seen DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    is_pinned Bool,
    is_donut Bool,
    recorded DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    version UInt64 CODEC(DoubleDelta, ZSTD),
    INDEX stems_words stems TYPE text(tokenizer = splitByString([' ']))
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(published)
ORDER BY (page_id, post_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Counters over time, written when one of them has changed.
CREATE TABLE IF NOT EXISTS {{database}}.post_counters
(
    page_id UInt32,
    post_id UInt64,
    slot DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    observed DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    recorded DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    views Nullable(UInt32) CODEC(T64, ZSTD),
    likes Nullable(UInt32) CODEC(T64, ZSTD),
    comments Nullable(UInt32) CODEC(T64, ZSTD),
    reposts Nullable(UInt32) CODEC(T64, ZSTD),
    views_precision LowCardinality(String),
    likes_precision LowCardinality(String),
    comments_precision LowCardinality(String),
    reposts_precision LowCardinality(String),
    version UInt64 CODEC(DoubleDelta, ZSTD)
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(slot)
ORDER BY (page_id, post_id, slot)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
