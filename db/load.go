package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"vigie"
)

// wanted names what a write must know of the store.
type wanted struct {
	cases     []string
	companies []string // with all their cases
	named     []string // companies without them
	waves     []string
	events    []string
	revisions []string
}

func jsonList(ids []string) string {
	if ids == nil {
		ids = []string{}
	}
	body, _ := json.Marshal(ids) // strings always encode
	return string(body)
}

const (
	caseColumns = `i.doc, i.num, i.id, i.version, i.state, i.state_version, i.known, i.recorded, i.recorded_seq, i.updated, i.edition, r.body`
	// A save of a company writes all its cases out again, and one of a case that
	// takes over an event also the case it came from.
	wantedCases = `i.id IN (SELECT value FROM json_each(?1)
		UNION SELECT id FROM incidents WHERE company IN (SELECT value FROM json_each(?2))
		UNION SELECT incident FROM events WHERE id IN (SELECT value FROM json_each(?3)))`
	revisionColumns = `r.seq, r.id, r.kind, r.record_id, r.version, r.author, r.note, r.at, r.edition, r.effect, r.body, r.sha256`
)

// load reads, in one snapshot, the part of the ledger that a write touches, and
// which of the revisions it is about to make are there already: its own echo,
// when the answer to an earlier attempt was lost.
func (d *DB) load(ctx context.Context, w wanted) (*ledger, []revision, error) {
	l := newLedger()
	var echo []revision
	cases := `SELECT i.id FROM incidents i WHERE ` + wantedCases
	args := []any{jsonList(w.cases), jsonList(w.companies), jsonList(w.events)}
	batch := []SQL{
		sql(`SELECT coalesce((SELECT max(seq) FROM revisions), 0), coalesce((SELECT max(edition) FROM revisions), 0),
			coalesce((SELECT at FROM revisions ORDER BY seq DESC LIMIT 1), '')`),
		sql(`SELECT coalesce(max(num), 0) FROM incidents`),
		sql(`SELECT `+caseColumns+` FROM incidents i JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
			WHERE `+wantedCases, args...),
		sql(`SELECT c.id, c.version, r.body FROM companies c JOIN revisions r ON r.kind = 'company' AND r.record_id = c.id AND r.version = c.version
			WHERE c.id IN (SELECT value FROM json_each(?2)) OR c.id IN (SELECT value FROM json_each(?4))
			OR c.id IN (SELECT i.company FROM incidents i WHERE `+wantedCases+`)`, append(slices.Clone(args), jsonList(w.named))...),
		sql(`SELECT w.id, w.version, r.body FROM waves w JOIN revisions r ON r.kind = 'wave' AND r.record_id = w.id AND r.version = w.version
			WHERE w.id IN (SELECT value FROM json_each(?))`, jsonList(w.waves)),
		sql(`SELECT ord, id, incident, type, version, edition, recorded, changed FROM events
			WHERE incident IN (`+cases+`) OR id IN (SELECT value FROM json_each(?3))`, args...),
		sql(`SELECT `+revisionColumns+` FROM revisions r WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.seq`, jsonList(w.revisions)),
		sql(`SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM incidents WHERE wave = value AND known = 1)`, jsonList(w.waves)),
	}
	err := d.engine.Query(ctx, batch, func(i int, row Row) error {
		switch i {
		case 0:
			return row.Scan(&l.seq, &l.edition, &l.at)
		case 1:
			return row.Scan(&l.num)
		case 2:
			return l.scanCase(row)
		case 3:
			c, body := &companyState{}, ""
			if err := row.Scan(&c.body.ID, &c.version, &body); err != nil {
				return err
			}
			l.companies[c.body.ID] = c
			return decode(body, &c.body)
		case 4:
			w, body := &waveState{}, ""
			if err := row.Scan(&w.body.ID, &w.version, &body); err != nil {
				return err
			}
			l.waves[w.body.ID] = w
			return decode(body, &w.body)
		case 5:
			e := &event{}
			err := row.Scan(&e.ord, &e.id, &e.incident, &e.kind, &e.version, &e.edition, &e.recorded, &e.changed)
			l.events[e.id] = e
			return err
		case 6:
			r, err := scanRevision(row)
			echo = append(echo, r)
			return err
		}
		var wave string
		err := row.Scan(&wave)
		l.of["wave/"+wave] = []string{wave}
		return err
	})
	return l, echo, err
}

func (l *ledger) scanCase(row Row) error {
	c, id, body := &caseState{}, "", ""
	if err := row.Scan(&c.doc, &c.num, &id, &c.version, (*string)(&c.state), &c.stateVersion, &c.known, &c.recorded, &c.recordedSeq, &c.updated, &c.edition, &body); err != nil {
		return err
	}
	if err := decode(body, &c.body); err != nil {
		return fmt.Errorf("incident %s: %w", id, err)
	}
	l.cases[id] = c
	l.of["company/"+c.body.Company] = append(l.of["company/"+c.body.Company], id)
	return nil
}

// marker stands where a redacted body stood.
type marker struct {
	Redacted *vigie.Redaction `json:"redacted"`
}

const markerStart = `{"redacted":`

func decode(body string, into any) error { return json.Unmarshal([]byte(body), into) }

func scanRevision(row Row) (revision, error) {
	var r revision
	var at, effect, body string
	if err := row.Scan(&r.seq, &r.ID, &r.Kind, &r.RecordID, &r.Version, &r.Author, &r.Note, &at, &r.Edition, &effect, &body, &r.sha256); err != nil {
		return r, err
	}
	r.At = parseTime(at)
	if err := decode(effect, &r.effect); err != nil {
		return r, fmt.Errorf("effect of %s %s, version %d: %w", r.Kind, r.RecordID, r.Version, err)
	}
	if len(body) > len(markerStart) && body[:len(markerStart)] == markerStart {
		var m marker
		if err := decode(body, &m); err != nil {
			return r, fmt.Errorf("redaction of %s %s, version %d: %w", r.Kind, r.RecordID, r.Version, err)
		}
		r.Redacted = m.Redacted
		return r, nil
	}
	r.Body = json.RawMessage(body)
	return r, nil
}
