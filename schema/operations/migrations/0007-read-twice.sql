-- What wanted_since becomes by a later look that leaves nothing out: all new posts up to it have been read once. A post
-- is wanted by two looks, hours apart, so that what one odd answer left out or misdated stands in another.
ALTER TABLE pages ADD COLUMN read_until text;
