CREATE TABLE settings (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- Edits of the register: who changed what, when, from what to what. Rows are only ever added.
CREATE TABLE journal (
  id {{identity}},
  at text NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  subject text NOT NULL,
  before text,
  after text
);

CREATE INDEX journal_by_subject ON journal (subject, id);
