package main

import (
	"cmp"
	"errors"
	"maps"

	"github.com/gin-gonic/gin"

	"vigie"
)

// number gives ids to a new case and to new rows, never one that a row of any
// version had: feeds know a statement by it for ever.
func (s *Server) number(c *gin.Context, in *vigie.Incident, id string, base int) error {
	past, standing := map[string]bool{}, map[string]bool{}
	if in.ID = id; id != "" {
		history, err := s.db.History(c.Request.Context(), vigie.IncidentRecord, id)
		if err != nil {
			return err
		}
		for _, r := range history {
			if was, err := body(r); err == nil { // a redacted body names no row
				markRows(past, was)
				if r.Version == base {
					markRows(standing, was)
				}
			}
		}
	}
	renumber(in, past, standing)
	if id != "" || in.Company == "" {
		return nil
	}
	if !in.Disclosed.Known() {
		in.Disclosed = in.FirstWord()
	}
	var failed, err error
	in.ID, err = vigie.NewIncidentID(in.Company, in.Disclosed, func(id string) bool {
		taken, err := s.db.Taken(c.Request.Context(), id)
		failed = errors.Join(failed, err)
		return taken
	})
	return errors.Join(err, failed)
}

// renumber gives a fresh id to each row that has none, or that of a row which
// left the case before the version edited; what refers to it follows.
func renumber(in *vigie.Incident, past, standing map[string]bool) {
	used := maps.Clone(past)
	markRows(used, in)
	fresh := map[string]string{}
	give := func(prefix string, id *string) {
		if *id != "" && (standing[*id] || !past[*id]) {
			return
		}
		next := vigie.NextID(prefix, func(id string) bool { return used[id] })
		used[next] = true
		if *id != "" {
			fresh[*id] = next
		}
		*id = next
	}
	for i := range in.Sources {
		give("r", &in.Sources[i].ID)
	}
	for i := range in.Statements {
		give("s", &in.Statements[i].ID)
	}
	for _, st := range in.Statements {
		for _, ids := range [][]string{st.Answers, st.Withdraws, st.Supersedes, st.Sources} {
			follow(ids, fresh)
		}
		for i, q := range st.Quotes {
			st.Quotes[i].Source = cmp.Or(fresh[q.Source], q.Source)
		}
	}
}

func markRows(used map[string]bool, in *vigie.Incident) {
	for _, s := range in.Statements {
		used[s.ID] = true
	}
	for _, r := range in.Sources {
		used[r.ID] = true
	}
}
