-- What lets a script act for an editor: only hashes are kept, and they go with
-- the editor. How they are made is the server's business.
CREATE TABLE tokens (
	hash    TEXT PRIMARY KEY,
	editor  TEXT NOT NULL REFERENCES editors (name) ON DELETE CASCADE,
	note    TEXT NOT NULL,
	created TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX tokens_editor ON tokens (editor, created);

-- Who speaks: the role of a statement that counts (rule C3), else ''.
ALTER TABLE events ADD COLUMN speaker TEXT NOT NULL DEFAULT '';

UPDATE events SET speaker = coalesce((
	SELECT s.value ->> '$.by.role'
	FROM incidents i
	JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
	JOIN json_each(r.body, '$.statements') s ON s.value ->> '$.id' = events.statement
	WHERE i.id = events.incident AND EXISTS (
		SELECT 1 FROM json_each(s.value, '$.sources') k
		JOIN json_each(r.body, '$.sources') f ON f.value ->> '$.id' = k.value
		WHERE f.value ->> '$.seen' IN ('full', 'excerpt'))), '')
WHERE type = 'statement' AND statement <> '';

CREATE INDEX events_speaker ON events (speaker, live, on_day, ord);
