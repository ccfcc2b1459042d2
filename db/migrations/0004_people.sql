-- Hashes and tokens are opaque here: how they are made is the server's business.
CREATE TABLE editors (
	name    TEXT PRIMARY KEY,
	role    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	created TEXT NOT NULL
);

CREATE TABLE sessions (
	token   TEXT PRIMARY KEY,
	editor  TEXT NOT NULL REFERENCES editors (name) ON DELETE CASCADE,
	created TEXT NOT NULL,
	expires TEXT NOT NULL
);

CREATE INDEX sessions_editor ON sessions (editor);
