-- Rollup by page and local day. Ordered by page first: one page's year is a short read.
-- Computed again from posts, so it can be lost: no fsync.
CREATE TABLE IF NOT EXISTS {{database}}.page_days
(
    page_id UInt32,
    day Date32 CODEC(DoubleDelta, ZSTD),
    zone LowCardinality(String),
    posts UInt32 CODEC(T64, ZSTD),
    originals UInt32 CODEC(T64, ZSTD),
    reposts UInt32 CODEC(T64, ZSTD),
    unique_originals UInt32 CODEC(T64, ZSTD),
    unique_reposts UInt32 CODEC(T64, ZSTD),
    views UInt64 CODEC(T64, ZSTD),
    views_known UInt32 CODEC(T64, ZSTD),
    likes UInt64 CODEC(T64, ZSTD),
    comments UInt64 CODEC(T64, ZSTD),
    shares UInt64 CODEC(T64, ZSTD),
    reactions_known UInt32 CODEC(T64, ZSTD),
    first_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    last_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    version UInt64 CODEC(DoubleDelta, ZSTD)
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYYYYMM(day)
ORDER BY (page_id, day);

-- The same measures by page and local month (its first day), for long periods.
CREATE TABLE IF NOT EXISTS {{database}}.page_months
(
    page_id UInt32,
    month Date32 CODEC(DoubleDelta, ZSTD),
    zone LowCardinality(String),
    posts UInt32 CODEC(T64, ZSTD),
    originals UInt32 CODEC(T64, ZSTD),
    reposts UInt32 CODEC(T64, ZSTD),
    unique_originals UInt32 CODEC(T64, ZSTD),
    unique_reposts UInt32 CODEC(T64, ZSTD),
    views UInt64 CODEC(T64, ZSTD),
    views_known UInt32 CODEC(T64, ZSTD),
    likes UInt64 CODEC(T64, ZSTD),
    comments UInt64 CODEC(T64, ZSTD),
    shares UInt64 CODEC(T64, ZSTD),
    reactions_known UInt32 CODEC(T64, ZSTD),
    first_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    last_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    version UInt64 CODEC(DoubleDelta, ZSTD)
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
PARTITION BY toYear(month)
ORDER BY (page_id, month);
