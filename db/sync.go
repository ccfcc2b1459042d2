package db

import (
	"fmt"
	"strings"

	"vigie"
)

// departures are what a sync tells besides the cases that match: those that did
// at the edition asked, or at one since, and no longer do. A case that is gone is
// a tombstone, another is among those left. (The editions since count too, for a
// client that got its first state page by page while the ledger went on.)
//
// What a case and its company said at an edition is in their revisions. Of one
// that was redacted nobody can tell any more: it may have matched, so it is told.
type departures struct {
	q     vigie.Query
	words asked
	told  string // the case last told
}

// sql reads, of every case changed since and not among those that match now, each
// version that was public at that edition or later, with each version that its
// company had meanwhile; not the present pair, which is known not to match.
// Every change of a public case makes an edition, so the last version of an
// edition is the one that it had.
func (d departures) sql(cases selection) SQL {
	match := cases.sql("i.doc", "")
	since := d.q.UpdatedSince
	args := append([]any{since, since}, match.Args...)
	return sql(`SELECT i.id, i.state, i.merged_into, i.reason, r.body, coalesce(n.body, '')
		FROM incidents i CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id
		LEFT JOIN revisions n ON n.kind = 'company' AND n.record_id = r.body ->> '$.company'
			AND n.version >= coalesce((SELECT max(m.version) FROM revisions m
				WHERE m.kind = 'company' AND m.record_id = r.body ->> '$.company' AND m.edition <= max(r.edition, ?)), 1)
			AND n.edition < coalesce((SELECT x.edition FROM revisions x
				WHERE x.kind = 'incident' AND x.record_id = i.id AND x.version = r.version + 1), 9223372036854775807)
		WHERE i.known = 1 AND i.edition > ? AND (i.shown = 0 OR i.doc NOT IN (`+match.Text+`))
			AND r.version >= coalesce((SELECT max(v.version) FROM revisions v WHERE v.kind = 'incident' AND v.record_id = i.id AND v.edition <= ?), 1)
			AND r.effect ->> '$.state' = 'published'
			AND NOT (i.shown = 1 AND r.version = i.version AND n.version IS (SELECT c.version FROM companies c WHERE c.id = i.company))
		ORDER BY i.edition, i.doc`, append(args, since)...)
}

// scanEdition reads the edition that a query is answered by. It refuses to tell
// what changed since one that has not been made: that is of another ledger, or of
// this one before an older copy was restored, and "nothing" would be a lie.
func scanEdition(row Row, q vigie.Query, edition *int64) error {
	if err := row.Scan(edition); err != nil || q.UpdatedSince <= *edition {
		return err
	}
	return &vigie.QueryError{Params: []vigie.QueryProblem{{Name: "updated_since", Code: "future", Detail: vigie.Text{
		FR: fmt.Sprintf("l’édition %d n’est pas encore faite, la dernière est la %d\u00a0: tout reprendre depuis le début", q.UpdatedSince, *edition),
		EN: fmt.Sprintf("edition %d has not been made yet, the last is %d: take everything again from the start", q.UpdatedSince, *edition),
	}}}}
}

func (d *departures) scan(row Row, answer *vigie.Answer) error {
	var t vigie.Tombstone
	var body, named string
	if err := row.Scan(&t.ID, (*string)(&t.State), &t.Into, &t.Reason, &body, &named); err != nil || t.ID == d.told {
		return err
	}
	if matched, err := d.matched(body, named); err != nil || !matched {
		return err
	}
	d.told = t.ID
	if t.State == vigie.Published {
		answer.Left = append(answer.Left, t.ID)
	} else {
		answer.Tombstones = append(answer.Tombstones, t)
	}
	return nil
}

func (d *departures) matched(body, named string) (bool, error) {
	if strings.HasPrefix(body, markerStart) || strings.HasPrefix(named, markerStart) {
		return true, nil
	}
	var in vigie.Incident
	if err := decode(body, &in); err != nil {
		return false, fmt.Errorf("an earlier version of a case: %w", err)
	}
	company := vigie.Company{ID: in.Company, Name: in.Company}
	if named != "" {
		if err := decode(named, &company); err != nil {
			return false, fmt.Errorf("an earlier version of company %s: %w", in.Company, err)
		}
	}
	return matches(d.q, d.words, &in, company), nil
}
