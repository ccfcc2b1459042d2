package db

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strconv"

	"vigie"
)

// cursor is where a page ended: the keys of its last row in the order of the
// page. Edition bounds a sync: what changes while it pages comes in the next one.
type cursor struct {
	Sort    string  `json:"s"`
	Of      string  `json:"q,omitempty"` // the list that it is a place in, where it carries what was counted there
	Text    string  `json:"t,omitempty"`
	Number  int64   `json:"n,omitempty"`
	Rank    float64 `json:"r,omitempty"`
	Doc     int64   `json:"d"`
	Edition int64   `json:"e,omitempty"`
	Total   int     `json:"a,omitempty"` // counted once, for the first page
	More    bool    `json:"m,omitempty"` // than Total
	At      int     `json:"p,omitempty"` // how many rows stand before the one that the page begins at
	Back    bool    `json:"b,omitempty"` // the page that ends before this row, not the one that begins after it
}

// around gives the cursors of the pages before and after one: first and last are
// its first and last row, more tells that rows were left over in the direction it
// was read, paging that it was reached by a cursor.
func around(from, first, last cursor, paging, more bool) (prev, next string) {
	first.Back, last.Back = true, false
	if more && from.Back || paging && !from.Back {
		prev = first.String()
	}
	if more && !from.Back || from.Back {
		next = last.String()
	}
	return
}

func (c cursor) String() string {
	body, _ := json.Marshal(c) // strings and numbers always encode
	return base64.RawURLEncoding.EncodeToString(body)
}

// listOf names a list of a query, for its cursors: a place in one list says nothing
// true of another.
func listOf(q vigie.Query, list string) string {
	q.Cursor, q.Limit, q.Sort, q.BOM, q.Content = "", 0, "", false, "" // the order has a place of its own
	h := fnv.New64a()
	fmt.Fprint(h, list, "?", q.Canonical(), " ", q.Incident)
	return strconv.FormatUint(h.Sum64(), 36)
}

// readCursor reads one back; one made for another order or another list is not
// understood. That of a feed, which carries its place only, is of no list.
func readCursor(s, sort, of string) (c cursor, given bool, err error) {
	if s == "" {
		return cursor{Sort: sort, Of: of}, false, nil
	}
	body, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(body, &c)
	}
	if err != nil || c.Sort != sort || c.Of != "" && of != "" && c.Of != of {
		return cursor{}, false, fmt.Errorf("cursor %q is not one of this list: %w", s, vigie.ErrBadQuery)
	}
	return c, true, nil
}
