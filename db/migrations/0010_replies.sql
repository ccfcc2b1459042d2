-- Letters of companies: their right of reply. body is a vigie.Reply as JSON; digest
-- makes one of a form sent twice while it waits; settled is when an editor was done
-- with it, by whom and with what note for the desk. A row goes some time after.
CREATE TABLE replies (
	id       TEXT PRIMARY KEY,
	incident TEXT NOT NULL,
	at       TEXT NOT NULL,
	digest   TEXT NOT NULL,
	settled  TEXT NOT NULL DEFAULT '',
	author   TEXT NOT NULL DEFAULT '',
	note     TEXT NOT NULL DEFAULT '',
	body     TEXT NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX replies_waiting ON replies (digest) WHERE settled = '';

CREATE INDEX replies_order ON replies (settled, at, id);
