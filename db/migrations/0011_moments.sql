-- What a drawn timeline asks of a statement, so that no body is read for it: its
-- date as the source has it ('' for none), the role of its speaker whether it
-- counts or not, what it does, and the speaker's name or company.
ALTER TABLE events ADD COLUMN dated TEXT NOT NULL DEFAULT '';

ALTER TABLE events ADD COLUMN role TEXT NOT NULL DEFAULT '';

ALTER TABLE events ADD COLUMN acts TEXT NOT NULL DEFAULT '';

ALTER TABLE events ADD COLUMN named TEXT NOT NULL DEFAULT '';

INSERT OR IGNORE INTO due (work) VALUES ('rebuild');
