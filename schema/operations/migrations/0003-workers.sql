-- Who may do a thing that only one process may do; `expires` is milliseconds since 1970.
CREATE TABLE leases (
  name text PRIMARY KEY,
  holder text NOT NULL,
  expires {{bigint}} NOT NULL
);

-- Calls made with a token on a day, for networks that count them.
CREATE TABLE quotas (
  token_fingerprint text NOT NULL,
  method text NOT NULL,
  day text NOT NULL,
  used integer NOT NULL,
  PRIMARY KEY (token_fingerprint, method, day)
);
