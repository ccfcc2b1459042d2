package db

import (
	"context"
	"fmt"

	"vigie"
)

// Listed is a company and how many published cases it has. Version is the base
// for a save. Latest is the last of its cases by the first public word, in the
// list for the public only.
type Listed struct {
	vigie.Company
	Cases   int
	Version int
	Latest  *vigie.Record
}

// Campaign is a wave and how many published cases it joins. Latest is the last
// of them, in the list for the public only.
type Campaign struct {
	vigie.Wave
	Cases   int
	Version int
	Latest  *vigie.Record
}

const (
	listedSQL = `SELECT c.id, c.version, r.body, (SELECT count(*) FROM incidents i WHERE i.company = c.id AND i.shown = 1) AS cases
		FROM companies c JOIN revisions r ON r.kind = 'company' AND r.record_id = c.id AND r.version = c.version`
	campaignSQL = `SELECT w.id, w.version, r.body, (SELECT count(*) FROM incidents i WHERE i.wave = w.id AND i.shown = 1) AS cases
		FROM waves w JOIN revisions r ON r.kind = 'wave' AND r.record_id = w.id AND r.version = w.version`
)

// withLatest lists the companies or waves that have a published case, by name,
// each handed on with its body, its version, its number of cases and the latest.
func (d *DB) withLatest(ctx context.Context, table, kind, column string, each func(body string, version, cases int, latest *vigie.Record) error) error {
	q := sql(fmt.Sprintf(`SELECT `+recordColumns+`, o.version, b.body, (SELECT count(*) FROM incidents x WHERE x.%[3]s = o.id AND x.shown = 1)
		FROM %[1]s o CROSS JOIN revisions b ON b.kind = '%[2]s' AND b.record_id = o.id AND b.version = o.version
		CROSS JOIN incidents i ON i.doc = (SELECT max(x.doc) FROM incidents x WHERE x.%[3]s = o.id AND x.shown = 1)`+recordJoins+`
		ORDER BY o.sort, o.id`, table, kind, column))
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var version, cases int
		var body string
		record, _, err := scanRecord(row, &version, &body, &cases)
		if err != nil {
			return err
		}
		return each(body, version, cases, &record)
	})
	if err != nil {
		return fmt.Errorf("listing the %s: %w", table, err)
	}
	return nil
}

// Companies lists those with a published case, by name: one that is only named
// in drafts is no business of the public.
func (d *DB) Companies(ctx context.Context) (list []Listed, err error) {
	err = d.withLatest(ctx, "companies", vigie.CompanyRecord, "company", func(body string, version, cases int, latest *vigie.Record) error {
		one := Listed{Version: version, Cases: cases, Latest: latest}
		err := decode(body, &one.Company)
		list = append(list, one)
		return err
	})
	return list, err
}

// AllCompanies is for the desk.
func (d *DB) AllCompanies(ctx context.Context) ([]Listed, error) {
	return d.listed(ctx, sql(listedSQL+` ORDER BY c.sort, c.id`))
}

// Company is one, public when its Cases are more than none; or vigie.ErrNotFound.
func (d *DB) Company(ctx context.Context, id string) (Listed, error) {
	list, err := d.listed(ctx, sql(listedSQL+` WHERE c.id = ?`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("company %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return Listed{}, err
	}
	return list[0], nil
}

func (d *DB) listed(ctx context.Context, q SQL) ([]Listed, error) {
	var list []Listed
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var one Listed
		var id, body string
		if err := row.Scan(&id, &one.Version, &body, &one.Cases); err != nil {
			return err
		}
		err := decode(body, &one.Company)
		list = append(list, one)
		return err
	})
	return list, err
}

// Waves lists those with a published case, by name.
func (d *DB) Waves(ctx context.Context) (list []Campaign, err error) {
	err = d.withLatest(ctx, "waves", vigie.WaveRecord, "wave", func(body string, version, cases int, latest *vigie.Record) error {
		one := Campaign{Version: version, Cases: cases, Latest: latest}
		err := decode(body, &one.Wave)
		list = append(list, one)
		return err
	})
	return list, err
}

// AllWaves is for the desk.
func (d *DB) AllWaves(ctx context.Context) ([]Campaign, error) {
	return d.campaigns(ctx, sql(campaignSQL+` ORDER BY w.sort, w.id`))
}

// Wave is one, public when its Cases are more than none; or vigie.ErrNotFound.
func (d *DB) Wave(ctx context.Context, id string) (Campaign, error) {
	list, err := d.campaigns(ctx, sql(campaignSQL+` WHERE w.id = ?`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("wave %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return Campaign{}, err
	}
	return list[0], nil
}

func (d *DB) campaigns(ctx context.Context, q SQL) ([]Campaign, error) {
	var list []Campaign
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var one Campaign
		var id, body string
		if err := row.Scan(&id, &one.Version, &body, &one.Cases); err != nil {
			return err
		}
		err := decode(body, &one.Wave)
		list = append(list, one)
		return err
	})
	return list, err
}
