//go:build !sqlite_fts5

package db

// The full text of Vigie needs SQLite's FTS5, which go-sqlite3 only compiles
// under a build tag. Without it everything builds and fails at the first search;
// this line makes the compiler say so instead.
var _ = build_with_make_or_pass_tags_sqlite_fts5
