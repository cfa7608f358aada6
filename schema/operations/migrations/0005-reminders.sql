-- That somebody was reminded of silent pages, by whom and how. A person may leave the register later, and the log stays:
-- it keeps their name, and `person_id` refers to nothing.
CREATE TABLE reminders (
  id {{identity}},
  at text NOT NULL,
  who text NOT NULL,
  person_id integer NOT NULL,
  person_name text NOT NULL,
  channel text NOT NULL,
  note text NOT NULL DEFAULT ''
);

CREATE INDEX reminders_by_time ON reminders (at);

CREATE TABLE reminder_pages (
  reminder_id integer NOT NULL REFERENCES reminders (id),
  page_id integer NOT NULL REFERENCES pages (id),
  PRIMARY KEY (reminder_id, page_id)
);

CREATE INDEX reminder_pages_by_page ON reminder_pages (page_id);
