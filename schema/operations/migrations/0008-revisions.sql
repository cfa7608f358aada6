-- The one order of everything: each run, count, edit and import has a number, and what it writes into the observations has
-- versions made of it. `started` and `committed` are milliseconds since 1970: the next instant is reckoned from the last
-- one, in the statement itself. `committed` is null while the work is under way, and grows from one row to the next,
-- whatever the clock does. `summary` of a run is null until it has ended.
CREATE TABLE revisions (
  id {{bigint}} PRIMARY KEY,
  stream text NOT NULL,
  started {{bigint}} NOT NULL,
  committed {{bigint}},
  kind text NOT NULL,
  slot text,
  actor text,
  summary text
);

CREATE UNIQUE INDEX revisions_committed ON revisions (committed);

CREATE INDEX revisions_of_kind ON revisions (stream, kind, id);

CREATE INDEX revisions_under_way ON revisions (stream, id) WHERE committed IS NULL;
