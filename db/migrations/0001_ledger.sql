-- The truth: every save of an incident, a company or a wave, append-only.
-- seq orders them all and is given by the writer, so that a batch made from an
-- older reading of the store fails as a whole. effect is what the save told the
-- public at that time, which no later change of the rules may tell again.
CREATE TABLE revisions (
	seq       INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	kind      TEXT NOT NULL,
	record_id TEXT NOT NULL,
	version   INTEGER NOT NULL,
	author    TEXT NOT NULL,
	note      TEXT NOT NULL,
	at        TEXT NOT NULL,
	edition   INTEGER NOT NULL,
	effect    TEXT NOT NULL,
	body      TEXT NOT NULL,
	sha256    TEXT NOT NULL,
	UNIQUE (kind, record_id, version)
);

CREATE INDEX revisions_edition ON revisions (edition);

-- Every lawful forgetting, with the marker that stands in for the body.
CREATE TABLE redactions (
	kind      TEXT NOT NULL,
	record_id TEXT NOT NULL,
	version   INTEGER NOT NULL,
	marker    TEXT NOT NULL,
	PRIMARY KEY (kind, record_id, version)
);

CREATE TRIGGER revisions_are_kept BEFORE DELETE ON revisions
BEGIN
	SELECT RAISE(ABORT, 'revisions are append-only');
END;

CREATE TRIGGER revisions_are_fixed BEFORE UPDATE ON revisions
WHEN NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.record_id <> OLD.record_id OR NEW.version <> OLD.version
	OR NEW.author <> OLD.author OR NEW.at <> OLD.at OR NEW.edition <> OLD.edition OR NEW.effect <> OLD.effect OR NEW.sha256 <> OLD.sha256
	OR NEW.note <> '' OR NOT EXISTS (
		SELECT 1 FROM redactions r
		WHERE r.kind = OLD.kind AND r.record_id = OLD.record_id AND r.version = OLD.version AND r.marker = NEW.body)
BEGIN
	SELECT RAISE(ABORT, 'revisions are append-only');
END;

CREATE TRIGGER redactions_are_kept BEFORE DELETE ON redactions
BEGIN
	SELECT RAISE(ABORT, 'redactions are append-only');
END;

CREATE TRIGGER redactions_are_fixed BEFORE UPDATE ON redactions
BEGIN
	SELECT RAISE(ABORT, 'redactions are append-only');
END;

-- Holds one row for ever: a batch that finds the store changed since it was read
-- inserts it again and fails.
CREATE TABLE guard (
	n INTEGER PRIMARY KEY
);

INSERT INTO guard (n) VALUES (1);
