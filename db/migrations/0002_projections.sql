-- Everything here follows from the revisions and may be dropped and rebuilt.
-- doc is julian day << 20 | number of the case: ordered by it, cases are ordered
-- by the day of the first public word. shown is 1 while a case is published,
-- known from the day it first was.
CREATE TABLE incidents (
	doc           INTEGER PRIMARY KEY,
	id            TEXT NOT NULL UNIQUE,
	num           INTEGER NOT NULL UNIQUE,
	version       INTEGER NOT NULL,
	state         TEXT NOT NULL,
	state_version INTEGER NOT NULL,
	shown         INTEGER NOT NULL,
	known         INTEGER NOT NULL,
	company       TEXT NOT NULL,
	wave          TEXT NOT NULL,
	kind          TEXT NOT NULL,
	evidence      TEXT NOT NULL,
	position      TEXT NOT NULL,
	word          TEXT NOT NULL,
	first_day     TEXT NOT NULL,
	last_day      TEXT NOT NULL,
	occurred      TEXT NOT NULL,
	affected      INTEGER NOT NULL,
	affected_min  INTEGER NOT NULL,
	affected_max  INTEGER NOT NULL,
	affected_unit TEXT NOT NULL,
	recorded      TEXT NOT NULL,
	recorded_seq  INTEGER NOT NULL,
	updated       TEXT NOT NULL,
	edition       INTEGER NOT NULL,
	merged_into   TEXT NOT NULL,
	reason        TEXT NOT NULL
);

CREATE INDEX incidents_state ON incidents (state, doc);

CREATE INDEX incidents_company ON incidents (company, doc);

CREATE INDEX incidents_wave ON incidents (wave, doc);

CREATE INDEX incidents_edition ON incidents (edition, doc);

CREATE INDEX incidents_recorded ON incidents (recorded_seq, doc);

CREATE INDEX incidents_affected ON incidents (affected, doc);

CREATE INDEX incidents_occurred ON incidents (occurred, doc);

-- What cases are filtered and counted by.
CREATE TABLE terms (
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	doc   INTEGER NOT NULL,
	PRIMARY KEY (field, value, doc)
) WITHOUT ROWID;

CREATE INDEX terms_doc ON terms (doc, field, value);

-- The standing from a day on, up to the day before until.
CREATE TABLE standings (
	doc      INTEGER NOT NULL,
	day      TEXT NOT NULL,
	until    TEXT NOT NULL,
	evidence TEXT NOT NULL,
	position TEXT NOT NULL,
	word     TEXT NOT NULL,
	PRIMARY KEY (doc, day)
) WITHOUT ROWID;

-- The timeline: statements and corrections as they were first published. ord is
-- the seq of that revision << 12 | place in it. One that left the record stays
-- here, not live, so that it keeps its day if it comes back.
CREATE TABLE events (
	ord       INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	incident  TEXT NOT NULL,
	type      TEXT NOT NULL,
	statement TEXT NOT NULL,
	version   INTEGER NOT NULL,
	edition   INTEGER NOT NULL,
	recorded  TEXT NOT NULL,
	on_day    TEXT NOT NULL,
	known_day TEXT NOT NULL,
	live      INTEGER NOT NULL,
	changed   TEXT NOT NULL
);

CREATE INDEX events_incident ON events (incident, ord);

CREATE INDEX events_on ON events (live, on_day, ord);

CREATE INDEX events_recorded ON events (live, ord);

CREATE TABLE companies (
	id      TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	sort    TEXT NOT NULL
) WITHOUT ROWID;

-- Folded names, aliases and domains, by which a candidate finds its suspects.
CREATE TABLE names (
	name    TEXT NOT NULL,
	company TEXT NOT NULL,
	PRIMARY KEY (name, company)
) WITHOUT ROWID;

CREATE INDEX names_company ON names (company);

CREATE TABLE waves (
	id      TEXT PRIMARY KEY,
	version INTEGER NOT NULL,
	sort    TEXT NOT NULL
) WITHOUT ROWID;

-- Full text of the known cases, folded and split by us; no copy of it is kept.
CREATE VIRTUAL TABLE words USING fts5(
	title, company, statements, quotes, sources, actors,
	content = '', contentless_delete = 1, detail = full,
	tokenize = "unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE words_said USING fts5vocab(words, instance);
