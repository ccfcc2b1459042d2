package vigie

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Change is one difference between two versions of a case.
type Change struct {
	Path        string          `json:"path"` // statements.s2.figures, sources.r1.title, kind
	What        string          `json:"what"` // added, removed, changed
	Substantive bool            `json:"substantive"`
	Correction  bool            `json:"correction"`
	Before      json.RawMessage `json:"before,omitempty"`
	After       json.RawMessage `json:"after,omitempty"`
}

// substance is the one table of what counts: a change of these moves "updated"
// in the incident feeds. Taking one away or putting another in its place is a
// correction besides, an item of its own in the timeline; filling in what was
// unknown is not. Everything else (our wording, sources added, the day checked)
// is kept in the history and tells no reader.
var substance = map[string]bool{
	"state": true, "company": true, "brands": true, "kind": true, "occurred": true, "discovered": true, "disclosed": true,
	"countries": true, "via": true,
	"statements": true, "statements.by": true, "statements.acts": true, "statements.on": true, "statements.public": true,
	"statements.answers": true, "statements.withdraws": true, "statements.supersedes": true, "statements.figures": true,
	"statements.data": true, "statements.not_data": true, "statements.actor": true, "statements.quotes": true,
	"standing.evidence": true, "standing.position": true, "standing.figure": true,
}

// Substance lists what counts, sorted, with the names of the record:
// statements.figures, standing.evidence.
func Substance() []string { return slices.Sorted(maps.Keys(substance)) }

// Changes lists the differences between two versions of a case, in the order of
// the record, and after them how the standing moved. An empty before is a new
// case.
func Changes(before, after *Incident) []Change {
	var list []Change
	note := func(path, pattern string, b, a json.RawMessage) {
		if bytes.Equal(b, a) {
			return
		}
		c := Change{Path: path, What: "changed", Before: b, After: a, Substantive: substance[pattern]}
		switch {
		case b == nil:
			c.What = "added"
		case a == nil:
			c.What = "removed"
		}
		derived := strings.HasPrefix(pattern, "standing.")
		publishing := pattern == "state" && before.State == Draft
		c.Correction = c.Substantive && c.What != "added" && !derived && !publishing
		list = append(list, c)
	}
	b, a := fields(before), fields(after)
	for _, name := range keys(Incident{}) {
		switch name {
		case "statements":
			each(before.Statements, after.Statements, func(s Statement) string { return s.ID }, name, note)
		case "sources":
			each(before.Sources, after.Sources, func(s Source) string { return s.ID }, name, note)
		default:
			note(name, name, b[name], a[name])
		}
	}
	was, is := before.axes(), after.axes()
	for _, axis := range []string{"evidence", "position", "figure"} {
		note("standing."+axis, "standing."+axis, was[axis], is[axis])
	}
	return list
}

// each compares two lists whose members have ids, member by member and field by
// field. Their order is not a difference.
func each[T any](before, after []T, id func(T) string, name string, note func(path, pattern string, b, a json.RawMessage)) {
	find := func(list []T, want string) (T, bool) {
		i := slices.IndexFunc(list, func(t T) bool { return id(t) == want })
		if i < 0 {
			var none T
			return none, false
		}
		return list[i], true
	}
	for _, b := range before {
		path := name + "." + id(b)
		a, ok := find(after, id(b))
		if !ok {
			note(path, name, encode(b), nil)
			continue
		}
		was, is := fields(b), fields(a)
		for _, field := range keys(b) {
			note(path+"."+field, name+"."+field, was[field], is[field])
		}
	}
	for _, a := range after {
		if _, ok := find(before, id(a)); !ok {
			note(name+"."+id(a), name, nil, encode(a))
		}
	}
}

// axes are the derived values whose change is substantive whatever caused it.
func (in *Incident) axes() map[string]json.RawMessage {
	j := judge(in, "", Rules)
	m := map[string]json.RawMessage{"position": encode(j.standing.Position)}
	if e := j.standing.Evidence; e != "" {
		m["evidence"] = encode(e)
	}
	if len(j.figures) > 0 {
		f := j.figures[0]
		m["figure"] = encode(SpokenFigure{Figure: f.Figure, By: f.By})
	}
	return m
}

func encode(v any) json.RawMessage {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types always encode
	}
	return body
}

func fields(v any) (m map[string]json.RawMessage) {
	if err := json.Unmarshal(encode(v), &m); err != nil {
		panic(err)
	}
	return
}

// keys are the JSON names of a struct's fields, in order.
func keys(v any) (names []string) {
	for t, i := reflect.TypeOf(v), 0; i < t.NumField(); i++ {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return
}
