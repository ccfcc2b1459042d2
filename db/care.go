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

const (
	// kept are the cases that somebody looks after.
	kept     = `i.state IN ('published', 'draft')`
	careRows = `FROM incidents i CROSS JOIN revisions r ON r.kind = 'incident' AND r.record_id = i.id AND r.version = i.version
		LEFT JOIN companies c ON c.id = i.company
		LEFT JOIN revisions n ON n.kind = 'company' AND n.record_id = c.id AND n.version = c.version`
	careName = `coalesce(n.body ->> '$.name', i.company)`
)

// Unopened lists the sources never opened, those of the oldest cases first, and
// says how many there are in all.
func (d *DB) Unopened(ctx context.Context) (list []Unopened, total int, err error) {
	from := careRows + ` CROSS JOIN json_each(r.body, '$.sources') s WHERE ` + kept + ` AND s.value ->> '$.seen' IN ('headline', 'address')`
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT count(*) ` + from),
		sql(`SELECT i.id, `+careName+`, i.state, s.value `+from+` ORDER BY i.doc, s.key LIMIT ?`, int64(CareLength)),
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
	from := careRows + ` WHERE ` + kept + ` AND coalesce(r.body ->> '$.checked', '') < ?`
	err = d.engine.Query(ctx, []SQL{
		sql(`SELECT count(*) `+from, string(before)),
		sql(`SELECT i.id, `+careName+`, i.state, i.version, coalesce(r.body ->> '$.checked', '') AS checked `+from+` ORDER BY checked, i.doc LIMIT ?`, string(before), int64(CareLength)),
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
