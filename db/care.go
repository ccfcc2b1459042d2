package db

import (
	"context"
	"encoding/json"
	"fmt"

	"vigie"
)

// CareLength is how many rows each queue of the care page has.
const CareLength = 50

// Unopened is a source of which nobody read more than a headline or an address.
type Unopened struct {
	Incident string
	Company  string // its name
	State    vigie.State
	Source   vigie.Source
}

// Unchecked is a case and the day somebody last looked for news of it.
type Unchecked struct {
	Incident string
	Company  string // its name
	State    vigie.State
	Version  int        // the base for a save
	Checked  vigie.Date // empty: never
}

// unopened counts the sources of a case of which nobody read more than a headline
// or an address.
func unopened(in *vigie.Incident) (n int) {
	for _, src := range in.Sources {
		if src.Seen == vigie.SeenHeadline || src.Seen == vigie.SeenAddress {
			n++
		}
	}
	return
}

const (
	careCases = ` CROSS JOIN incidents i ON i.doc = a.doc
		CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		LEFT JOIN companies c ON c.id = i.company
		LEFT JOIN revisions n ON n.kind = 'company' AND n.record_id = c.id AND n.version = c.version`
	careName = `coalesce(n.body ->> '$.name', i.company)`
)

// Unopened lists the sources never opened, those of the oldest cases first, and
// says how many there are in all.
func (d *DB) Unopened(ctx context.Context) (list []Unopened, total int, err error) {
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT coalesce(sum(unopened), 0) FROM care WHERE unopened > 0`),
		sql(`SELECT i.id, `+careName+`, i.state, s.value
			FROM (SELECT doc FROM care WHERE unopened > 0 ORDER BY doc LIMIT ?1) a`+careCases+` CROSS JOIN json_each(r.body, '$.sources') s
			WHERE s.value ->> '$.seen' IN ('headline', 'address') ORDER BY a.doc, s.key LIMIT ?1`, int64(CareLength)),
	}, func(i int, row Row) error {
		if i == 0 {
			return row.Scan(&total)
		}
		var u Unopened
		var source string
		if err := row.Scan(&u.Incident, &u.Company, (*string)(&u.State), &source); err != nil {
			return err
		}
		err := json.Unmarshal([]byte(source), &u.Source)
		list = append(list, u)
		return err
	})
	return list, total, err
}

// Unchecked lists the cases last checked before a day, the longest ago first and
// those never checked before all, and says how many there are in all.
func (d *DB) Unchecked(ctx context.Context, before vigie.Day) (list []Unchecked, total int, err error) {
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT count(*) FROM care WHERE checked < ?`, string(before)),
		sql(`SELECT i.id, `+careName+`, i.state, i.version, a.checked
			FROM (SELECT doc, checked FROM care WHERE checked < ? ORDER BY checked, doc LIMIT ?) a`+careCases+` ORDER BY a.checked, a.doc`, string(before), int64(CareLength)),
	}, func(i int, row Row) error {
		if i == 0 {
			return row.Scan(&total)
		}
		var u Unchecked
		err := row.Scan(&u.Incident, &u.Company, (*string)(&u.State), &u.Version, (*string)(&u.Checked))
		list = append(list, u)
		return err
	})
	return list, total, err
}

// EveryCase hands over the present version of every case, in any state, by id.
func (d *DB) EveryCase(ctx context.Context, each func(*vigie.Incident) error) error {
	return d.engine.Query(ctx, []SQL{sql(`SELECT i.id, r.body FROM incidents i
		CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version ORDER BY i.id`)}, func(_ int, row Row) error {
		var in vigie.Incident
		var id, body string
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		if err := decode(body, &in); err != nil {
			return fmt.Errorf("incident %s: %w", id, err)
		}
		return each(&in)
	})
}
