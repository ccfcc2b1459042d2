package vigie

import (
	"errors"
	"fmt"
	"strings"
)

// Errors that every room understands; server maps them to statuses in one table.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("changed by someone else since you read it") // an older version was the base
	ErrGone     = errors.New("withdrawn")                                 // retracted; see Tombstone
	ErrBadQuery = errors.New("query not understood")
	ErrUndated  = errors.New("no date of a first public word to name the case after")
)

// Problem is one thing wrong with a record, in words an editor understands.
type Problem struct {
	Path    string `json:"path"` // statements.2.figures.0.unit
	Code    string `json:"code"` // stable, for machines: unknown_code, missing, too_long…
	Message Text   `json:"message"`
	Warning bool   `json:"warning,omitempty"` // to look at; does not stop a save
}

// Problems is every problem of a record at once. As an error it means that the
// record was refused and nothing was written.
type Problems []Problem

// Error lists the problems in English, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, q := range p {
		lines[i] = fmt.Sprintf("%s: %s", q.Path, q.Message.EN)
	}
	return strings.Join(lines, "\n")
}

// Blocking leaves only the problems that stop a save.
func (p Problems) Blocking() Problems {
	var out Problems
	for _, q := range p {
		if !q.Warning {
			out = append(out, q)
		}
	}
	return out
}
