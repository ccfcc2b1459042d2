package main

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"vigie"
	"vigie/web"
)

// place is a route of everybody and what to ask there, without language or format, of a
// house that has the first cases. Every proof that goes over "every page" goes over these.
type place struct {
	route   string
	page    bool // it shows a page to people
	ask     []string
	program bool // its answer is not of an edition, or is a file of its own
}

var places = []place{
	{route: web.HomePath, page: true, ask: []string{"/"}},
	{route: web.IncidentsPath, page: true, ask: []string{"/incidents", "/incidents?q=fuite", "/incidents?evidence=reported&sort=recorded", "/incidents?q=zorglub"}},
	{route: web.IncidentsPath + "/:id", page: true, ask: []string{"/incidents/temu-2024-09", "/incidents/boulanger-2024-09", "/incidents/temu-2024-09?as_of=2024-09-17", "/incidents/temu-2024-09?version=1"}},
	{route: web.IncidentsPath + "/:id/history", page: true, ask: []string{"/incidents/temu-2024-09/history"}},
	{route: web.IncidentsPath + "/:id/reply", page: true, ask: []string{"/incidents/temu-2024-09/reply"}},
	{route: "/embed/incidents/:id", page: true, ask: []string{"/embed/incidents/temu-2024-09"}},
	{route: "/embed/figures/:chart", page: true, ask: []string{"/embed/figures/cases", "/embed/figures/claimed?sector=electronics"}},
	{route: "/oembed", ask: []string{"/oembed"}, program: true},
	{route: "/figures", page: true, ask: []string{"/figures", "/figures?sector=electronics"}},
	{route: "/figures/:file", ask: []string{"/figures/cases.svg", "/figures/claimed.svg"}, program: true},
	{route: web.TimelinePath, page: true, ask: []string{"/timeline", "/timeline?company=temu", "/timeline?lanes=role"}},
	{route: web.CompaniesPath, page: true, ask: []string{"/companies"}},
	{route: web.CompaniesPath + "/:id", page: true, ask: []string{"/companies/temu"}},
	{route: "/vocabulary", ask: []string{"/vocabulary"}},
	{route: web.WavesPath, page: true, ask: []string{"/waves"}},
	{route: web.WavesPath + "/:id", page: true, ask: []string{"/waves/fr-retail-2024-09"}},
	{route: web.CorrectionsPath, page: true, ask: []string{"/corrections"}},
	{route: web.FeedsPath, page: true, ask: []string{"/feeds"}},
	{route: web.OPMLPath, ask: []string{"/opml"}},
	{route: web.HelpPath, page: true, ask: []string{"/help"}},
	{route: web.AboutPath, page: true, ask: []string{"/about"}},
	{route: web.CreditsPath, page: true, ask: []string{"/credits"}},
	{route: web.APIPath, page: true, ask: []string{"/api"}},
	{route: "/openapi", ask: []string{"/openapi"}, program: true},
	{route: web.DumpPath, page: true, ask: []string{"/dump"}, program: true},
	{route: web.DumpPath + "/:file", ask: []string{"/dump/SHA256SUMS"}, program: true},
	{route: "/problems/:slug", page: true, ask: []string{"/problems/not-found"}},
	{route: "/healthz", ask: []string{"/healthz"}, program: true},
	{route: "/readyz", ask: []string{"/readyz"}, program: true},
	{route: "/robots.txt", ask: []string{"/robots.txt"}, program: true},
	{route: web.SitemapPath, ask: []string{"/sitemap.xml"}},
	{route: "/sitemap/:part", ask: []string{"/sitemap/1.xml"}},
	{route: web.LLMsPath, ask: []string{"/llms.txt"}},
}

// deskPlaces are the pages of the editors, for a house that has a candidate, a run and a
// watch: {candidate} and {run} stand for their ids.
var deskPlaces = []place{
	{route: web.DeskPath, ask: []string{"/desk"}},
	{route: "/desk/candidates/:id", ask: []string{"/desk/candidates/{candidate}"}},
	{route: web.CasesPath, ask: []string{"/desk/incidents"}},
	{route: "/desk/new", ask: []string{"/desk/new"}},
	{route: web.CasesPath + "/:id", ask: []string{"/desk/incidents/temu-2024-09"}},
	{route: web.CasesPath + "/:id/actions", ask: []string{"/desk/incidents/temu-2024-09/actions"}},
	{route: web.DeskCompaniesPath, ask: []string{"/desk/companies"}},
	{route: web.DeskCompaniesPath + "/new", ask: []string{"/desk/companies/new"}},
	{route: web.DeskCompaniesPath + "/edit/:id", ask: []string{"/desk/companies/edit/temu"}},
	{route: web.DeskWavesPath, ask: []string{"/desk/waves"}},
	{route: web.DeskWavesPath + "/new", ask: []string{"/desk/waves/new"}},
	{route: web.DeskWavesPath + "/edit/:id", ask: []string{"/desk/waves/edit/fr-retail-2024-09"}},
	{route: web.CarePath, ask: []string{"/desk/care"}},
	{route: "/desk/replies", ask: []string{"/desk/replies"}},
	{route: "/desk/people", ask: []string{"/desk/people"}},
	{route: web.WatchesPath, ask: []string{"/desk/watches"}},
	{route: web.WatchesPath + "/new", ask: []string{"/desk/watches/new"}},
	{route: web.WatchesPath + "/edit/:id", ask: []string{"/desk/watches/edit/{watch}"}},
	{route: web.RunsPath, ask: []string{"/desk/runs"}},
	{route: web.RunsPath + "/:id", ask: []string{"/desk/runs/{run}"}},
}

// served are the rows of the table that this program has a route for.
func served(rows []place, routes []route) (out []place) {
	for _, row := range rows {
		if slices.ContainsFunc(routes, func(r route) bool { return r.method == "GET" && r.path == row.route }) {
			out = append(out, row)
		}
	}
	return out
}

func TestEveryAddressThatIsReadIsProved(t *testing.T) {
	for _, table := range []struct {
		routes []route
		rows   []place
	}{{public, places}, {desk, deskPlaces}} {
		for _, r := range table.routes {
			if r.method == "GET" && !slices.ContainsFunc(table.rows, func(p place) bool { return p.route == r.path }) {
				t.Errorf("%s has no row in the table of places: nobody proves that it is well", r.path)
			}
		}
		for _, p := range table.rows {
			if len(served([]place{p}, table.routes)) == 0 {
				t.Errorf("%s is proved, and is not there", p.route)
			}
		}
	}
}

// pagesOf are the addresses of every page, in a language.
func pagesOf(lang vigie.Lang) (out []string) {
	for _, p := range served(places, public) {
		if p.page {
			for _, ask := range p.ask {
				out = append(out, web.PagePath(lang, ask))
			}
		}
	}
	return out
}

func TestEveryPageIsThere(t *testing.T) {
	v := loaded(t).visitor()
	for _, lang := range vigie.Langs {
		for _, path := range pagesOf(lang) {
			if a := v.get(path); a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				t.Errorf("%s: %s, %s", path, a.Status, cmp.Or(a.Header.Get("Content-Type"), "no type"))
			}
		}
	}
}
