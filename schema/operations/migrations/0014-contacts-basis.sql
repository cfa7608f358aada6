-- By what right a person's contacts are kept, and the two consents, each with the day it was given and the day it was withdrawn
-- ('' where it is not said); since when somebody has no part any more, so that they are erased in time.
-- Whoever is without any part counts from now: the step of this migration in `migration-steps.ts`.
ALTER TABLE people ADD COLUMN basis text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN proof text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN basis_on text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN processing_given text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN processing_withdrawn text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN dissemination_given text NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN dissemination_withdrawn text NOT NULL DEFAULT '';

-- Since when they have no part in any organisation; NULL while they have one.
ALTER TABLE people ADD COLUMN ended_at text;

CREATE INDEX people_by_end ON people (ended_at);

-- A part that has ended stays as long as its person does.
ALTER TABLE person_roles ADD COLUMN ended_at text;

CREATE INDEX person_roles_by_person ON person_roles (person_id);

-- Reminders name people by their ids alone: whoever is erased is not named by them.
ALTER TABLE reminders DROP COLUMN person_name;

-- Who did something is the id of a user, or the word for a command: whose account is erased is not named.
UPDATE reminders SET who = COALESCE(
  (SELECT users.id FROM users WHERE users.email = lower(reminders.who)),
  CASE WHEN reminders.who LIKE '%@%' THEN '' ELSE reminders.who END
);

UPDATE role_grants SET granted_by = COALESCE(
  (SELECT users.id FROM users WHERE users.email = lower(role_grants.granted_by)),
  CASE WHEN role_grants.granted_by LIKE '%@%' THEN '' ELSE role_grants.granted_by END
);

UPDATE one_time_links SET created_by = COALESCE(
  (SELECT users.id FROM users WHERE users.email = lower(one_time_links.created_by)),
  CASE WHEN one_time_links.created_by LIKE '%@%' THEN '' ELSE one_time_links.created_by END
);

-- Who was invited is known of links that still work alone.
UPDATE one_time_links SET payload = NULL WHERE used_at IS NOT NULL OR revoked_at IS NOT NULL;
