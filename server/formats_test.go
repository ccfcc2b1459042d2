package main

import (
	"net/http"
	"strings"
	"testing"

	"vigie/web"
)

func TestEveryFormatIsServedWhereTheTableSaysAndNowhereElse(t *testing.T) {
	v := loaded(t).visitor()
	addresses := map[web.Surface]string{web.IncidentsSurface: "/incidents", web.IncidentSurface: "/incidents/temu-2024-09", web.TimelineSurface: "/timeline"}
	for _, f := range web.Formats {
		if f.Page {
			continue
		}
		for surface, address := range addresses {
			a := v.get(address + "." + f.Name)
			switch {
			case !f.Serves(surface):
				if a.StatusCode != http.StatusNotFound {
					t.Errorf("%s.%s: %s, the table has no such thing", address, f.Name, a.Status)
				}
			case a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != f.MIME || a.body == "":
				t.Errorf("%s.%s: %s %s, %d bytes", address, f.Name, a.Status, a.Header.Get("Content-Type"), len(a.body))
			case !f.Feed && !strings.Contains(a.Header.Get("Content-Disposition"), "."+f.Name+`"`):
				t.Errorf("%s.%s goes by the file name %q", address, f.Name, a.Header.Get("Content-Disposition"))
			}
		}
	}
}

func TestCSVForExcelBeginsWithItsMarkAndOtherFormatsRefuseToBeAsked(t *testing.T) {
	v := loaded(t).visitor()
	if a := v.get("/incidents.csv?bom=1"); !strings.HasPrefix(a.body, "\ufeff") {
		t.Errorf("%s: begins with %q", a.Status, a.body[:min(10, len(a.body))])
	}
	if a := v.get("/incidents.csv"); strings.HasPrefix(a.body, "\ufeff") {
		t.Error("a mark that nobody asked for")
	}
	if a := v.get("/incidents.json?bom=1"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("bom for JSON: %s", a.Status)
	}
}
