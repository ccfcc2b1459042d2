-- What the keepers look after: the published and draft cases, the day each was
-- last checked ('' for never), and how many of its sources nobody opened.
CREATE TABLE care (
	doc      INTEGER PRIMARY KEY,
	checked  TEXT NOT NULL,
	unopened INTEGER NOT NULL
);

CREATE INDEX care_checked ON care (checked, doc);

CREATE INDEX care_unopened ON care (doc, unopened) WHERE unopened > 0;

INSERT INTO care (doc, checked, unopened)
SELECT i.doc, coalesce(r.body ->> '$.checked', ''),
	(SELECT count(*) FROM json_each(r.body, '$.sources') s WHERE s.value ->> '$.seen' IN ('headline', 'address'))
FROM incidents i JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
WHERE i.state IN ('published', 'draft');
