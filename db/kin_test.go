package db

import (
	"strings"
	"testing"

	"vigie"
)

func idsOf(records []vigie.Record) string {
	var ids []string
	for _, r := range records {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func TestKinAreThePublishedCasesOfOneWaveOneSupplierAndOneCompany(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	shop(t, d, "solaire", "Solaire")
	keep := func(id, company, wave, via string, state vigie.State) *vigie.Incident {
		in := claim(id, company)
		in.Wave, in.Via, in.State = wave, via, state
		save(t, d, in, 0)
		return in
	}
	if _, err := d.Save(t.Context(), Save{Wave: &vigie.Wave{ID: "spring", Name: text("Spring")}, By: desk}); err != nil {
		t.Fatal(err)
	}
	one := keep("lunaire-2025-05", "lunaire", "spring", "Cloud & Co", vigie.Published)
	keep("lunaire-2024-05", "lunaire", "", "", vigie.Published)
	keep("lunaire-2023-05", "lunaire", "", "", vigie.Draft)
	keep("solaire-2025-05", "solaire", "spring", "", vigie.Published)
	keep("solaire-2024-05", "solaire", "", "CLOUD & co", vigie.Published)
	keep("solaire-2023-05", "solaire", "", "", vigie.Published)
	kin := must(d.Kin(t.Context(), one, 9))(t)
	is(t, "of the wave", idsOf(kin.Wave), "solaire-2025-05")
	is(t, "of the supplier", idsOf(kin.Supplier), "solaire-2024-05")
	is(t, "of the company", idsOf(kin.Company), "lunaire-2024-05")

	alone := must(d.Incident(t.Context(), "solaire-2023-05"))(t)
	kin = must(d.Kin(t.Context(), &alone.Incident, 1))(t)
	is(t, "without a wave or a supplier", len(kin.Wave)+len(kin.Supplier), 0)
	is(t, "at most one", len(kin.Company), 1)
	for _, q := range kinSQL(one, 6) {
		if found := scans(t, d, q); len(found) > 0 {
			t.Errorf("reads whole tables: %v", found)
		}
	}
	sound(t, d)
}
