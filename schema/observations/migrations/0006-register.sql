-- The register's copy, for joins. The register itself lives in the operations store.
CREATE TABLE IF NOT EXISTS {{database}}.organisations
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
    version UInt64,
    is_deleted UInt8
)
ENGINE = {{replicated}}ReplacingMergeTree(version, is_deleted)
ORDER BY organisation_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS {{database}}.pages
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
    version UInt64,
    is_deleted UInt8
)
ENGINE = {{replicated}}ReplacingMergeTree(version, is_deleted)
ORDER BY page_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
