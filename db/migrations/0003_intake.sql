-- What the importers brought. body holds a third party's text until some days
-- after the decision; hash and key stay.
CREATE TABLE candidates (
	id        TEXT PRIMARY KEY,
	kind      TEXT NOT NULL,
	key       TEXT NOT NULL,
	hash      TEXT NOT NULL,
	run       TEXT NOT NULL,
	at        TEXT NOT NULL,
	status    TEXT NOT NULL,
	decided   TEXT NOT NULL,
	forgotten INTEGER NOT NULL,
	body      TEXT NOT NULL,
	UNIQUE (kind, key)
);

CREATE INDEX candidates_status ON candidates (status, at, id);

CREATE INDEX candidates_run ON candidates (run, status);

-- Every text that a candidate ever came with: an upstream that alternates
-- between two versions brings nothing new.
CREATE TABLE candidate_hashes (
	hash      TEXT NOT NULL,
	candidate TEXT NOT NULL,
	PRIMARY KEY (hash, candidate)
) WITHOUT ROWID;

CREATE TABLE decisions (
	candidate TEXT NOT NULL REFERENCES candidates (id),
	incident  TEXT NOT NULL,
	verdict   TEXT NOT NULL,
	reason    TEXT NOT NULL,
	author    TEXT NOT NULL,
	at        TEXT NOT NULL,
	revision  TEXT NOT NULL,
	PRIMARY KEY (candidate, incident)
) WITHOUT ROWID;

CREATE INDEX decisions_incident ON decisions (incident);

CREATE TABLE runs (
	id      TEXT PRIMARY KEY,
	started TEXT NOT NULL,
	body    TEXT NOT NULL
);

CREATE INDEX runs_started ON runs (started, id);
