-- What is taken away at the desk can be taken back: an editor who is removed signs
-- in no more and stays on the list of those who were; a token that is ended opens
-- nothing; a watch that is removed is visited no more. An empty time: not so.
ALTER TABLE editors ADD COLUMN removed TEXT NOT NULL DEFAULT '';

ALTER TABLE editors ADD COLUMN removed_by TEXT NOT NULL DEFAULT '';

-- When they last signed in, and with what kind of browser: for themselves to know
-- their own sessions again.
ALTER TABLE editors ADD COLUMN seen TEXT NOT NULL DEFAULT '';

ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

ALTER TABLE tokens ADD COLUMN ended TEXT NOT NULL DEFAULT '';

ALTER TABLE watches ADD COLUMN removed TEXT NOT NULL DEFAULT '';

ALTER TABLE watches ADD COLUMN was_active INTEGER NOT NULL DEFAULT 0;

-- What candidates were before a run was undone, so that the undoing can be. left_as
-- is the text that they were left with: what came since is not written over.
CREATE TABLE undone_candidates (
	run       TEXT NOT NULL,
	candidate TEXT NOT NULL REFERENCES candidates (id),
	left_as   TEXT NOT NULL,
	decided   TEXT NOT NULL,
	body      TEXT NOT NULL,
	PRIMARY KEY (run, candidate)
) WITHOUT ROWID;

CREATE TABLE undone_versions (
	undone    TEXT NOT NULL,
	candidate TEXT NOT NULL,
	n         INTEGER NOT NULL,
	run       TEXT NOT NULL,
	hash      TEXT NOT NULL,
	decided   TEXT NOT NULL,
	body      TEXT NOT NULL,
	PRIMARY KEY (undone, candidate, n)
) WITHOUT ROWID;
