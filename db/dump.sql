-- The public record as a SQLite database of its own. What is unknown is NULL,
-- never 0 or ''. Dates are EDTF texts, as precise as their source; times are UTC.
-- Codes are explained in vocabulary. A count stands only beside the one who gave
-- it: a claim is a claim, whatever the standing of its case.
CREATE TABLE metadata (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

CREATE TABLE vocabulary (
	list          TEXT NOT NULL, -- kind, role, act, evidence…
	code          TEXT NOT NULL,
	place         INTEGER NOT NULL, -- the order to show them in
	label_fr      TEXT NOT NULL,
	label_en      TEXT NOT NULL,
	definition_fr TEXT,
	definition_en TEXT,
	PRIMARY KEY (list, code)
) STRICT;

CREATE TABLE companies (
	id         TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	group_name TEXT, -- the parent, as a source names it
	country    TEXT, -- seat, ISO 3166-1 alpha-2
	sector     TEXT,
	wikidata   TEXT,
	record     TEXT NOT NULL -- the whole of it, JSON
) STRICT;

CREATE TABLE company_names (
	company TEXT NOT NULL REFERENCES companies (id),
	name    TEXT NOT NULL,
	what    TEXT NOT NULL, -- alias or domain
	PRIMARY KEY (company, name)
) STRICT;

CREATE TABLE waves (
	id         TEXT PRIMARY KEY,
	name_fr    TEXT,
	name_en    TEXT,
	summary_fr TEXT,
	summary_en TEXT,
	record     TEXT NOT NULL -- the whole of it, JSON
) STRICT;

-- Published cases. No number stands here: see figures and the view claims.
CREATE TABLE incidents (
	id             TEXT PRIMARY KEY,
	company        TEXT NOT NULL REFERENCES companies (id),
	company_name   TEXT NOT NULL,
	kind           TEXT NOT NULL, -- of what is alleged; the standing says how sure
	evidence       TEXT, -- the standing: did it happen? NULL when nothing counts
	position       TEXT NOT NULL, -- the standing: what the company says of it
	word           TEXT, -- both in one word
	evidence_since TEXT,
	position_since TEXT,
	headline_fr    TEXT NOT NULL,
	headline_en    TEXT NOT NULL,
	summary_fr     TEXT,
	summary_en     TEXT,
	first_word     TEXT, -- first public word of anyone
	occurred       TEXT,
	discovered     TEXT,
	disclosed      TEXT,
	checked        TEXT, -- the day we last looked for news of it
	via            TEXT,
	wave           TEXT REFERENCES waves (id),
	version        INTEGER NOT NULL,
	recorded       TEXT NOT NULL, -- first published by us
	updated        TEXT NOT NULL, -- last substantive change
	record         TEXT NOT NULL -- the whole of it, JSON: the same as /incidents/{id}.json
) STRICT;

CREATE INDEX incidents_company ON incidents (company);

CREATE INDEX incidents_wave ON incidents (wave);

CREATE TABLE brands (
	incident TEXT NOT NULL REFERENCES incidents (id),
	brand    TEXT NOT NULL,
	PRIMARY KEY (incident, brand)
) STRICT;

CREATE TABLE countries (
	incident TEXT NOT NULL REFERENCES incidents (id),
	country  TEXT NOT NULL, -- where the people concerned live, or the market
	PRIMARY KEY (incident, country)
) STRICT;

-- Time between two events of a case, in days. No max: an end is unknown. No min
-- either: the order of the two is not sure.
CREATE TABLE lags (
	incident   TEXT NOT NULL REFERENCES incidents (id),
	from_event TEXT NOT NULL,
	to_event   TEXT NOT NULL,
	min_days   INTEGER,
	max_days   INTEGER,
	PRIMARY KEY (incident, from_event, to_event)
) STRICT;

CREATE TABLE sources (
	incident  TEXT NOT NULL REFERENCES incidents (id),
	id        TEXT NOT NULL,
	url       TEXT,
	publisher TEXT,
	title     TEXT,
	published TEXT,
	lang      TEXT,
	kind      TEXT,
	seen      TEXT NOT NULL, -- how much of it we read
	licence   TEXT,
	archive   TEXT,
	retrieved TEXT,
	sha256    TEXT,
	PRIMARY KEY (incident, id)
) STRICT;

-- Who said what. counts is 0 when nobody read more of it than a headline or an
-- address: it moves no standing (rule C3).
CREATE TABLE statements (
	incident        TEXT NOT NULL REFERENCES incidents (id),
	id              TEXT NOT NULL,
	full_id         TEXT NOT NULL, -- what feeds call it: it stays when cases are merged
	place           INTEGER NOT NULL, -- in the ledger of the case
	role            TEXT NOT NULL,
	speaker         TEXT,
	speaker_company TEXT, -- id of the company that they are, or speak for
	said            TEXT, -- when
	public          TEXT, -- when the public could know it, if later
	known           TEXT, -- the day that places it in the standing (rule C1)
	counts          INTEGER NOT NULL,
	vector_fr       TEXT, -- how it was done, as said
	vector_en       TEXT,
	actor           TEXT, -- alias of the attacker, as said
	text_fr         TEXT, -- what is said, in our words
	text_en         TEXT,
	channel         TEXT,
	method_fr       TEXT, -- how it was checked
	method_en       TEXT,
	evidence_before TEXT, -- how it moved the standing
	evidence_after  TEXT,
	position_before TEXT,
	position_after  TEXT,
	recorded        TEXT, -- when we published it
	PRIMARY KEY (incident, id)
) STRICT;

CREATE INDEX statements_full_id ON statements (full_id);

CREATE TABLE acts (
	incident  TEXT NOT NULL,
	statement TEXT NOT NULL,
	act       TEXT NOT NULL, -- what is done by saying it
	PRIMARY KEY (incident, statement, act),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id)
) STRICT;

CREATE TABLE links (
	incident  TEXT NOT NULL,
	statement TEXT NOT NULL,
	relation  TEXT NOT NULL, -- answers, withdraws, supersedes
	target    TEXT NOT NULL,
	PRIMARY KEY (incident, statement, relation, target),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id),
	FOREIGN KEY (incident, target) REFERENCES statements (incident, id)
) STRICT;

-- Counts as their speakers gave them, never added up. One number is the count;
-- "more than" has only a min, "up to" only a max; of a vague one ("several
-- hundred thousand") there is no number. claim_status is what became of the
-- figure of one who cannot answer for it; NULL for the company's own, its
-- supplier's and an official's.
CREATE TABLE figures (
	incident      TEXT NOT NULL,
	statement     TEXT NOT NULL,
	place         INTEGER NOT NULL,
	claimant      TEXT,
	claimant_type TEXT NOT NULL, -- the role of who gave it
	claimed_count INTEGER,
	claimed_min   INTEGER,
	claimed_max   INTEGER,
	unit          TEXT NOT NULL,
	qualifier     TEXT NOT NULL,
	scope_fr      TEXT, -- the part of the whole that is counted
	scope_en      TEXT,
	claim_status  TEXT, -- claimed, contested, withdrawn, refuted
	of_record     INTEGER NOT NULL, -- 1 for the one that rule F puts forward
	PRIMARY KEY (incident, statement, place),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id)
) STRICT;

CREATE TABLE quotes (
	incident  TEXT NOT NULL,
	statement TEXT NOT NULL,
	place     INTEGER NOT NULL,
	text      TEXT NOT NULL,
	lang      TEXT,
	source    TEXT,
	PRIMARY KEY (incident, statement, place),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id),
	FOREIGN KEY (incident, source) REFERENCES sources (incident, id)
) STRICT;

CREATE TABLE data_types (
	incident  TEXT NOT NULL,
	statement TEXT NOT NULL,
	said      TEXT NOT NULL, -- to be exposed, or excluded
	data      TEXT NOT NULL,
	PRIMARY KEY (incident, statement, said, data),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id)
) STRICT;

CREATE TABLE statement_sources (
	incident  TEXT NOT NULL,
	statement TEXT NOT NULL,
	source    TEXT NOT NULL,
	PRIMARY KEY (incident, statement, source),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id),
	FOREIGN KEY (incident, source) REFERENCES sources (incident, id)
) STRICT;

-- The rules that made the standing, and on which statements.
CREATE TABLE reasons (
	incident  TEXT NOT NULL,
	rule      TEXT NOT NULL,
	statement TEXT NOT NULL,
	PRIMARY KEY (incident, rule, statement),
	FOREIGN KEY (incident, statement) REFERENCES statements (incident, id)
) STRICT;

-- What we corrected in published cases.
CREATE TABLE corrections (
	id              TEXT PRIMARY KEY,
	incident        TEXT NOT NULL REFERENCES incidents (id),
	version         INTEGER NOT NULL,
	recorded        TEXT NOT NULL,
	note            TEXT,
	changed         TEXT NOT NULL, -- JSON list of fields
	evidence_before TEXT,
	evidence_after  TEXT,
	position_before TEXT,
	position_after  TEXT
) STRICT;

CREATE INDEX corrections_incident ON corrections (incident);

-- Cases that were published and are gone.
CREATE TABLE tombstones (
	id          TEXT PRIMARY KEY,
	state       TEXT NOT NULL, -- retracted or merged
	merged_into TEXT, -- the case that replaced it
	reason      TEXT
) STRICT;

CREATE VIEW claims AS
SELECT f.incident, i.headline_en, i.headline_fr, f.claimant, f.claimant_type, f.claimed_count, f.claimed_min, f.claimed_max, f.unit, f.qualifier, f.claim_status,
	i.evidence, i.position, s.said, f.statement
FROM figures f JOIN incidents i ON i.id = f.incident JOIN statements s ON s.incident = f.incident AND s.id = f.statement
WHERE f.claim_status IS NOT NULL;

CREATE VIEW timeline AS
SELECT full_id AS id, incident, 'statement' AS type, said AS day, recorded, role, coalesce(speaker, speaker_company) AS who, text_en, text_fr FROM statements
UNION ALL
SELECT id, incident, 'correction', NULL, recorded, NULL, NULL, note, note FROM corrections;

CREATE VIRTUAL TABLE incidents_fts USING fts5(headline_fr, headline_en, summary_fr, summary_en, company_name, content="incidents", tokenize="unicode61 remove_diacritics 2");

CREATE VIRTUAL TABLE statements_fts USING fts5(text_fr, text_en, speaker, actor, content="statements", tokenize="unicode61 remove_diacritics 2");
