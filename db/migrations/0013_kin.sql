-- Cases that came through one supplier are found by a term of theirs.
INSERT OR IGNORE INTO due (work) VALUES ('rebuild');
