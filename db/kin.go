package db

import (
	"context"
	"fmt"

	"vigie"
)

// Kin are the published cases that share something with a case, each list with the
// newest first and without the case itself. A case may be in several.
type Kin struct {
	Wave     []vigie.Record // of the same campaign
	Supplier []vigie.Record // that came through the same supplier, however its name is written
	Company  []vigie.Record // of the same respondent
}

// Kin lists at most so many of each, in one snapshot: three walks of an index, which
// end with the last case that is listed.
func (d *DB) Kin(ctx context.Context, in *vigie.Incident, most int) (Kin, error) {
	var kin Kin
	lists := []*[]vigie.Record{&kin.Wave, &kin.Supplier, &kin.Company}
	err := d.engine.Query(ctx, kinSQL(in, most), func(i int, row Row) error {
		record, _, err := scanRecord(row)
		*lists[i] = append(*lists[i], record)
		return err
	})
	if err != nil {
		return Kin{}, fmt.Errorf("cases related to %s: %w", in.ID, err)
	}
	return kin, nil
}

// kinSQL asks by the terms of a case. One that it has not, "", no case has.
func kinSQL(in *vigie.Incident, most int) (batch []SQL) {
	for _, shared := range [][2]string{{"wave", in.Wave}, {viaTerm, vigie.Slug(in.Via)}, {"company", in.Company}} {
		batch = append(batch, sql(`SELECT `+recordColumns+` FROM terms t CROSS JOIN incidents i ON i.doc = t.doc`+recordJoins+`
			WHERE t.field = ? AND t.value = ? AND i.id <> ? AND `+shown+` ORDER BY t.doc DESC LIMIT ?`, shared[0], shared[1], in.ID, int64(most)))
	}
	return batch
}

// viaTerm is the field of a case's supplier among its terms, as a slug. No query asks
// for it.
const viaTerm = "via"
