-- Work that a new schema leaves to the program at its next start, done once.
CREATE TABLE due (
	work TEXT PRIMARY KEY
) WITHOUT ROWID;

-- The full text holds stems from now on: all projections are to be written anew.
INSERT INTO due (work) VALUES ('rebuild');
