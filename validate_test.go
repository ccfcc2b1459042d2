package vigie

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// soundCase is an invented case with nothing wrong in it.
func soundCase() *Incident {
	return &Incident{
		ID: "lantern-2024-09", State: Published, Company: "lantern", Kind: "data_breach", Brands: []string{"Lantern Kids"},
		Occurred: "2024-08", Discovered: "2024-09-10", Disclosed: "2024-09-16", Countries: []string{"FR", "BE"}, Checked: "2024-10-01", Wave: "autumn-2024",
		Title:   &Title{Text: Text{"Lantern dément", "Lantern denies it"}, Evidence: Reported, Position: DeniesIt},
		Summary: Text{"Un vendeur propose un fichier.", "A seller offers a file."},
		Statements: []Statement{
			{ID: "s1", By: Speaker{Role: Attacker, Name: "moth"}, Acts: []Act{Claims, OffersForSale}, On: "2024-09-16/2024-09-17", Channel: "forum", Actor: "moth",
				Figures: []Figure{{Min: 27_561_592, Max: 27_561_592, Unit: "records", Qualifier: Exact}},
				Data:    []string{"name", "email"}, NotData: []string{"payment_card"},
				Text: Text{"Met en vente un fichier.", "Offers a file for sale."}, Sources: []string{"r1"}},
			{ID: "s2", By: Speaker{Role: Respondent, Company: "lantern"}, Acts: []Act{Denies}, On: "2024-09-17", Answers: []string{"s1"}, Channel: "press_statement",
				Text:   Text{"Dément la fuite.", "Denies the leak."},
				Quotes: []Quote{{Text: "Aucune donnée ne vient de nos systèmes", Lang: "fr", Source: "r2"}}, Sources: []string{"r1", "r2"}},
			{ID: "s3", By: Speaker{Role: Researcher, Name: "Plover Labs"}, Acts: []Act{Corroborates}, On: "2024-09-20", Public: "2024-09-20", Answers: []string{"s1"},
				Figures: []Figure{{Min: 100_000, Unit: "customers", Qualifier: Vague, Scope: Text{"en Belgique", "in Belgium"}}},
				Method:  Text{"Dix clients appelés.", "Ten customers called."}, Text: Text{"Retrouve dix clients.", "Finds ten customers."}, Sources: []string{"r2"}, Was: "lantern-2024-10/s1"},
		},
		Sources: []Source{
			{ID: "r1", URL: "https://paper.example/moth?id=3", Publisher: "The Paper", Title: "A file", Published: "2024-09-17", Lang: "en-GB", Kind: "article", Seen: SeenFull,
				Archive: "https://archive.example/x", Retrieved: "2024-09-18T10:00:00Z", SHA256: strings.Repeat("0a", 32)},
			{ID: "r2", Publisher: "Le Journal", Title: "Lantern dément", Seen: SeenExcerpt},
		},
	}
}

func TestASoundCaseHasNoProblem(t *testing.T) {
	if p := soundCase().Validate(); len(p) > 0 {
		t.Errorf("%s", p)
	}
}

// Each fault is made in a sound case and must be the only one told, at its path.
var faults = []struct {
	name    string
	make    func(in *Incident)
	problem string // path and code
}{
	{"an id without a month", func(in *Incident) { in.ID = "Lantern" }, "id malformed"},
	{"no state", func(in *Incident) { in.State = "" }, "state missing"},
	{"an unknown state", func(in *Incident) { in.State = "gone" }, "state unknown_code"},
	{"no company", func(in *Incident) { in.Company = "" }, "company missing"},
	{"a company by its name", func(in *Incident) { in.Company = "Lantern SA" }, "company malformed"},
	{"no kind", func(in *Incident) { in.Kind = "" }, "kind missing"},
	{"an unknown kind", func(in *Incident) { in.Kind = "hack" }, "kind unknown_code"},
	{"a wave by its name", func(in *Incident) { in.Wave = "Autumn" }, "wave malformed"},
	{"a country by its name", func(in *Incident) { in.Countries[1] = "Belgium" }, "countries.1 unknown_code"},
	{"a country twice", func(in *Incident) { in.Countries[1] = "FR" }, "countries.1 repeated"},
	{"an empty brand", func(in *Incident) { in.Brands = []string{" "} }, "brands.0 empty"},
	{"a summary in French only", func(in *Incident) { in.Summary.EN = "" }, "summary.en missing"},
	{"a summary in English only", func(in *Incident) { in.Summary.FR = "" }, "summary.fr missing"},
	{"an untranslated text", func(in *Incident) { in.Summary.FR = in.Summary.EN }, "summary untranslated"},
	{"a date of another country", func(in *Incident) { in.Occurred = "16/09/2024" }, "occurred malformed"},
	{"a padded date", func(in *Incident) { in.Occurred = "2024-01-01" }, "occurred padded"},
	{"checked in some month", func(in *Incident) { in.Checked = "2024-10" }, "checked malformed"},
	{"discovered before it occurred", func(in *Incident) { in.Discovered = "2024-07-31" }, "discovered order"},
	{"told before the first public word", func(in *Incident) { in.Disclosed = "2024-09-18"; in.Statements = in.Statements[:1] }, "statements.0.on order"},
	{"public before the first public word", func(in *Incident) {
		in.Statements[0].On, in.Statements[0].Public = "2024-09-01", "2024-09-15"
	}, "statements.0.public order"},
	{"public before it is said", func(in *Incident) { in.Statements[2].Public = "2024-09-19" }, "statements.2.public order"},
	{"published without a statement", func(in *Incident) { in.Statements = nil; in.Title = nil }, "statements missing"},
	{"retracted without a reason", func(in *Incident) { in.State = Retracted }, "reason missing"},
	{"merged into nothing", func(in *Incident) { in.State, in.Reason = Merged, "the same attack" }, "merged_into missing"},
	{"merged into itself", func(in *Incident) { in.State, in.Reason, in.MergedInto = Merged, "the same attack", in.ID }, "merged_into itself"},
	{"merged into a sentence", func(in *Incident) { in.State, in.Reason, in.MergedInto = Merged, "the same attack", "the other" }, "merged_into malformed"},
	{"merged_into on a case that stands", func(in *Incident) { in.MergedInto = "lantern-2024-10" }, "merged_into contradiction"},
	{"an empty title", func(in *Incident) { in.Title.Text = Text{} }, "title.text missing"},
	{"a title bound to no position", func(in *Incident) { in.Title.Position = "" }, "title.position missing"},
	{"a title bound to an unknown position", func(in *Incident) { in.Title.Position = "sulks" }, "title.position unknown_code"},
	{"a title bound to no evidence", func(in *Incident) { in.Title.Evidence = "" }, "title.evidence missing"},

	{"a statement's id", func(in *Incident) { in.Statements[2].ID = "third" }, "statements.2.id malformed"},
	{"an id twice", func(in *Incident) { in.Statements[2].ID = "s1"; in.Statements[2].Answers = []string{"s2"} }, "statements.2.id repeated"},
	{"an earlier identity", func(in *Incident) { in.Statements[2].Was = "s1" }, "statements.2.was malformed"},
	{"no role", func(in *Incident) { in.Statements[1].By.Role = "" }, "statements.1.by.role missing"},
	{"an unknown role", func(in *Incident) { in.Statements[1].By.Role = "victim" }, "statements.1.by.role unknown_code"},
	{"a researcher without a name", func(in *Incident) { in.Statements[2].By.Name = "" }, "statements.2.by.name missing"},
	{"the company as press", func(in *Incident) { in.Statements[2].By.Company = "lantern" }, "statements.2.by.role contradiction"},
	{"a speaker's company by name", func(in *Incident) { in.Statements[2].By.Company = "Plover Labs" }, "statements.2.by.company malformed"},
	{"no act", func(in *Incident) { in.Statements[0].Acts = nil }, "statements.0.acts missing"},
	{"an unknown act", func(in *Incident) { in.Statements[0].Acts[0] = "boasts" }, "statements.0.acts.0 unknown_code"},
	{"an act twice", func(in *Incident) { in.Statements[0].Acts[1] = Claims }, "statements.0.acts.1 repeated"},
	{"an attacker who confirms", func(in *Incident) { in.Statements[0].Acts[1] = Confirms }, "statements.0.acts.1 not_theirs"},
	{"confirmed and denied in one breath", func(in *Incident) { in.Statements[1].Acts = []Act{Denies, Confirms} }, "statements.1.acts contradiction"},
	{"corroborating nothing", func(in *Incident) { in.Statements[2].Answers = nil }, "statements.2.answers missing"},
	{"corroborating nobody knows how", func(in *Incident) { in.Statements[2].Method = Text{} }, "statements.2.method missing"},
	{"a statement without words", func(in *Incident) { in.Statements[0].Text = Text{} }, "statements.0.text missing"},
	{"a statement in one language", func(in *Incident) { in.Statements[0].Text.EN = "" }, "statements.0.text.en missing"},
	{"an unknown channel", func(in *Incident) { in.Statements[0].Channel = "pigeon" }, "statements.0.channel unknown_code"},
	{"unknown data", func(in *Incident) { in.Statements[0].Data[1] = "mails" }, "statements.0.data.1 unknown_code"},
	{"exposed and not exposed", func(in *Incident) { in.Statements[0].NotData = []string{"email"} }, "statements.0.not_data.0 contradiction"},
	{"an ill-formed day", func(in *Incident) { in.Statements[2].On = "2024-09-31" }, "statements.2.on malformed"},

	{"a figure of nothing", func(in *Incident) { in.Statements[0].Figures[0].Unit = "" }, "statements.0.figures.0.unit missing"},
	{"a figure of gigabytes", func(in *Incident) { in.Statements[0].Figures[0].Unit = "gigabytes" }, "statements.0.figures.0.unit unknown_code"},
	{"a figure without a qualifier", func(in *Incident) { in.Statements[0].Figures[0].Qualifier = "" }, "statements.0.figures.0.qualifier missing"},
	{"a figure of nought", func(in *Incident) { in.Statements[0].Figures[0] = Figure{Unit: "records", Qualifier: Exact} }, "statements.0.figures.0 bounds"},
	{"a range backwards", func(in *Incident) { in.Statements[0].Figures[0].Max = 5 }, "statements.0.figures.0 bounds"},
	{"more than, with a maximum", func(in *Incident) { in.Statements[0].Figures[0].Qualifier = MoreThan }, "statements.0.figures.0 bounds"},
	{"up to, with a minimum", func(in *Incident) { in.Statements[0].Figures[0].Qualifier = UpTo }, "statements.0.figures.0 bounds"},
	{"a partial range", func(in *Incident) {
		in.Statements[0].Figures[0] = Figure{Min: 5, Max: 9, Unit: "records", Qualifier: Partial}
	}, "statements.0.figures.0 bounds"},
	{"a vague figure that is precise", func(in *Incident) { in.Statements[2].Figures[0].Min = 123_456 }, "statements.2.figures.0 bounds"},
	{"a negative figure", func(in *Incident) { in.Statements[0].Figures[0].Min = -1 }, "statements.0.figures.0 out_of_range"},
	{"a figure past 2^53", func(in *Incident) { in.Statements[0].Figures[0].Max = 1 << 53 }, "statements.0.figures.0 out_of_range"},
	{"a scope in one language", func(in *Incident) { in.Statements[2].Figures[0].Scope.FR = "" }, "statements.2.figures.0.scope.fr missing"},
	{"a figure twice", func(in *Incident) {
		in.Statements[0].Figures = append(in.Statements[0].Figures, in.Statements[0].Figures[0])
	}, "statements.0.figures.1 repeated"},
	{"two figures of the same thing", func(in *Incident) {
		in.Statements[0].Figures = append(in.Statements[0].Figures, Figure{Min: 5, Unit: "records", Qualifier: MoreThan})
	}, "statements.0.figures.1 ambiguous"},
	{"an address with somebody's e-mail", func(in *Incident) { in.Sources[0].URL = "https://paper.example/to?who=j.doe@mail.example" }, "sources.0.url personal_data"},

	{"an empty quotation", func(in *Incident) { in.Statements[1].Quotes[0].Text = " " }, "statements.1.quotes.0.text empty"},
	{"a long quotation", func(in *Incident) { in.Statements[1].Quotes[0].Text = strings.Repeat("é", 301) }, "statements.1.quotes.0.text too_long"},
	{"a quotation in no language", func(in *Incident) { in.Statements[1].Quotes[0].Lang = "" }, "statements.1.quotes.0.lang missing"},
	{"a quotation in français", func(in *Incident) { in.Statements[1].Quotes[0].Lang = "français" }, "statements.1.quotes.0.lang malformed"},
	{"a quotation read nowhere", func(in *Incident) { in.Statements[1].Quotes[0].Source = "" }, "statements.1.quotes.0.source missing"},
	{"a quotation of a source of others", func(in *Incident) { in.Statements[1].Sources = []string{"r1"} }, "statements.1.quotes.0.source unknown_reference"},
	{"a quotation of a page never opened", func(in *Incident) { in.Sources[1].Seen = SeenAddress }, "statements.1.quotes.0.source not_read"},
	{"a long quotation inside our words", func(in *Incident) { in.Summary.EN = "It said “" + strings.Repeat("a ", 151) + "”." }, "summary.en too_long"},

	{"a source's id", func(in *Incident) {
		in.Sources[0].ID, in.Statements[0].Sources, in.Statements[1].Sources = "1", []string{"1"}, []string{"r2"}
	}, "sources.0.id malformed"},
	{"a source id twice", func(in *Incident) {
		in.Sources = append(in.Sources, Source{ID: "r1", URL: "https://other.example/", Seen: SeenFull})
	}, "sources.2.id repeated"},
	{"one address twice", func(in *Incident) {
		in.Sources = append(in.Sources, Source{ID: "r3", URL: "http://www.paper.example/moth?id=3", Seen: SeenFull})
	}, "sources.2 repeated"},
	{"one title twice", func(in *Incident) {
		in.Sources = append(in.Sources, Source{ID: "r3", Publisher: "LE JOURNAL", Title: "Lantern dement", Seen: SeenFull})
	}, "sources.2 repeated"},
	{"a source that cannot be found", func(in *Incident) { in.Sources[1].Title = "" }, "sources.1.url missing"},
	{"a relative address", func(in *Incident) { in.Sources[0].URL = "/moth" }, "sources.0.url malformed"},
	{"a script for an address", func(in *Incident) { in.Sources[0].URL = "javascript:alert(1)" }, "sources.0.url malformed"},
	{"an address with a password", func(in *Incident) { in.Sources[0].URL = "https://me:pass@paper.example/" }, "sources.0.url malformed"},
	{"a leak site's address", func(in *Incident) { in.Sources[0].URL = "http://moths234.onion/lantern" }, "sources.0.url onion"},
	{"an address that follows readers", func(in *Incident) { in.Sources[0].URL = "https://paper.example/moth?utm_source=feed" }, "sources.0.url tracker"},
	{"an ill-formed archive", func(in *Incident) { in.Sources[0].Archive = "archive.example" }, "sources.0.archive malformed"},
	{"an unknown kind of source", func(in *Incident) { in.Sources[0].Kind = "blog" }, "sources.0.kind unknown_code"},
	{"a source seen nobody knows how", func(in *Incident) { in.Sources[0].Seen = "" }, "sources.0.seen missing"},
	{"published on a day that is not", func(in *Incident) { in.Sources[0].Published = "17 Sept" }, "sources.0.published malformed"},
	{"retrieved in local time", func(in *Incident) { in.Sources[0].Retrieved = "2024-09-18T10:00:00+02:00" }, "sources.0.retrieved malformed"},
	{"a short hash", func(in *Incident) { in.Sources[0].SHA256 = "0a" }, "sources.0.sha256 malformed"},
	{"a hash of no copy", func(in *Incident) { in.Sources[0].Retrieved = "" }, "sources.0.retrieved missing"},

	{"a statement read nowhere", func(in *Incident) { in.Statements[0].Sources = nil }, "statements.0.sources missing"},
	{"a source that is not there", func(in *Incident) { in.Statements[0].Sources = []string{"r9"} }, "statements.0.sources.0 unknown_reference"},
	{"a source twice", func(in *Incident) { in.Statements[0].Sources = []string{"r1", "r1"} }, "statements.0.sources.1 repeated"},
	{"an empty line among sources", func(in *Incident) { in.Statements[0].Sources = []string{"r1", ""} }, "statements.0.sources.1 empty"},
	{"an answer to nothing", func(in *Incident) { in.Statements[1].Answers = []string{"s9"} }, "statements.1.answers.0 unknown_reference"},
	{"an answer to itself", func(in *Incident) { in.Statements[1].Answers = []string{"s2"} }, "statements.1.answers.0 itself"},
	{"an answer to what is not yet said", func(in *Incident) { in.Statements[1].Answers = []string{"s3"} }, "statements.1.answers.0 order"},
	{"another's words withdrawn", func(in *Incident) { in.Statements[1].Withdraws = []string{"s1"} }, "statements.1.withdraws.0 not_theirs"},
	{"another's words superseded", func(in *Incident) { in.Statements[1].Supersedes = []string{"s1"} }, "statements.1.supersedes.0 not_theirs"},
	{"two words of the company on one day", func(in *Incident) { addConfirmation(in, "2024-09-17") }, "statements.3.supersedes tie"},

	{"an e-mail address", func(in *Incident) { in.Statements[0].Text.FR += " Écrire à j.doe@mail.example.fr" }, "statements.0.text.fr personal_data"},
	{"a phone number", func(in *Incident) { in.Statements[1].Quotes[0].Text = "Appelez le 06 12 34 56 78" }, "statements.1.quotes.0.text personal_data"},
	{"a card number", func(in *Incident) { in.Summary.EN = "Sample: 4111 1111 1111 1111" }, "summary.en personal_data"},
	{"a leak site in words", func(in *Incident) { in.Statements[0].Vector = Text{"voir abcd234.onion", "see there"} }, "statements.0.vector.fr onion"},
	{"bytes that are not text", func(in *Incident) { in.Sources[0].Title = "a\xff" }, "sources.0.title malformed"},
}

func addConfirmation(in *Incident, on Date) {
	in.Statements = append(in.Statements, Statement{ID: "s4", By: Speaker{Role: Respondent, Company: "lantern"}, Acts: []Act{Confirms}, On: on,
		Text: Text{"Confirme.", "Confirms it."}, Sources: []string{"r2"}})
}

func TestEachFaultIsToldAtItsPath(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			in := soundCase()
			f.make(in)
			var told []string
			for _, p := range in.Validate() {
				told = append(told, p.Path+" "+p.Code)
				if p.Message.FR == "" || p.Message.EN == "" || p.Message.FR == p.Message.EN || strings.Contains(p.Message.FR, " :") {
					t.Errorf("%s %s is not said in both languages: %+v", p.Path, p.Code, p.Message)
				}
			}
			if !slices.Equal(told, []string{f.problem}) {
				t.Errorf("told %q, want %q alone", told, f.problem)
			}
		})
	}
}

func TestAQuotationOf300CharactersIsShortEnough(t *testing.T) {
	in := soundCase()
	in.Statements[1].Quotes[0].Text = strings.Repeat("é", 300)
	in.Summary.EN = "It said “" + strings.Repeat("a ", 150) + "”."
	if p := in.Validate(); len(p) > 0 {
		t.Errorf("%s", p)
	}
}

func TestEveryProblemIsToldAtOnce(t *testing.T) {
	in := soundCase()
	in.Kind, in.Occurred, in.Statements[0].Figures[0].Unit, in.Sources[0].Seen = "hack", "soon", "lines", "dimly"
	if got := len(in.Validate().Blocking()); got != 4 {
		t.Errorf("%d of 4 problems told:\n%s", got, in.Validate())
	}
}

func TestADraftMayLackThingsButNotContradictItself(t *testing.T) {
	for _, f := range faults {
		in := soundCase()
		in.State = Draft
		f.make(in)
		if in.State != Draft { // the fault is in the state itself
			continue
		}
		for _, p := range in.Validate() {
			lacking := p.Code == "missing" && !slices.Contains([]string{"company", "title.text", "title.position"}, p.Path) &&
				!strings.HasSuffix(p.Path, ".unit") && !strings.HasSuffix(p.Path, ".qualifier") && !strings.HasSuffix(p.Path, ".role") &&
				!strings.HasPrefix(p.Path, "sources.")
			if want := lacking || p.Code == "tie" || p.Code == "padded" || p.Code == "untranslated" || p.Code == "ambiguous"; p.Warning != want {
				t.Errorf("%s: in a draft %s %s is a warning: %v, want %v", f.name, p.Path, p.Code, p.Warning, want)
			}
		}
	}
	empty := &Incident{ID: "lantern-2024-09", State: Draft, Company: "lantern"}
	if p := empty.Validate().Blocking(); len(p) > 0 {
		t.Errorf("an empty draft is refused:\n%s", p)
	}
}

func TestAPublishedCaseMayNotLackThings(t *testing.T) {
	warnings := []string{"occurred padded", "summary untranslated", "title.evidence missing", "statements.0.figures.1 ambiguous"}
	for _, f := range faults {
		in := soundCase()
		f.make(in)
		if stopped := len(in.Validate().Blocking()) > 0; in.State == Published && stopped == slices.Contains(warnings, f.problem) {
			t.Errorf("%s: stops a save: %v", f.name, stopped)
		}
	}
}

func TestATieIsAskedAboutOnlyWhereDatesCannotTell(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(in *Incident)
		tie  bool
	}{
		{"a day later", func(in *Incident) { addConfirmation(in, "2024-09-18") }, false},
		{"the same day", func(in *Incident) { addConfirmation(in, "2024-09-17") }, true},
		{"some day of the month: it yields", func(in *Incident) { addConfirmation(in, "2024-09") }, false},
		{"undated: it yields", func(in *Incident) { addConfirmation(in, "") }, false},
		{"both undated", func(in *Incident) { addConfirmation(in, ""); in.Statements[1].On = "" }, true},
		{"both undated, another dated: they yield", func(in *Incident) {
			addConfirmation(in, "")
			addConfirmation(in, "")
			in.Statements[4].ID, in.Statements[4].Acts = "s5", []Act{PartiallyConfirms}
		}, false},
		{"both in one month", func(in *Incident) { addConfirmation(in, "2024-09"); in.Statements[1].On = "2024-09" }, true},
		{"superseded", func(in *Incident) { addConfirmation(in, "2024-09-17"); in.Statements[3].Supersedes = []string{"s2"} }, false},
		{"withdrawn", func(in *Incident) { addConfirmation(in, "2024-09-17"); in.Statements[3].Withdraws = []string{"s2"} }, false},
		{"the same stance twice", func(in *Incident) { addConfirmation(in, "2024-09-17"); in.Statements[3].Acts = []Act{Denies} }, false},
		{"no stance", func(in *Incident) { addConfirmation(in, "2024-09-17"); in.Statements[3].Acts = []Act{NoComment} }, false},
	} {
		in := soundCase()
		c.make(in)
		if tie := slices.ContainsFunc(in.Validate(), func(p Problem) bool { return p.Code == "tie" }); tie != c.tie {
			t.Errorf("%s: tie %v, want %v", c.name, tie, c.tie)
		}
	}
}

func TestReferencesMayNotGoInCircles(t *testing.T) {
	in := soundCase()
	addConfirmation(in, "2024-09-17")
	in.Statements[1].Supersedes, in.Statements[3].Supersedes = []string{"s4"}, []string{"s2"}
	var told []string
	for _, p := range in.Validate() {
		told = append(told, p.Path+" "+p.Code)
	}
	if !slices.Equal(told, []string{"statements.1 circle", "statements.3 circle"}) {
		t.Errorf("told %q", told)
	}
}

func TestOfficialsMaySupersedeEachOther(t *testing.T) {
	in := soundCase()
	fine := Statement{ID: "s4", By: Speaker{Role: Regulator, Name: "The regulator"}, Acts: []Act{Sanctions}, On: "2025-01", Text: Text{"Amende.", "A fine."}, Sources: []string{"r2"}}
	quashed := Statement{ID: "s5", By: Speaker{Role: Court, Name: "The court"}, Acts: []Act{ClosesInquiry}, On: "2025-06", Text: Text{"Annule.", "Quashes it."}, Sources: []string{"r2"}, Supersedes: []string{"s4"}}
	in.Statements = append(in.Statements, fine, quashed)
	if p := in.Validate(); len(p) > 0 {
		t.Errorf("%s", p)
	}
}

func TestFiguresHoldTheirBounds(t *testing.T) {
	for _, c := range []struct {
		figure Figure
		sound  bool
	}{
		{Figure{Min: 87_000_000, Max: 87_000_000, Qualifier: Exact}, true},
		{Figure{Min: 2, Max: 3, Qualifier: About}, true},
		{Figure{Min: 2, Qualifier: About}, false},
		{Figure{Max: 2, Qualifier: Exact}, false},
		{Figure{Min: 2, Qualifier: MoreThan}, true},
		{Figure{Max: 2, Qualifier: UpTo}, true},
		{Figure{Min: 5, Max: 5, Qualifier: Partial}, true},
		{Figure{Min: 100_000, Qualifier: Vague}, true},
		{Figure{Min: 1, Qualifier: Vague}, true},
		{Figure{Min: 200_000, Qualifier: Vague}, false},
		{Figure{Min: 100_000, Max: 100_000, Qualifier: Vague}, false},
	} {
		c.figure.Unit = "customers"
		i := &inspection{}
		checkFigure(i, "figure", &c.figure)
		if sound := len(i.found) == 0; sound != c.sound {
			t.Errorf("%+v: sound %v, want %v", c.figure, sound, c.sound)
		}
	}
}

func TestCompaniesAndWavesAreChecked(t *testing.T) {
	sound := func() *Company {
		return &Company{ID: "lantern", Name: "Lantern", Aliases: []string{"Lantern SA"}, Country: "FR", Sector: "toys", Domains: []string{"lantern.example"}, Wikidata: "Q42"}
	}
	if p := sound().Validate(); len(p) > 0 {
		t.Errorf("%s", p)
	}
	for want, make := range map[string]func(c *Company){
		"id missing":              func(c *Company) { c.ID = "" },
		"id malformed":            func(c *Company) { c.ID = "Lantern SA" },
		"name missing":            func(c *Company) { c.Name = " " },
		"aliases.1 repeated":      func(c *Company) { c.Aliases = append(c.Aliases, "Lantern SA") },
		"country unknown_code":    func(c *Company) { c.Country = "UK" },
		"sector unknown_code":     func(c *Company) { c.Sector = "retail" },
		"domains.0 malformed":     func(c *Company) { c.Domains[0] = "https://lantern.example/" },
		"wikidata malformed":      func(c *Company) { c.Wikidata = "https://wikidata.org/Q42" },
		"aliases.0 personal_data": func(c *Company) { c.Aliases[0] = "j.doe@lantern.example" },
	} {
		c := sound()
		make(c)
		if p := c.Validate(); len(p) != 1 || p[0].Path+" "+p[0].Code != want {
			t.Errorf("told %q, want %q", p, want)
		}
	}
	if p := (&Wave{ID: "autumn-2024", Name: Text{"Automne", "Autumn"}}).Validate(); len(p) > 0 {
		t.Errorf("%s", p)
	}
	if p := (&Wave{ID: "Autumn", Name: Text{FR: "Automne"}}).Validate(); len(p) != 2 {
		t.Errorf("told %q", p)
	}
}

func TestValidateNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := soundCase()
		word := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "s1", "s2", "s3", "r1", "r2", "company", "confirms", "2024", "vague"}))
		for n := range in.Statements {
			s := &in.Statements[n]
			s.ID, s.On, s.By.Role = word.Draw(t, "id"), Date(word.Draw(t, "on")), Role(word.Draw(t, "role"))
			s.Acts = []Act{Act(word.Draw(t, "act"))}
			s.Answers, s.Withdraws, s.Supersedes = []string{word.Draw(t, "a")}, []string{word.Draw(t, "w")}, []string{word.Draw(t, "s")}
			s.Figures = []Figure{{Min: rapid.Int64().Draw(t, "min"), Max: rapid.Int64().Draw(t, "max"), Qualifier: Qualifier(word.Draw(t, "q"))}}
			s.Text.FR = word.Draw(t, "text")
		}
		in.Sources[0].URL, in.ID, in.State = word.Draw(t, "url"), word.Draw(t, "case"), State(word.Draw(t, "state"))
		for _, p := range in.Validate() {
			if p.Path == "" || p.Code == "" || p.Message.FR == "" || p.Message.EN == "" {
				t.Fatalf("a problem without words: %+v", p)
			}
		}
	})
}

func BenchmarkValidate(b *testing.B) {
	in := soundCase()
	for b.Loop() {
		if p := in.Validate(); len(p) > 0 {
			b.Fatal(p)
		}
	}
}
