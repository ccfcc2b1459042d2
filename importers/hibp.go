package importers

import (
	"cmp"
	"fmt"
	"iter"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"vigie"
)

// HIBPKind is the kind of HIBP among the Readers.
const HIBPKind = "hibp"

// breach is an entry of Have I Been Pwned, https://haveibeenpwned.com/API/v3.
// Copies of the list leave fields out: an absent flag is not known to be false.
type breach struct {
	Name, Title, Domain, BreachDate, AddedDate, Description, LogoPath, DisclosureUrl string

	PwnCount    int64
	DataClasses []string

	IsVerified, IsFabricated, IsSensitive, IsRetired, IsSpamList, IsMalware, IsStealerLog *bool
}

// HIBP reads the list of breaches of Have I Been Pwned: /api/v3/breaches, one
// /api/v3/breach, or NDJSON of them. It speaks as a researcher that has seen the
// data, from its own entry; what its description links to is cited as seen by
// address only.
func HIBP(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return eachItem(doc, opts, "breach", func(b *breach) string { return cmp.Or(b.Name, b.Title, "no name") }, (*breach).candidate)
}

// left are the flags of an entry that is no breach of the one it names, and what
// they mean. They hold with All too.
var left = []struct {
	flag   func(b *breach) *bool
	reason string
}{
	{func(b *breach) *bool { return b.IsFabricated }, "Have I Been Pwned calls it fabricated"},
	{func(b *breach) *bool { return b.IsSpamList }, "a spam list, not a breach of one organisation"},
	{func(b *breach) *bool { return b.IsMalware }, "data of a malware campaign, not a breach of one organisation"},
	{func(b *breach) *bool { return b.IsStealerLog }, "logs of stealer malware, not a breach of one organisation"},
	{func(b *breach) *bool { return b.IsRetired }, "Have I Been Pwned has retired it"},
}

func (b *breach) candidate(opts Options) (vigie.Candidate, error) {
	name, title := b.name(), squeeze(cmp.Or(b.Title, b.Name))
	if name == "" {
		return vigie.Candidate{}, fmt.Errorf(`no "Name"`)
	}
	for _, l := range left {
		if is := l.flag(b); is != nil && *is {
			return vigie.Candidate{}, fmt.Errorf("%w: %s", ErrFiltered, l.reason)
		}
	}
	words, links := fragment(b.Description)
	wrongly := misattributed.FindStringSubmatch(title)
	if wrongly != nil {
		title = wrongly[1]
	}
	e := entry{kind: HIBPKind, key: name, title: title, lang: "en", words: words, victims: []string{title}, published: dayOf(b.AddedDate)}
	if d := strings.ToLower(strings.TrimSpace(b.Domain)); d != "" {
		e.domains = []string{d}
	}
	own := e.cite(vigie.Source{URL: "https://haveibeenpwned.com/Breach/" + name, Publisher: "Have I Been Pwned", Title: title, Published: e.published,
		Lang: "en", Kind: "list", Seen: vigie.SeenFull, Licence: "CC BY 4.0"})
	for _, l := range append([]link{{url: b.DisclosureUrl}}, links...) {
		if u, err := url.Parse(l.url); err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
			continue // a front page tells of the site, not of the breach
		}
		e.cite(e.linked(opts.Lexicon, l.url))
	}
	e.draft.Kind = "data_breach"
	e.draft.Occurred = padded(b.BreachDate)
	s := vigie.Statement{By: vigie.Speaker{Role: vigie.Researcher, Name: "Have I Been Pwned"}, Acts: []vigie.Act{vigie.Reports}, On: e.published, Channel: "website", Sources: []string{own}}
	if b.PwnCount > 0 {
		e.notes = append(e.notes, "Accounts: "+vigie.Number(b.PwnCount, vigie.English)+".")
		s.Figures = []vigie.Figure{{Min: b.PwnCount, Max: b.PwnCount, Unit: "accounts", Qualifier: vigie.Exact}}
	}
	var unknown []string
	s.Data, unknown = classes(b.DataClasses)
	if len(b.DataClasses) > 0 {
		e.notes = append(e.notes, "Data: "+squeeze(strings.ToValidUTF8(strings.Join(b.DataClasses, ", "), "\uFFFD"))+".")
	}
	s.Text = b.says(title)
	switch {
	case b.IsVerified == nil:
		e.notes = append(e.notes, "This copy of the list does not say whether Have I Been Pwned verified the data.")
	case *b.IsVerified:
		s.Acts = []vigie.Act{vigie.Corroborates}
		s.Method = vigie.Text{FR: "Have I Been Pwned a examiné les données et marque l’entrée comme vérifiée.", EN: "Have I Been Pwned examined the data and flags the entry as verified."}
	default:
		e.notes = append(e.notes, "Have I Been Pwned flags it as unverified: it may not come from the organisation named.")
	}
	if wrongly != nil {
		e.notes = append(e.notes, "Have I Been Pwned calls these data misattributed: what it says of them is for the editor to write.")
	} else {
		e.say(s)
	}
	if b.IsSensitive != nil && *b.IsSensitive {
		e.notes = append(e.notes, "Have I Been Pwned flags it as sensitive: being in it may harm people.")
	}
	if len(unknown) > 0 {
		e.notes = append(e.notes, "Kinds of data that Vigie has no code for: "+strings.Join(unknown, ", ")+".")
	}
	return e.candidate(opts)
}

// misattributed is the title of data that bear the name of one they do not come
// from.
var misattributed = regexp.MustCompile(`(?i)^misattributed (.+?)(?:['’]s)? data$`)

// name is what the API calls the entry; a copy that left it out still has it as
// the file of its logo.
func (b *breach) name() string {
	if b.Name != "" {
		return b.Name
	}
	if stem := strings.TrimSuffix(path.Base(b.LogoPath), path.Ext(b.LogoPath)); !slices.Contains([]string{"", ".", "/", "List", "Email"}, stem) {
		return stem
	}
	return strings.Join(strings.Fields(b.Title), "")
}

// says is what the entry says, in our words.
func (b *breach) says(title string) vigie.Text {
	fr, en := "Have I Been Pwned recense des données attribuées à "+title, "Have I Been Pwned lists data attributed to "+title
	if b.PwnCount > 0 {
		fr = fmt.Sprintf("Have I Been Pwned compte %s comptes dans des données attribuées à %s", vigie.Number(b.PwnCount, vigie.French), title)
		en = fmt.Sprintf("Have I Been Pwned counts %s accounts in data attributed to %s", vigie.Number(b.PwnCount, vigie.English), title)
	}
	if b.IsVerified != nil && !*b.IsVerified {
		fr, en = fr+", sans avoir pu établir qu’elles en viennent", en+", without having been able to establish that they come from it"
	}
	return vigie.Text{FR: fr + ".", EN: en + "."}
}

// padded is when the breach took place, as exact as may be believed. The API says
// of BreachDate that it is "not always accurate" and "a guide only"; one entry in
// six bears the first of a month, five times what chance gives, so that day stands
// for the month, and the first of January for the year.
func padded(date string) vigie.Date {
	day := dayOf(date)
	if day == "" {
		return ""
	}
	if year, found := strings.CutSuffix(string(day), "-01-01"); found {
		return vigie.Date(year + "~")
	}
	return vigie.Date(strings.TrimSuffix(string(day), "-01") + "~")
}

// dayOf is the day of an RFC 3339 time or of a plain date; "" when it is neither,
// or the zero time that stands for none.
func dayOf(s string) vigie.Date {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1 {
			return vigie.Date(vigie.DayOf(t))
		}
	}
	return ""
}
