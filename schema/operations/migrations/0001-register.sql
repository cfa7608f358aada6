-- Instants are text in ISO 8601 (UTC, with milliseconds), days text YYYY-MM-DD: both sort as they should everywhere.
CREATE TABLE organisations (
  id {{identity}},
  parent_id integer REFERENCES organisations (id),
  council text NOT NULL DEFAULT '',
  name text NOT NULL,
  short text NOT NULL DEFAULT '',
  level text NOT NULL,
  sector text NOT NULL DEFAULT '',
  municipality text NOT NULL DEFAULT '',
  tier text NOT NULL,
  started text,
  league text NOT NULL DEFAULT '',
  created_at text NOT NULL,
  removed_at text
);

CREATE INDEX organisations_by_name ON organisations (name);

-- Union members as a dated series, from the statistical reports.
CREATE TABLE members (
  organisation_id integer NOT NULL REFERENCES organisations (id),
  on_day text NOT NULL,
  count integer NOT NULL CHECK (count >= 0),
  PRIMARY KEY (organisation_id, on_day)
);

CREATE TABLE people (
  id {{identity}},
  name text NOT NULL,
  email text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT ''
);

CREATE TABLE person_roles (
  organisation_id integer NOT NULL REFERENCES organisations (id),
  person_id integer NOT NULL REFERENCES people (id),
  role text NOT NULL,
  PRIMARY KEY (organisation_id, person_id, role)
);

CREATE TABLE pauses (
  id {{identity}},
  organisation_id integer NOT NULL REFERENCES organisations (id),
  from_day text NOT NULL,
  to_day text NOT NULL,
  reason text NOT NULL,
  CHECK (from_day <= to_day)
);

CREATE INDEX pauses_by_organisation ON pauses (organisation_id);

CREATE TABLE pages (
  id {{identity}},
  organisation_id integer NOT NULL REFERENCES organisations (id),
  network text NOT NULL,
  native_id {{bigint}},
  name text,
  title text NOT NULL DEFAULT '',
  link text NOT NULL,
  state text NOT NULL,
  state_since text,
  history_reached text,
  history_cursor {{bigint}},
  last_success text,
  last_outcome text,
  last_outcome_slot text,
  next_due text,
  last_deep text,
  added_at text NOT NULL,
  removed_at text
);

-- A page is its native id: names change hands. Before the id is known, it is the link.
CREATE UNIQUE INDEX pages_by_native_id ON pages (network, native_id) WHERE native_id IS NOT NULL;

CREATE UNIQUE INDEX pages_by_link ON pages (network, link) WHERE native_id IS NULL AND removed_at IS NULL;

CREATE INDEX pages_by_organisation ON pages (organisation_id);
