-- Subscribers over time, written at every successful look and not only on change.
CREATE TABLE IF NOT EXISTS {{database}}.subscribers
(
    page_id UInt32,
    slot DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    observed DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    recorded DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    count Nullable(UInt32) CODEC(T64, ZSTD),
    precision LowCardinality(String),
    version UInt64 CODEC(DoubleDelta, ZSTD)
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYear(slot)
ORDER BY (page_id, slot)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
