package vigie

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestCasesAreNamedAfterCompanyAndMonth(t *testing.T) {
	given := map[string]bool{"auchan-2024-11": true, "carrefour-2025-01": true, "carrefour-2025-01-b": true}
	taken := func(id string) bool { return given[id] }
	for _, c := range []struct {
		company string
		first   Date
		want    string
	}{
		{"temu", "2024-09-16", "temu-2024-09"},
		{"temu", "2024-09", "temu-2024-09"},
		{"temu", "2024-09-16/2024-09-17", "temu-2024-09"},
		{"temu", "2024", "temu-2024"},
		{"temu", "2024-08-31/2024-09-01", "temu-2024"},
		{"auchan", "2024-11-19", "auchan-2024-11-b"},
		{"carrefour", "2025-01", "carrefour-2025-01-c"},
	} {
		got, err := NewIncidentID(c.company, c.first, taken)
		if err != nil || got != c.want {
			t.Errorf("%s on %s is named %q (%v), want %q", c.company, c.first, got, err, c.want)
		}
		if !incidentPattern.MatchString(got) {
			t.Errorf("%q is not the form of an id", got)
		}
	}
	if id, err := NewIncidentID("temu", "", taken); err == nil {
		t.Errorf("a case without a date is named %q", id)
	}
	if id, err := NewIncidentID("temu", "2024-09", func(string) bool { return true }); err == nil {
		t.Errorf("an id is given twice: %q", id)
	}
}

func TestNoIDIsGivenTwice(t *testing.T) {
	given := map[string]bool{}
	for range 26 {
		id, err := NewIncidentID("temu", "2024-09", func(id string) bool { return given[id] })
		if err != nil || given[id] {
			t.Fatalf("after %d ids: %q, %v", len(given), id, err)
		}
		given[id] = true
	}
	if id, err := NewIncidentID("temu", "2024-09", func(id string) bool { return given[id] }); !errors.Is(err, ErrConflict) {
		t.Errorf("the 27th case of a month is named %q (%v)", id, err)
	}
}

func TestNextIDIsTheFirstFree(t *testing.T) {
	used := map[string]bool{"s1": true, "s2": true, "s4": true}
	if got := NextID("s", func(id string) bool { return used[id] }); got != "s3" {
		t.Errorf("next is %s", got)
	}
}

func TestAMergedStatementKeepsItsIdentity(t *testing.T) {
	s := Statement{ID: "s7"}
	if s.FullID("temu-2024-09") != "temu-2024-09/s7" {
		t.Error(s.FullID("temu-2024-09"))
	}
	s.Was = "temu-2024-10/s1"
	if s.FullID("temu-2024-09") != "temu-2024-10/s1" {
		t.Error(s.FullID("temu-2024-09"))
	}
}

func TestUUIDsFollowFromTheID(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.String().Draw(t, "id")
		if u := UUID(id); !form.MatchString(u) || URN(id) != "urn:uuid:"+u || UUID(id) != u {
			t.Fatalf("%q has UUID %s", id, u)
		}
	})
	// The words of the design: the first 16 bytes of SHA-256("vigie:" + id).
	sum := sha256.Sum256([]byte("vigie:temu-2024-09/s1"))
	want := hex.EncodeToString(sum[:])
	if got := UUID("temu-2024-09/s1"); got[:8] != want[:8] || got[24:] != want[20:32] {
		t.Errorf("%s does not begin and end like %s", got, want[:32])
	}
}

func TestSlugs(t *testing.T) {
	for name, want := range map[string]string{
		"Décathlon": "decathlon", "M&S": "m-s", "L’Oréal": "l-oreal", "Cœur de Lion": "coeur-de-lion", "  7-Eleven  ": "7-eleven", "E.Leclerc": "e-leclerc", "!!!": "",
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := Slug(rapid.String().Draw(t, "name"))
		if Slug(once) != once {
			t.Fatalf("%q becomes %q", once, Slug(once))
		}
	})
}
