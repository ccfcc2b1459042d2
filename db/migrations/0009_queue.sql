-- What the queue is sorted, filtered and searched by. weight is 0–100; said holds
-- the folded words of title, victims and first lines, and goes when the text is
-- forgotten; changed is when upstream said something else than what was decided
-- on, was the verdict that stood then, changes what it said before and says now.
ALTER TABLE candidates ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;

ALTER TABLE candidates ADD COLUMN lang TEXT NOT NULL DEFAULT '';

ALTER TABLE candidates ADD COLUMN said TEXT NOT NULL DEFAULT '';

ALTER TABLE candidates ADD COLUMN changed TEXT NOT NULL DEFAULT '';

ALTER TABLE candidates ADD COLUMN was TEXT NOT NULL DEFAULT '';

ALTER TABLE candidates ADD COLUMN changes TEXT NOT NULL DEFAULT '[]';

CREATE INDEX candidates_queue ON candidates (status, weight, at, id);

CREATE INDEX candidates_changed ON candidates (changed, id) WHERE changed <> '';

-- The keys of the victims of each candidate, by which news of one case meet.
CREATE TABLE candidate_names (
	name      TEXT NOT NULL,
	candidate TEXT NOT NULL REFERENCES candidates (id),
	PRIMARY KEY (name, candidate)
) WITHOUT ROWID;

CREATE INDEX candidate_names_candidate ON candidate_names (candidate);

-- What a candidate was before a later run changed it, so that the run can be
-- undone. As many as there were texts never seen before, gone with the text.
CREATE TABLE candidate_versions (
	candidate TEXT NOT NULL REFERENCES candidates (id),
	n         INTEGER NOT NULL,
	run       TEXT NOT NULL,
	hash      TEXT NOT NULL,
	decided   TEXT NOT NULL,
	body      TEXT NOT NULL,
	PRIMARY KEY (candidate, n)
) WITHOUT ROWID;

CREATE INDEX candidate_versions_run ON candidate_versions (run);

ALTER TABLE runs ADD COLUMN undone TEXT NOT NULL DEFAULT '';

ALTER TABLE runs ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';

-- Cases are met by their names and pages from now on, which are terms of theirs;
-- and the candidates that wait are to be weighed.
INSERT INTO due (work) VALUES ('rebuild') ON CONFLICT DO NOTHING;

INSERT INTO due (work) VALUES ('weigh') ON CONFLICT DO NOTHING;
