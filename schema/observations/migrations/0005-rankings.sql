-- Rankings of calendar periods as computed after a run; `basis` says what they were made of.
CREATE TABLE IF NOT EXISTS {{database}}.rankings
(
    unit LowCardinality(String),
    period_from Date32,
    period_to Date32,
    formula_version UInt8,
    basis String,
    computed DateTime64(3, 'UTC'),
    organisation_id UInt32,
    league String,
    place Nullable(UInt32),
    `index` Nullable(Float64),
    row String CODEC(ZSTD(3)),
    version UInt64
)
ENGINE = {{replicated}}ReplacingMergeTree(version)
ORDER BY (unit, period_from, organisation_id);
