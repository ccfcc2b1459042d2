package main

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"vigie"
	"vigie/web"
)

func TestEveryExampleOfTheHelpFindsSomething(t *testing.T) {
	v := full(t).visitor()
	help := web.Help{Frame: web.Frame{Lang: vigie.English}}
	for _, e := range help.Examples() {
		if e.Box == "" {
			if a := v.get(e.Href); a.StatusCode != http.StatusOK || strings.Count(a.body, "\n") < 2 {
				t.Errorf("%s: %s", e.Href, a.Status)
			}
			continue
		}
		if a := v.get(e.Href); a.StatusCode != http.StatusOK {
			t.Errorf("%s goes to %s: %s", e.Box, e.Href, a.Status)
		}
		var answer vigie.Answer
		if err := json.Unmarshal([]byte(v.see(strings.Replace(e.Href, "/incidents?", "/incidents.json?", 1)).body), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Total == 0 {
			t.Errorf("%s finds nothing", e.Box)
		}
	}
}

type sitemap struct {
	URLs []struct {
		Loc     string    `xml:"loc"`
		LastMod time.Time `xml:"lastmod"`
	} `xml:"url"`
}

func TestTheSitemapListsEveryPageThatMayBeIndexedAndNoOther(t *testing.T) {
	h := full(t)
	v := h.visitor()
	a := v.see("/sitemap.xml")
	var got sitemap
	if err := xml.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]time.Time{}
	noindex := regexp.MustCompile(`<meta name="robots" content="noindex">`)
	for i, u := range got.URLs {
		path, ours := strings.CutPrefix(u.Loc, h.base)
		if _, twice := seen[path]; twice || !ours || strings.ContainsAny(path, "#?") {
			t.Errorf("%s is listed twice, elsewhere or with a part", u.Loc)
		}
		seen[path] = u.LastMod
		if i%7 > 0 && strings.Contains(path, "/en/") { // one language is enough to look at, but for some
			continue
		}
		if a := v.get(path); a.StatusCode != http.StatusOK || noindex.MatchString(a.body) {
			t.Errorf("%s: %s, or not to be indexed", path, a.Status)
		}
	}
	for _, lang := range []string{"/fr", "/en"} {
		for _, path := range []string{"/", "/incidents", "/timeline", "/companies", "/waves", "/corrections", "/about", "/help", "/feeds", "/api", "/dump",
			"/incidents/temu-2024-09", "/companies/temu", "/waves/fr-retail-2024-09"} {
			if _, listed := seen[lang+path]; !listed {
				t.Errorf("%s%s is not listed", lang, path)
			}
		}
	}
	var alleged vigie.Answer
	if err := json.Unmarshal([]byte(v.see("/incidents.json?evidence=alleged&limit=200").body), &alleged); err != nil || len(alleged.Incidents) == 0 {
		t.Fatalf("no case that attackers alone allege: %v", err)
	}
	for _, r := range alleged.Incidents {
		if _, listed := seen["/en/incidents/"+r.ID]; listed {
			t.Errorf("%s is alleged by attackers alone, and listed", r.ID)
		}
	}
	if at, want := seen["/fr/incidents/temu-2024-09"], v.revisedAt("temu-2024-09"); !at.Equal(want) {
		t.Errorf("the case was revised %s, listed %s", want, at)
	}
	if one := v.get("/sitemap/1.xml"); one.body != a.body {
		t.Error("the first part is another list than the whole")
	}
	for _, path := range []string{"/sitemap/2.xml", "/sitemap/01.xml", "/sitemap/1", "/fr/sitemap.xml", "/sitemap.xml?x=1"} {
		if a := v.get(path); a.StatusCode != http.StatusNotFound && a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	if again := v.get("/sitemap.xml", "If-None-Match", a.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %s", again.Status)
	}
}

// revisedAt is when the shown version of a case was saved, to the second.
func (v *visitor) revisedAt(id string) time.Time {
	history, err := v.store.History(v.t.Context(), vigie.IncidentRecord, id)
	if err != nil {
		v.t.Fatal(err)
	}
	return history[len(history)-1].At.Truncate(time.Second)
}

func TestEveryAddressInLLMsTxtIsThere(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	a := v.see("/llms.txt")
	filled := strings.NewReplacer("{id}", "temu-2024-09", "{chart}", "cases", "{n}", "1", "{address of a page}", url.QueryEscape(h.base+"/en/incidents/temu-2024-09")).Replace(a.body)
	found := regexp.MustCompile(regexp.QuoteMeta(h.base)+`[^\s{}),:]*`).FindAllString(filled, -1)
	if len(found) < 10 {
		t.Fatalf("only %d addresses in %s", len(found), a.body)
	}
	for _, address := range found {
		v.see(strings.TrimSuffix(strings.TrimPrefix(address, h.base), "."))
	}
}

func TestRobotsAreToldOfTheSitemap(t *testing.T) {
	h := loaded(t)
	if a := h.visitor().see("/robots.txt"); !strings.Contains(a.body, "\nSitemap: "+h.base+"/sitemap.xml\n") {
		t.Error(a.body)
	}
}

// Whatever page a visitor is on, a reader of feeds finds one to subscribe to, and a page
// of data its data, in every format that it is to be had in.
func TestEveryPublicPageOffersItsFormatsAndFeeds(t *testing.T) {
	v := loaded(t).visitor()
	link := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"`)
	for path, surface := range map[string]web.Surface{
		"/": "", "/incidents": web.IncidentsSurface, "/incidents?q=fuite&sector=electronics": web.IncidentsSurface, "/incidents?q=zorglub": web.IncidentsSurface,
		"/incidents/temu-2024-09": web.IncidentSurface, "/timeline": web.TimelineSurface, "/timeline?company=cultura": web.TimelineSurface, "/corrections": web.TimelineSurface,
		"/companies": web.CompaniesSurface, "/companies/temu": web.TimelineSurface, "/waves": "", "/waves/fr-retail-2024-09": web.TimelineSurface,
		"/about": "", "/credits": "", "/help": "", "/feeds": "", "/api": "", "/dump": "",
	} {
		for _, lang := range []string{"/fr", "/en"} {
			page := v.see(lang + path)
			offered := map[string]bool{}
			feeds := 0
			for _, m := range link.FindAllStringSubmatch(page.body, -1) {
				mime, href := html.UnescapeString(m[1]), html.UnescapeString(m[2])
				bare, _, _ := strings.Cut(href, "?")
				_, f, known := web.SplitFormat(bare)
				if !known || strings.Split(f.MIME, ";")[0] != mime {
					t.Errorf("%s%s offers %s as %s", lang, path, href, mime)
				}
				if f.Feed {
					feeds++
				}
				offered[f.Name] = true
				if a := v.get(href); a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), mime) {
					t.Errorf("%s%s offers %s: %s, %s", lang, path, href, a.Status, a.Header.Get("Content-Type"))
				}
			}
			if feeds == 0 {
				t.Errorf("%s%s offers no feed", lang, path)
			}
			for _, f := range web.Formats {
				if surface != "" && !f.Page && f.Serves(surface) && !offered[f.Name] {
					t.Errorf("%s%s does not offer %s", lang, path, f.Name)
				}
			}
		}
	}
}
