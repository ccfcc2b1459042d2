package main

import (
	"context"
	"slices"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/web"
)

// queued is one page of the queue, and the counts of what else could be asked.
type queued struct {
	candidates                        []vigie.Candidate
	next                              string
	statuses, kinds, tongues, watches []vigie.Facet
}

// filterOf is the filter of the store for a queue that is asked for.
func filterOf(asked web.Sought) db.Filter {
	f := db.Filter{Status: asked.Status, Run: asked.Run, Kind: asked.Kind, Watch: asked.Watch, Lang: asked.Tongue, Words: asked.Q, After: asked.After}
	if asked.Status == web.ChangedStatus {
		f.Status, f.Changed = "", true
	}
	return f
}

func (s *Server) sought(ctx context.Context, asked web.Sought) (q queued, err error) {
	f := filterOf(asked)
	if asked.Like != "" {
		candidate, err := s.db.Candidate(ctx, asked.Like)
		if err != nil {
			return q, err
		}
		twins, err := s.twins(ctx, candidate)
		if err != nil {
			return q, err
		}
		q.candidates = append([]vigie.Candidate{candidate}, twins...)
	} else if q.candidates, err = s.db.Queue(ctx, f); err != nil {
		return q, err
	}
	if n := len(q.candidates); n == db.QueueLength && asked.Like == "" {
		q.next = q.candidates[n-1].ID
	}
	n, err := s.db.CountQueue(ctx, f)
	q.kinds, q.tongues, q.watches = n.Kind, n.Lang, n.Watch
	if err == nil && f.Changed { // the other chips leave that question
		f.Changed = false
		n, err = s.db.CountQueue(ctx, f)
	}
	for _, status := range []string{db.Undecided, vigie.Accepted, vigie.Attached, vigie.Rejected, db.Withdrawn} {
		facet := vigie.Facet{Value: status}
		if i := slices.IndexFunc(n.Status, func(f vigie.Facet) bool { return f.Value == status }); i >= 0 {
			facet = n.Status[i]
		}
		q.statuses = append(q.statuses, facet)
	}
	if n.Changed > 0 || asked.Status == web.ChangedStatus {
		q.statuses = append(q.statuses, vigie.Facet{Value: web.ChangedStatus, Count: n.Changed})
	}
	return q, err
}

// rows are the candidates with what helps to decide at a glance, worked out for
// the page at once.
func (s *Server) rows(ctx context.Context, candidates []vigie.Candidate) ([]web.CandidateRow, error) {
	found, err := s.db.SuspectsOf(ctx, candidates)
	if err != nil {
		return nil, err
	}
	companies, err := allCompanies(ctx, s.db)
	if err != nil {
		return nil, err
	}
	matcher := importers.NewMatcher(companies)
	together, err := s.together(ctx, matcher, candidates)
	if err != nil {
		return nil, err
	}
	rows := make([]web.CandidateRow, len(candidates))
	for i, candidate := range candidates {
		row := &rows[i]
		row.Candidate, row.Twins = candidate, len(together[candidate.ID])
		if list := matcher.Match(candidate, casesOf(found[i])); len(list) > 0 {
			row.Best, row.Others = &list[0], len(list)-1
		}
		if candidate.Status != db.Undecided {
			if row.Decisions, err = s.db.Decisions(ctx, candidate.ID); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

func casesOf(records []vigie.Record) []vigie.Incident {
	list := make([]vigie.Incident, len(records))
	for i, r := range records {
		list[i] = r.Incident
	}
	return list
}

// together groups the open candidates that are on one case with those given: each
// of these has its whole group, itself included.
func (s *Server) together(ctx context.Context, matcher *importers.Matcher, candidates []vigie.Candidate) (map[string][]vigie.Candidate, error) {
	open, err := s.db.Alike(ctx, candidates)
	if err != nil {
		return nil, err
	}
	groups := map[string][]vigie.Candidate{}
	for _, group := range matcher.Cluster(open) {
		members := make([]vigie.Candidate, len(group))
		for i, at := range group {
			members[i] = open[at]
		}
		for _, m := range members {
			groups[m.ID] = members
		}
	}
	return groups, nil
}

// reject rejects candidates with one reason, all or none: they are one decision,
// undone at once.
func (s *Server) reject(c *gin.Context, ids []string, reason string) error {
	return s.db.DecideAll(c.Request.Context(), ids, vigie.Decision{Verdict: vigie.Rejected, Reason: reason, Author: editorOf(c), At: s.now().UTC()})
}

// lastDecision is what an editor decided last, and the title of the first of the
// candidates.
func (s *Server) lastDecision(ctx context.Context, editor string) ([]vigie.Decision, string, error) {
	last, err := s.db.LastDecisions(ctx, editor)
	if err != nil || len(last) == 0 {
		return nil, "", err
	}
	candidate, err := s.db.Candidate(ctx, last[0].Candidate)
	return last, candidate.Source.Title, err
}

// beside are the candidates before and after one in the open queue, "" where there
// is none. Of one that is not in it any more, the first comes after.
func (s *Server) beside(ctx context.Context, candidate vigie.Candidate) (before, after string, err error) {
	if candidate.Status == db.Undecided {
		list, err := s.db.Queue(ctx, db.Filter{After: candidate.ID, Limit: 1})
		if err != nil {
			return "", "", err
		}
		if len(list) > 0 {
			after = list[0].ID
		}
	}
	first, err := s.db.Queue(ctx, db.Filter{})
	if i := slices.IndexFunc(first, func(c vigie.Candidate) bool { return c.ID == candidate.ID }); i > 0 {
		before = first[i-1].ID
	} else if i < 0 && len(first) > 0 && after == "" {
		after = first[0].ID
	}
	return before, after, err
}

// twins are the other open candidates on the same case.
func (s *Server) twins(ctx context.Context, candidate vigie.Candidate) ([]vigie.Candidate, error) {
	companies, err := allCompanies(ctx, s.db)
	if err != nil {
		return nil, err
	}
	groups, err := s.together(ctx, importers.NewMatcher(companies), []vigie.Candidate{candidate})
	others := slices.Clone(groups[candidate.ID])
	return slices.DeleteFunc(others, func(c vigie.Candidate) bool { return c.ID == candidate.ID }), err
}

// foundCases is how many cases a search for another case to attach to shows.
const foundCases = 8

func (s *Server) findCases(ctx context.Context, words string) ([]vigie.Record, error) {
	answer, err := s.db.Search(ctx, vigie.Query{Q: words, Limit: foundCases})
	return answer.Incidents, err
}
