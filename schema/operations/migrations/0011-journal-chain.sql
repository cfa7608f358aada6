-- Entries of the journal hold each other: `hash` is of the entry before and of this one, so that none is changed or removed
-- unseen. What is personal in an entry is a salted hash there; the values lie beside it and can be erased.
-- Entries of before are sealed and chained by the step of this migration in `migration-steps.ts`: SQL alone has no SHA-256.
ALTER TABLE journal ADD COLUMN address text NOT NULL DEFAULT '';

ALTER TABLE journal ADD COLUMN hash text NOT NULL DEFAULT '';

-- A row that is not there any more is a value that was erased, and its salt with it.
CREATE TABLE journal_values (
  entry_id integer NOT NULL REFERENCES journal (id),
  -- Where in the entry it stands: `who`, `after/0/phone`.
  path text NOT NULL,
  -- The person of the register whom it tells of, where the entry names one.
  person_id integer,
  salt text NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (entry_id, path)
);

CREATE INDEX journal_values_of_person ON journal_values (person_id);

-- The newest entry. Whoever appends writes this row first, so that two processes never append to the same one.
CREATE TABLE journal_head (
  id integer PRIMARY KEY CHECK (id = 1),
  entry_id integer NOT NULL,
  hash text NOT NULL
);

INSERT INTO journal_head (id, entry_id, hash) VALUES (1, 0, '');
