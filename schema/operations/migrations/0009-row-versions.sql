-- How often a row was edited, so that of two people who edit it at once the second is told. Looks at pages raise none.
ALTER TABLE organisations ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE people ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE pages ADD COLUMN version integer NOT NULL DEFAULT 1;
