-- An album is one post of several messages. Its key is the smallest message id ever seen in it, which stays when that
-- message is deleted: so the others have to be known. Existing posts are one message each, which is an empty list.
ALTER TABLE {{database}}.posts ADD COLUMN IF NOT EXISTS parts Array(UInt64) CODEC(ZSTD) AFTER post_id;
