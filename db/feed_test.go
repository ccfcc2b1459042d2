package db

import (
	"fmt"
	"strings"
	"testing"

	"vigie"
)

// archive is a feed read to its end: the cursor of each page after the first, and
// what it holds.
type archive struct {
	first   []string
	cursors []string
	pages   map[string]string
}

func (a *archive) add(cursor string, ids []string) {
	if cursor == "" {
		a.first = ids
		return
	}
	a.cursors = append(a.cursors, cursor)
	a.pages[cursor] = strings.Join(ids, " ")
}

// feeds are the two sorts of feeds, each read to its end.
var feeds = map[string]func(testing.TB, *DB, vigie.Query) archive{
	"cases": func(t testing.TB, d *DB, q vigie.Query) archive {
		a := archive{pages: map[string]string{}}
		for {
			page := must(d.CaseFeed(t.Context(), q))(t)
			var ids []string
			for _, r := range page.Incidents {
				ids = append(ids, r.ID)
			}
			a.add(q.Cursor, ids)
			if q.Cursor = page.Next; q.Cursor == "" {
				return a
			}
		}
	},
	"timeline": func(t testing.TB, d *DB, q vigie.Query) archive {
		a := archive{pages: map[string]string{}}
		for {
			page := must(d.TimelineFeed(t.Context(), q))(t)
			var ids []string
			for _, item := range page.Items {
				ids = append(ids, item.ID)
			}
			a.add(q.Cursor, ids)
			is(t, "the page before", page.Prev, "")
			if q.Cursor = page.Next; q.Cursor == "" {
				return a
			}
		}
	},
}

// News of every kind but removals comes: the addresses of older pages of a feed
// stay, and so does what they hold (RFC 5005 §4).
func TestArchivePagesStayWhenNewsComes(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	shop(t, d, "autre", "Autre")
	queries := []vigie.Query{{}, {Company: []string{"lunaire"}}, {Q: "grosmatou"}}
	before := map[string]archive{}
	written, longest := 0, 0
	for range 18 {
		for range 7 {
			company := []string{"lunaire", "autre"}[written%2]
			in := claim(numbered(company, written), company)
			in.Disclosed, in.Statements[0].On = "", vigie.Date(fmt.Sprintf("20%02d-05", 10+written%9)) // no order but that of recording
			save(t, d, in, 0)
			written++
		}
		for i, q := range queries {
			for name, read := range feeds {
				key := fmt.Sprintf("%s of query %d", name, i)
				now, was := read(t, d, q), before[key]
				total := len(now.first) + FeedLength*len(now.cursors)
				if i != 1 {
					is(t, key+": items", total, written)
				}
				if n := len(now.first); n >= 2*FeedLength || n < FeedLength && len(now.cursors) > 0 {
					t.Errorf("%s: %d items on the first page of %d", key, n, total)
				}
				for _, cursor := range was.cursors {
					if now.pages[cursor] == "" || now.pages[cursor] != was.pages[cursor] {
						t.Fatalf("%s: the page at %s held %q and now %q", key, cursor, was.pages[cursor], now.pages[cursor])
					}
				}
				before[key], longest = now, max(longest, len(now.cursors))
			}
		}
	}
	is(t, "archive pages of the longest", longest, 126/FeedLength-1)

	for name, read := range feeds { // the day of the item at the edge is corrected, its place is not
		was := read(t, d, vigie.Query{})
		edge, _, _ := strings.Cut(was.first[len(was.first)-1], "/")
		in := must(d.Draft(t.Context(), edge))(t)
		in.Disclosed, in.Statements[0].On = "2001", "2001"
		save(t, d, &in.Incident, in.Derived.Version)
		is(t, name+": addresses after a day was corrected", fmt.Sprint(read(t, d, vigie.Query{}).cursors), fmt.Sprint(was.cursors))
	}
}

func TestAPageOfAFeedAskedAsAListSaysHowManyThereAre(t *testing.T) {
	d := open(t)
	shop(t, d, "lunaire", "Lunaire")
	for i := range 60 {
		save(t, d, claim(numbered("lunaire", i), "lunaire"), 0)
	}
	page := must(d.CaseFeed(t.Context(), vigie.Query{}))(t)
	is(t, "total of the feed", page.Total, 60)
	list := must(d.Search(t.Context(), vigie.Query{Sort: "recorded", Cursor: page.Next}))(t)
	is(t, "total of the list", list.Total, 60)
	is(t, "the same page", list.Incidents[0].ID, must(d.CaseFeed(t.Context(), vigie.Query{Cursor: page.Next}))(t).Incidents[0].ID)
}

// A timeline that is synchronised page by page tells nothing twice.
func TestATimelineSinceAnEditionStopsAtTheOneItBeganWith(t *testing.T) {
	d := library(t)
	q := vigie.Query{UpdatedSince: 1, Limit: 1}
	page := must(d.Timeline(t.Context(), q))(t)
	began := page.Edition
	var told []string
	for {
		told = append(told, page.Items[0].ID)
		if page.Next == "" {
			break
		}
		if len(told) == 1 {
			in := claim("lunaire-2018", "lunaire")
			in.Statements[0].On, in.Disclosed = "2018", "2018" // older than all that is still to come
			save(t, d, in, 0)
		}
		q.Cursor = page.Next
		page = must(d.Timeline(t.Context(), q))(t)
		is(t, "edition of a later page", page.Edition, began)
	}
	is(t, "told", strings.Join(told, " "), coeur+"/s1 "+old+"/s1")
	is(t, "and in the next one", items(t, d, vigie.Query{UpdatedSince: began}), "lunaire-2018/s1")
}

func TestAnswersAreWordsOfCompaniesThatCount(t *testing.T) {
	d := library(t)
	unread := denial(claim("coeur-vaillant-2025-07", "coeur-vaillant"))
	unread.Sources = append(unread.Sources, vigie.Source{ID: "r2", Publisher: "La Gazette", Title: "Un démenti", Seen: vigie.SeenHeadline})
	unread.Statements[1].Sources, unread.Statements[1].On = []string{"r2"}, "2025-07-01"
	save(t, d, unread, 0)
	earlier := denial(claim("coeur-vaillant-2020", "coeur-vaillant"))
	earlier.Statements[1].On = "2020-02"
	save(t, d, earlier, 0)
	say := func(n int) string {
		var ids []string
		for _, item := range must(d.Answers(t.Context(), n))(t) {
			ids = append(ids, item.ID)
		}
		return strings.Join(ids, " ")
	}
	is(t, "answers", say(6), lunaire+"/s2 coeur-vaillant-2020/s2")
	is(t, "the latest", say(1), lunaire+"/s2")
	must(d.Retract(t.Context(), lunaire, 1, "wrong", desk))(t)
	is(t, "without the retracted case", say(6), "coeur-vaillant-2020/s2")
}

func TestSpeakersOfAnOlderDatabaseAreWorkedOutWhenItIsOpened(t *testing.T) {
	d := library(t)
	headline := denial(claim("lunaire-2020", "lunaire"))
	headline.Sources[0].Seen = vigie.SeenHeadline
	save(t, d, headline, 0)
	must(d.Retract(t.Context(), coeur, 1, "wrong", desk))(t)
	list := must(readMigrations(shipped))(t)
	for _, m := range list {
		if !strings.Contains(m.name, "tokens") {
			continue
		}
		again := []SQL{sql(`DROP INDEX events_speaker`), sql(`ALTER TABLE events DROP COLUMN speaker`), sql(`DROP TABLE tokens`)}
		if _, err := d.engine.Exec(t.Context(), append(again, m.batch...)...); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, d)
}

func TestTheMomentIsThatOfTheEdition(t *testing.T) {
	d := open(t)
	edition, at, err := d.Moment(t.Context())
	if edition != 0 || !at.IsZero() || err != nil {
		t.Errorf("of nothing: %d, %s, %v", edition, at, err)
	}
	shop(t, d, "lunaire", "Lunaire")
	r := save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	draft := claim("lunaire-2025-06", "lunaire")
	draft.State = vigie.Draft
	save(t, d, draft, 0) // changes nothing for the public
	edition, at, err = d.Moment(t.Context())
	if edition != r.Edition || !at.Equal(r.At) || err != nil {
		t.Errorf("got %d, %s, %v; want %d, %s", edition, at, err, r.Edition, r.At)
	}
}

func TestCompaniesAndWavesComeWithTheirLatestCase(t *testing.T) {
	d := library(t)
	var rows []string
	for _, c := range must(d.Companies(t.Context()))(t) {
		rows = append(rows, fmt.Sprintf("%s: %s of %d, %s", c.Name, c.Latest.ID, c.Cases, c.Latest.Respondent.Name))
	}
	is(t, "companies", strings.Join(rows, "; "), "Cœur Vaillant: "+coeur+" of 1, Cœur Vaillant; Lunaire: "+lunaire+" of 2, Lunaire")
	must(d.Retract(t.Context(), lunaire, 1, "wrong", desk))(t)
	list := must(d.Companies(t.Context()))(t)
	is(t, "the latest that is left", list[1].Latest.ID, old)
	is(t, "waves without a case", len(must(d.Waves(t.Context()))(t)), 0)
	in := claim("lunaire-2021", "lunaire")
	in.Wave = "may-2025"
	save(t, d, in, 0)
	is(t, "the latest of a wave", must(d.Waves(t.Context()))(t)[0].Latest.ID, "lunaire-2021")
}
