-- What an account of Telegram was told about a channel. Access hashes belong to the account they were given to, and
-- resolving a name again costs what is scarcest there. `account` is a fingerprint, never the session.
CREATE TABLE telegram_entities (
  account text NOT NULL,
  channel_id {{bigint}} NOT NULL,
  access_hash text NOT NULL,
  name text,
  learnt_at text NOT NULL,
  PRIMARY KEY (account, channel_id)
);
