-- What is below an organisation is asked with each request of who sees no more than that.
CREATE INDEX organisations_by_parent ON organisations (parent_id);
