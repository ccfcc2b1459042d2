-- The addresses that are visited for news. body is what editors decided, visit
-- what the last visit left: two columns, so that neither is written over the other.
-- A process that visits one claims it first, until a time.
CREATE TABLE watches (
	id       TEXT PRIMARY KEY,
	address  TEXT NOT NULL,
	kind     TEXT NOT NULL,
	active   INTEGER NOT NULL,
	due      TEXT NOT NULL,
	claimant TEXT NOT NULL,
	claimed  TEXT NOT NULL,
	body     TEXT NOT NULL,
	visit    TEXT NOT NULL,
	UNIQUE (address, kind)
) WITHOUT ROWID;

CREATE INDEX watches_due ON watches (active, due);

-- The pages of items that only teased, which told of nothing or could not be
-- had: the same item is not fetched again at every visit.
CREATE TABLE watch_pages (
	watch  TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
	key    TEXT NOT NULL,
	hash   TEXT NOT NULL,
	at     TEXT NOT NULL,
	tries  INTEGER NOT NULL,
	why    TEXT NOT NULL,
	PRIMARY KEY (watch, key)
) WITHOUT ROWID;

CREATE INDEX runs_watch ON runs (body ->> '$.watch', started) WHERE body ->> '$.watch' IS NOT NULL;
