-- Links by which others see one view and nothing else. Their tokens are not kept, only the hashes.
CREATE TABLE share_links (
  id {{identity}},
  name text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  -- What is shown: a view, of an organisation where it is one's own, with the query of its address ('' or `?…`).
  view text NOT NULL,
  organisation_id integer REFERENCES organisations (id),
  query text NOT NULL,
  -- The origins whose pages may show it in a frame, between spaces; '' for none.
  framed_by text NOT NULL,
  -- Who made it.
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at text NOT NULL,
  expires_at text NOT NULL,
  last_used_at text,
  revoked_at text
);

CREATE INDEX share_links_by_user ON share_links (user_id);
