-- Another publication that an answer showed of a post, and since when: seen again hours later, it takes the place.
ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS other_published Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER published;

ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS other_since Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD) AFTER other_published;
