package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// follows reads a feed as a reader of feeds does.
func (v *visitor) follows(path string) *gofeed.Feed {
	v.t.Helper()
	feed, err := gofeed.NewParser().ParseString(v.see(path).body)
	if err != nil {
		v.t.Fatalf("%s: %v", path, err)
	}
	return feed
}

// order is the guids of a feed as they stand in it.
func order(f *gofeed.Feed) (list []string) {
	for _, item := range f.Items {
		list = append(list, item.GUID)
	}
	return list
}

// linked are the links of the Link header, by relation, without host.
func (v *visitor) linked(a answer) map[string]string {
	links := map[string]string{}
	for _, link := range strings.Split(a.Header.Get("Link"), ", ") {
		address, rest, _ := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		_, rel, _ := strings.Cut(rest, `rel="`)
		rel, _, _ = strings.Cut(rel, `"`)
		links[rel] = strings.TrimPrefix(address, v.base)
	}
	return links
}

// keeps saves a case as it is after a change of the stored one.
func (h *house) keeps(id string, change func(*vigie.Incident)) {
	h.t.Helper()
	record := h.draft(id)
	in := record.Incident
	change(&in)
	if _, err := h.store.Save(context.Background(), db.Save{Incident: &in, Base: record.Derived.Version, By: vigie.Signature{Author: "camille", Note: "Un essai."}}); err != nil {
		h.t.Fatal(err)
	}
}

// later has whatever is saved from now on be saved hours after what is there, each
// an hour after the last: feeds tell seconds. It is another program at the same
// database, too.
func (h *house) later() {
	h.t.Helper()
	engine, err := db.OpenSQLite(h.file)
	if err != nil {
		h.t.Fatal(err)
	}
	now := time.Now()
	store, err := db.Open(context.Background(), engine, func() time.Time { now = now.Add(time.Hour); return now })
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { store.Close() })
	h.store = store
}

// another is a case with an id of its own and as many words of the press.
func another(id, company, day string, words int) vigie.Incident {
	in := vigie.Incident{
		ID: id, State: vigie.Published, Company: company, Kind: "data_breach", Disclosed: vigie.Date(day),
		Sources: []vigie.Source{{ID: "r1", URL: "https://gazette.example/" + id, Publisher: "La Gazette", Title: "Un essai", Lang: "fr", Kind: "article", Seen: vigie.SeenFull}},
	}
	for n := range words {
		in.Statements = append(in.Statements, vigie.Statement{
			ID: fmt.Sprintf("s%d", n+1), By: vigie.Speaker{Role: vigie.Press, Name: "La Gazette"}, Acts: []vigie.Act{vigie.Reports}, On: vigie.Date(day), Sources: []string{"r1"},
			Text: vigie.Text{FR: "Fait état d’une fuite.", EN: "Reports a leak."},
		})
	}
	return in
}

func (h *house) adds(cases ...vigie.Incident) {
	h.t.Helper()
	var saves []db.Save
	for i := range cases {
		saves = append(saves, db.Save{Incident: &cases[i], By: loader})
	}
	if _, err := h.store.Save(context.Background(), saves...); err != nil {
		h.t.Fatal(err)
	}
}

var feedEnds = []string{".rss", ".atom", ".jsonfeed"}

func TestTheArchivesOfAFeedStayAsTheyAreWhenNewsComes(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	cases := []vigie.Incident{another("temu-2019-01", "temu", "2019-01", 61)}
	for n := range 57 {
		cases = append(cases, another(fmt.Sprintf("temu-2020-%02d", n), "temu", "2020-01-02", 1))
	}
	h.adds(cases...)
	type page struct {
		address, body string
		guids         []string
	}
	walk := func(path string) (pages []page) {
		for path != "" {
			a := v.get(path)
			if a.StatusCode != http.StatusOK {
				t.Fatalf("%s: %s", path, a.Status)
			}
			links := v.linked(a)
			if links["next"] != links["prev-archive"] || (links["current"] != "") != (len(pages) > 0) || len(pages) > 0 && links["current"] != pages[0].address {
				t.Errorf("%s: links %v", path, links)
			}
			pages = append(pages, page{path, a.body, order(must(gofeed.NewParser().ParseString(a.body)))})
			path = links["prev-archive"]
		}
		return pages
	}
	paths := []string{"/timeline", "/en/incidents", "/fr/companies/temu", "/incidents/temu-2019-01", "/timeline?content=summary&q=gazette"}
	walked := map[string][]page{}
	for _, path := range paths {
		for _, end := range feedEnds {
			bare, query, _ := strings.Cut(path, "?")
			address := bare + end + suffix(query)
			pages := walk(address)
			walked[address] = pages
			var all []string
			for i, p := range pages {
				all = append(all, p.guids...)
				if i > 0 && len(p.guids) != db.FeedLength {
					t.Errorf("%s: archive page %d has %d items", address, i, len(p.guids))
				}
			}
			whole := slices.Clone(all)
			slices.Sort(whole)
			if n := len(all); len(slices.Compact(whole)) != n || len(pages) != n/db.FeedLength || len(pages[0].guids) != db.FeedLength+n%db.FeedLength || len(pages) < 2 {
				t.Errorf("%s: %d items, %d of them different, in %d pages, the first of %d", address, n, len(slices.Compact(whole)), len(pages), len(pages[0].guids))
			}
		}
	}
	h.adds(another("temu-2021-01", "temu", "2021-01-02", 3))
	for address, pages := range walked {
		if strings.Contains(address, "/incidents/") {
			continue // another case is no news of this one
		}
		if slices.Equal(order(v.follows(address)), pages[0].guids) {
			t.Errorf("%s does not tell the news", address)
		}
		for _, p := range pages[1:] {
			if again := v.get(p.address); again.body != p.body {
				t.Errorf("the archive page %s is another now", p.address)
			}
		}
	}
	h.keeps("temu-2019-01", func(in *vigie.Incident) {
		more := in.Statements[0]
		more.ID = "s62"
		in.Statements = append(in.Statements, more)
	})
	for _, pages := range walked {
		for _, p := range pages[1:] {
			if again := v.follows(p.address); !slices.Equal(order(again), p.guids) {
				t.Errorf("the archive page %s holds other items now", p.address)
			}
		}
	}
	if links := v.linked(v.get("/timeline.atom?limit=10")); links["next"] == "" || links["prev-archive"] != "" || links["current"] != "" {
		t.Errorf("pages of a reader's own length are no archives: %v", links)
	}
}

func TestACaseAddedLateIsNewsWhateverItsDate(t *testing.T) {
	h := loaded(t)
	v := h.visitor()
	h.adds(another("temu-2015-01", "temu", "2015-01-02", 1))
	for _, end := range feedEnds {
		for path, id := range map[string]string{"/timeline": "temu-2015-01/s1", "/incidents": "temu-2015-01", "/companies/temu": "temu-2015-01/s1"} {
			if first := v.follows(path + end).Items[0]; first.GUID != vigie.URN(id) {
				t.Errorf("%s%s begins with %q", path, end, first.Title)
			}
		}
	}
	if title := v.follows("/en/timeline.atom").Items[0].Title; !strings.HasSuffix(title, "[2 January 2015]") {
		t.Errorf("an old word is told as one of today: %q", title)
	}
}

func TestAFeedMovesForWhatCountsAndForNothingElse(t *testing.T) {
	h := loaded(t)
	h.later()
	v := h.visitor()
	var addresses []string
	for _, path := range []string{"/timeline", "/fr/timeline", "/en/timeline", "/companies/temu", "/waves/fr-retail-2024-09", "/incidents/temu-2024-09", "/corrections", "/incidents"} {
		for _, end := range feedEnds {
			addresses = append(addresses, path+end)
		}
	}
	addresses = append(addresses, web.FeedAddresses()...)
	read := func() (bodies map[string]string, feeds map[string]*gofeed.Feed) {
		bodies, feeds = map[string]string{}, map[string]*gofeed.Feed{}
		for _, address := range addresses {
			bodies[address], feeds[address] = v.see(address).body, v.follows(address)
		}
		return
	}
	bodies, feeds := read()

	// What no feed shows leaves each of them as it is, byte for byte: only the
	// cases in JSON say which revision they are of.
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Sources[0].Licence = "CC BY 4.0" })
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Sources[0].Retrieved = "2024-10-01T10:00:00Z" })
	quiet, _ := read()
	for address, body := range quiet {
		if body != bodies[address] && address != "/incidents.jsonfeed" {
			t.Errorf("a cosmetic edit moves %s", address)
		}
	}
	// A wording that they do show is right at the next look, and news to nobody.
	h.keeps("temu-2024-09", func(in *vigie.Incident) {
		in.Summary = vigie.Text{FR: "Un autre résumé.", EN: "Another summary."}
		in.Statements[0].Text = vigie.Text{FR: "Autrement dit.", EN: "In other words."}
		in.Checked = "2026-03-01"
	})
	_, now := read()
	for address, feed := range now {
		was := feeds[address]
		if !slices.Equal(order(feed), order(was)) || feed.Updated != was.Updated {
			t.Errorf("%s: a wording is news", address)
		}
		for i, item := range feed.Items {
			if of := was.Items[i]; item.Published != of.Published || item.Updated != of.Updated || item.Title != of.Title {
				t.Errorf("%s: a wording moves %q", address, item.Title)
			}
		}
	}
	if body := v.see("/fr/timeline.rss?limit=200").body; !strings.Contains(body, "Autrement dit.") {
		t.Error("the wording is not the new one")
	}

	// A correction is one item of its own, in every feed that the case is in.
	feeds = now
	version := h.draft("temu-2024-09").Derived.Version + 1
	h.keeps("temu-2024-09", func(in *vigie.Incident) { in.Statements[0].Figures[0].Min-- })
	guid := vigie.URN(fmt.Sprintf("temu-2024-09/c%d", version))
	_, now = read()
	for address, feed := range now {
		was := order(feeds[address])
		switch {
		case strings.HasPrefix(address, "/waves"):
			if !slices.Equal(order(feed), was) {
				t.Errorf("%s tells of a case that is not in it", address)
			}
		case strings.HasPrefix(address, "/incidents."):
			one := 1
			if strings.HasSuffix(address, ".rss") { // which has no updated
				one = 0
			}
			if !slices.Equal(order(feed), was) || moved(feeds[address], feed) != one || feed.Updated == feeds[address].Updated && feed.FeedType != "json" {
				t.Errorf("%s: not the feed and one entry moved: %d", address, moved(feeds[address], feed))
			}
		case feed.Items[0].GUID != guid || !slices.Equal(order(feed)[1:], was):
			t.Errorf("%s: the correction is not one item before the %d that were told", address, len(was))
		}
	}
}

// moved counts the entries that say they were updated since.
func moved(was, is *gofeed.Feed) (n int) {
	before := map[string]string{}
	for _, item := range was.Items {
		before[item.GUID] = item.Updated
	}
	for _, item := range is.Items {
		if at, ok := before[item.GUID]; ok && at != item.Updated {
			n++
		}
	}
	return n
}

func TestMergesAndRetractionsAreToldOnceAndTheFeedOfAMergedCaseLeadsOn(t *testing.T) {
	h := loaded(t)
	v, editor := h.visitor(), h.editor("camille")
	for _, end := range feedEnds {
		if len(v.follows("/corrections"+end).Items) != 0 {
			t.Fatal("there are corrections already")
		}
	}
	before := v.told()
	editor.mustDo("truffaut-2024-09", "merge", "La même attaque, pour l’essai.", url.Values{"into": {"cultura-2024-09"}})
	told := news(before, v.told())
	if len(told) != 1 || !strings.Contains(told[0], "réuni") {
		t.Errorf("the merge is told as %q", told)
	}
	for guid := range before {
		if _, ok := v.told()[guid]; !ok {
			t.Errorf("the merge lost %q", before[guid])
		}
	}
	for _, end := range feedEnds {
		a := v.get("/en/incidents/truffaut-2024-09" + end)
		if a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != "/en/incidents/cultura-2024-09"+end {
			t.Errorf("the feed of a merged case: %s %s", a.Status, a.Header.Get("Location"))
		}
	}
	before = v.told()
	editor.mustDo("temu-2024-09", "retract", "Un essai de retrait.", nil)
	after := v.told()
	told = news(before, after)
	if len(told) != 1 || !strings.Contains(told[0], "retiré") {
		t.Errorf("the retraction is told as %q", told)
	}
	for guid, title := range after {
		if _, ok := before[guid]; ok && strings.HasPrefix(title, "Temu") {
			t.Errorf("what was taken back is repeated: %q", title)
		}
	}
	for _, end := range feedEnds {
		if items := v.follows("/corrections" + end).Items; len(items) != 2 || !strings.Contains(items[0].Content+items[0].Description, "Un essai de retrait.") {
			t.Errorf("/corrections%s: %d items", end, len(items))
		}
	}
}

func TestTheListOfFeedsLeadsToFeeds(t *testing.T) {
	v := loaded(t).visitor()
	for path, lang := range map[string]string{"/opml": "fr", "/fr/opml": "fr", "/en/opml": "en"} {
		a := v.get(path)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != web.OPMLMIME || a.Header.Get("Content-Language") != lang {
			t.Fatalf("%s: %s %s %s", path, a.Status, a.Header.Get("Content-Type"), a.Header.Get("Content-Language"))
		}
		var list struct {
			Groups []struct {
				Feeds []struct {
					XML  string `xml:"xmlUrl,attr"`
					HTML string `xml:"htmlUrl,attr"`
					Lang string `xml:"language,attr"`
				} `xml:"outline"`
			} `xml:"body>outline"`
		}
		if err := xml.Unmarshal([]byte(a.body), &list); err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, g := range list.Groups {
			for _, f := range g.Feeds {
				count++
				feed, page := v.get(strings.TrimPrefix(f.XML, v.base)), v.get(strings.TrimPrefix(f.HTML, v.base))
				if feed.StatusCode != http.StatusOK || page.StatusCode != http.StatusOK || feed.Header.Get("Content-Language") != lang || f.Lang != lang {
					t.Errorf("%s names %s (%s) and %s (%s)", path, f.XML, feed.Status, f.HTML, page.Status)
				}
			}
		}
		if count < 3+4+1 { // of everything, of four companies, of their wave
			t.Errorf("%s: %d feeds", path, count)
		}
		if again := v.get(path, "If-None-Match", a.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %s", path, again.Status)
		}
	}
	for path, want := range map[string]int{"/opml?x=1": http.StatusBadRequest, "/opml.rss": http.StatusNotFound} {
		if a := v.get(path); a.StatusCode != want {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

// offered are the feeds that the head of a page names, by media type.
func offered(t *testing.T, page string) map[string][]string {
	t.Helper()
	feeds := map[string][]string{}
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return feeds
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			at := map[string]string{}
			for _, a := range token.Attr {
				at[a.Key] = a.Val
			}
			if token.Data == "body" {
				return feeds
			}
			if token.Data == "link" && at["rel"] == "alternate" && at["title"] != "" {
				feeds[at["type"]] = append(feeds[at["type"]], at["href"])
			}
		}
	}
}

func TestEveryPublicPageNamesItsFeeds(t *testing.T) {
	v := loaded(t).visitor()
	fill := strings.NewReplacer(web.IncidentsPath+"/:id", web.IncidentPath("temu-2024-09"), web.CompaniesPath+"/:id", web.CompanyPath("temu"), web.WavesPath+"/:id", web.WavePath("fr-retail-2024-09"), ":slug", "not-found")
	seen := map[string]bool{}
	for _, r := range public {
		for _, lang := range vigie.Langs {
			path := web.PagePath(lang, fill.Replace(r.path))
			a := v.get(path)
			if strings.HasPrefix(r.path, web.EmbedPath) { // a card in another site's page leads to the case, which names them
				continue
			}
			if r.method != http.MethodGet || a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				continue
			}
			seen[r.path] = true
			feeds := offered(t, a.body)
			for _, f := range web.Formats {
				if !f.Feed {
					continue
				}
				kind, _, _ := strings.Cut(f.MIME, ";")
				if len(feeds[kind]) == 0 {
					t.Errorf("%s names no feed in %s", path, f.Label)
				}
				for _, href := range feeds[kind] {
					if feed := v.get(href); feed.StatusCode != http.StatusOK || feed.Header.Get("Content-Type") != f.MIME {
						t.Errorf("%s names %s: %s %s", path, href, feed.Status, feed.Header.Get("Content-Type"))
					}
				}
			}
		}
	}
	for _, path := range []string{web.HomePath, web.IncidentsPath + "/:id", web.IncidentsPath + "/:id/history", web.CompaniesPath, web.CompaniesPath + "/:id", web.WavesPath + "/:id", web.TimelinePath, web.CorrectionsPath, web.FeedsPath, web.AboutPath} {
		if !seen[path] {
			t.Errorf("%s is no page of those looked at: %v", path, slices.Sorted(maps.Keys(seen)))
		}
	}
}

func TestAFeedNamesItsMarkItsPageAndItself(t *testing.T) {
	v := loaded(t).visitor()
	for _, path := range []string{"/timeline", "/en/incidents", "/fr/companies/temu"} {
		for _, end := range feedEnds {
			address := path + end + "?content=summary"
			f := v.follows(address)
			if f.FeedLink != v.base+address || v.linked(v.get(address))["self"] != address {
				t.Errorf("%s calls itself %s", address, f.FeedLink)
			}
			if f.Image == nil || v.get(strings.TrimPrefix(f.Image.URL, v.base)).Header.Get("Content-Type") != "image/png" {
				t.Errorf("%s: its mark is %+v", address, f.Image)
			}
			if page := v.get(strings.TrimPrefix(f.Link, v.base)); page.StatusCode != http.StatusOK {
				t.Errorf("%s leads to %s: %s", address, f.Link, page.Status)
			}
			if f.UpdatedParsed != nil && f.UpdatedParsed.After(time.Now()) {
				t.Errorf("%s was updated at %s", address, f.Updated)
			}
		}
	}
}
