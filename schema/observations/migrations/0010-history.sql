-- What was known when. The tables of before hold the newest state of each key; these hold every state that it has had since history
-- began (`instance`, name `history`), in the order of versions: as of a revision, of each key the state of the greatest version up to
-- that revision's last. A state is written before the newest state is. The states of that instant have the versions that they had.
CREATE TABLE IF NOT EXISTS {{database}}.post_states
(
    page_id UInt32,
    post_id UInt64,
    observed DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    published DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD),
    placement LowCardinality(String),
    kind LowCardinality(String),
    text String CODEC(ZSTD(3)),
    text_kind LowCardinality(String),
    signature String CODEC(ZSTD(3)),
    source_owner Nullable(Int64) CODEC(ZSTD),
    source_post Nullable(UInt64) CODEC(ZSTD),
    source_text String CODEC(ZSTD(3)),
    parts Array(UInt64) CODEC(ZSTD),
    edited Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    deleted Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    last_deleted Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    returned Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    is_donut Bool,
    -- The post has another publication from here on: its states go on in the month of that.
    is_redated Bool,
    version UInt64 CODEC(DoubleDelta, ZSTD),
    revision UInt64 ALIAS intDiv(version, 1048576)
)
ENGINE = {{replicated}}ReplacingMergeTree
PARTITION BY toYYYYMM(published)
ORDER BY (page_id, post_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The part of a cell that counters do not move.
CREATE TABLE IF NOT EXISTS {{database}}.page_day_states
(
    page_id UInt32,
    day Date32 CODEC(DoubleDelta, ZSTD),
    zone LowCardinality(String),
    posts UInt32 CODEC(T64, ZSTD),
    originals UInt32 CODEC(T64, ZSTD),
    reposts UInt32 CODEC(T64, ZSTD),
    unique_originals UInt32 CODEC(T64, ZSTD),
    unique_reposts UInt32 CODEC(T64, ZSTD),
    first_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    last_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
    version UInt64 CODEC(DoubleDelta, ZSTD),
    revision UInt64 ALIAS intDiv(version, 1048576)
)
ENGINE = {{replicated}}ReplacingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (page_id, day, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS {{database}}.organisation_states
(
    organisation_id UInt32,
    parent_id Nullable(UInt32),
    council String,
    name String,
    short String,
    level LowCardinality(String),
    sector LowCardinality(String),
    municipality LowCardinality(String),
    tier LowCardinality(String),
    started Nullable(Date32),
    members_on Array(Date32),
    members Array(UInt32),
    pauses_from Array(Date32),
    pauses_to Array(Date32),
    league String,
    is_deleted UInt8,
    version UInt64,
    revision UInt64 ALIAS intDiv(version, 1048576)
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (organisation_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS {{database}}.page_states
(
    page_id UInt32,
    organisation_id UInt32,
    network LowCardinality(String),
    native_id UInt64,
    name String,
    title String,
    url String,
    state LowCardinality(String),
    state_since Nullable(DateTime64(3, 'UTC')),
    history_reached Nullable(Date32),
    found_as LowCardinality(String),
    is_deleted UInt8,
    version UInt64,
    revision UInt64 ALIAS intDiv(version, 1048576)
)
ENGINE = {{replicated}}ReplacingMergeTree
ORDER BY (page_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- By which revision a row was written; of a slot that was made again the last one.
ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS revision UInt64 ALIAS intDiv(version, 1048576);

ALTER TABLE {{database}}.post_counters ADD COLUMN IF NOT EXISTS revision UInt64 ALIAS intDiv(version, 1048576);

ALTER TABLE {{database}}.subscribers ADD COLUMN IF NOT EXISTS revision UInt64 ALIAS intDiv(version, 1048576);

ALTER TABLE {{database}}.outcomes ADD COLUMN IF NOT EXISTS revision UInt64 ALIAS intDiv(version, 1048576);

ALTER TABLE {{database}}.page_events ADD COLUMN IF NOT EXISTS revision UInt64 ALIAS intDiv(version, 1048576);
