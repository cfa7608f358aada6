-- What was planned: one row for each slot.
CREATE TABLE IF NOT EXISTS {{database}}.runs
(
    slot DateTime64(3, 'UTC'),
    kind LowCardinality(String),
    started DateTime64(3, 'UTC'),
    finished Nullable(DateTime64(3, 'UTC')),
    planned Array(UInt32) CODEC(ZSTD),
    version UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY slot
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- How the look at each planned page ended: one row for each page and slot.
CREATE TABLE IF NOT EXISTS {{database}}.outcomes
(
    page_id UInt32,
    slot DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    outcome LowCardinality(String),
    cause String CODEC(ZSTD),
    state LowCardinality(String),
    started DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    finished DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    posts_seen UInt32 CODEC(T64, ZSTD),
    posts_new UInt32 CODEC(T64, ZSTD),
    dropped Map(String, UInt32) CODEC(ZSTD),
    version UInt64 CODEC(DoubleDelta, ZSTD)
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(slot)
ORDER BY (page_id, slot)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What happened to pages: renamed, another state, another title, history reached.
CREATE TABLE IF NOT EXISTS {{database}}.page_events
(
    page_id UInt32,
    observed DateTime64(3, 'UTC'),
    event LowCardinality(String),
    before String,
    after String,
    version UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (page_id, observed, event)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
