-- Who may sign in. Users, their sessions, passwords and second factors are in the shape that the library of logins wants.
CREATE TABLE users (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified integer NOT NULL,
  image text,
  two_factor_enabled integer,
  created_at text NOT NULL,
  updated_at text NOT NULL,
  -- The person of the register whose account it is.
  person_id integer REFERENCES people (id) ON DELETE SET NULL,
  removed_at text
);

CREATE TABLE sessions (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  expires_at text NOT NULL,
  ip_address text,
  user_agent text,
  created_at text NOT NULL,
  updated_at text NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE credentials (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at text,
  refresh_token_expires_at text,
  scope text,
  created_at text NOT NULL,
  updated_at text NOT NULL
);

CREATE INDEX credentials_by_user ON credentials (user_id);

CREATE TABLE verifications (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at text NOT NULL,
  created_at text NOT NULL,
  updated_at text NOT NULL
);

CREATE INDEX verifications_by_identifier ON verifications (identifier);

CREATE TABLE two_factors (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified integer,
  failed_verification_count integer,
  locked_until text
);

CREATE INDEX two_factors_by_user ON two_factors (user_id);

-- What a user may do, from when to when, and who said so. An organisation: there and below it.
CREATE TABLE role_grants (
  id {{identity}},
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL,
  organisation_id integer REFERENCES organisations (id),
  granted_at text NOT NULL,
  granted_by text NOT NULL,
  ends_at text
);

CREATE INDEX role_grants_by_user ON role_grants (user_id);

-- Links that work once: to claim an instance, to accept an invitation, to set a password anew. Their tokens are not kept.
CREATE TABLE one_time_links (
  id {{identity}},
  kind text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  user_id text REFERENCES users (id) ON DELETE CASCADE,
  payload text,
  created_at text NOT NULL,
  created_by text NOT NULL,
  expires_at text NOT NULL,
  used_at text,
  revoked_at text
);

-- How often something was tried, such as a login: by what, and until when it counts (milliseconds since 1970).
CREATE TABLE attempts (
  key text PRIMARY KEY,
  points integer NOT NULL,
  expires {{bigint}} NOT NULL
);

-- Keys with which programs ask the HTTP API: what each opens, by words between spaces. They are not kept, only their hashes.
-- Without a user: made by the command.
CREATE TABLE api_tokens (
  id {{identity}},
  name text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  scopes text NOT NULL,
  user_id text REFERENCES users (id) ON DELETE CASCADE,
  created_at text NOT NULL,
  expires_at text NOT NULL,
  last_used_at text,
  revoked_at text
);

CREATE INDEX api_tokens_by_user ON api_tokens (user_id);
