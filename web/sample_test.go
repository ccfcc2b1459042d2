package web

import (
	"net/url"
	"time"

	"vigie"
)

// The Temu case in short, to draw and to test with: claimed, denied, never settled.

func sampleTemu() vigie.Incident {
	return vigie.Incident{
		ID: "temu-2024-09", State: vigie.Published, Company: "temu", Kind: "data_breach", Disclosed: "2024-09-16/2024-09-17",
		Wave: "september-2024", Checked: "2026-11-20", Countries: []string{"FR", "US"}, Brands: []string{"Temu", "Bits & Bobs, Ltd"},
		Summary: vigie.Text{
			FR: "Un vendeur propose sur BreachForums 87 millions d’enregistrements présentés comme ceux de Temu ; Temu dément en bloc.",
			EN: "A seller offers 87 million records on BreachForums, presented as Temu’s; Temu denies it outright.",
		},
		Statements: []vigie.Statement{
			{
				ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "smokinthashit"}, Acts: []vigie.Act{vigie.Claims, vigie.OffersForSale},
				On: "2024-09-16/2024-09-17", Channel: "forum", Actor: "smokinthashit", Sources: []string{"r1", "r2"},
				Figures: []vigie.Figure{{Min: 87000000, Max: 87000000, Unit: "records", Qualifier: vigie.Exact}},
				Data:    []string{"username", "name", "date_of_birth", "gender", "postal_address", "phone", "ip_address", "password"},
				Text: vigie.Text{
					FR: "Met en vente une base présentée comme celle de Temu, avec un petit échantillon en guise de preuve.",
					EN: "Advertises for sale a database said to be Temu’s, with a small sample as proof.",
				},
			},
			{
				ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Name: "Temu", Company: "temu"}, Acts: []vigie.Act{vigie.Denies},
				On: "2024-09-17", Channel: "press_statement", Answers: []string{"s1"}, Sources: []string{"r3"},
				NotData: []string{"name"},
				Text: vigie.Text{
					FR: "Affirme que son équipe de sécurité a enquêté, que les données qui circulent ne viennent pas de ses systèmes et qu’aucune ligne ne correspond à ses transactions.",
					EN: "Says its security team investigated, that the data in circulation is not from its systems and that no line matches its transactions.",
				},
				Quotes: []vigie.Quote{{Text: "Not a single line of data matches our transaction records", Lang: "en", Source: "r3"}},
			},
			{
				ID: "s3", By: vigie.Speaker{Role: vigie.Attacker, Name: "smokinthashit"}, Acts: []vigie.Act{vigie.Claims},
				On: "2024-09-17", Sources: []string{"r2"}, Answers: []string{"s2"},
				Vector: vigie.Text{FR: "des failles alléguées dans le code de Temu", EN: "alleged vulnerabilities in Temu’s code"},
				Text: vigie.Text{
					FR: "Maintient que l’intrusion est réelle, sans en donner de preuve.",
					EN: "Insists that the intrusion is real, and gives no proof of it.",
				},
			},
			{
				ID: "s4", By: vigie.Speaker{Role: vigie.Press, Name: "Damien Bancal (Zataz)"}, Acts: []vigie.Act{vigie.Reports},
				On: "2024-09", Actor: "Fumeur de tabac", Sources: []string{"r4"},
				Vector: vigie.Text{FR: "une API de Temu", EN: "a Temu API"},
				Figures: []vigie.Figure{
					{Min: 87000000, Max: 87000000, Unit: "accounts", Qualifier: vigie.Exact},
					{Min: 100000, Unit: "customers", Qualifier: vigie.Vague, Scope: vigie.Text{FR: "en France", EN: "in France"}},
				},
				Data: []string{"name", "email", "ip_address", "city", "gender", "date_of_birth", "country"},
				Text: vigie.Text{
					FR: "A vu la revente sur le dark web ; dit qu’une seule personne est passée par une API de Temu.",
					EN: "Saw the resale on the dark web; says that a single person went through a Temu API.",
				},
				Quotes: []vigie.Quote{{Text: "passée par une API de Temu, permettant ainsi de copier un grand nombre d’informations", Lang: "fr", Source: "r4"}},
			},
			{
				ID: "s5", By: vigie.Speaker{Role: vigie.Respondent, Name: "Temu", Company: "temu"}, Acts: []vigie.Act{vigie.Denies, vigie.Replies},
				On: "2024-09", Sources: []string{"r3"},
				Text: vigie.Text{
					FR: "Ajoute que le vendeur a été exclu de BreachForums pour avoir vendu des données déjà publiques.",
					EN: "Adds that the seller was banned from BreachForums for selling data that was already public.",
				},
			},
			{
				ID: "s6", By: vigie.Speaker{Role: vigie.Other}, Acts: []vigie.Act{vigie.Reports}, Sources: []string{"r5"},
				Text: vigie.Text{EN: "A headline says that accounts are for sale."},
			},
		},
		Sources: []vigie.Source{
			{ID: "r1", URL: "https://bitdefender.com/en-gb/blog/hotforsecurity/temu-denies-hackers-claims-of-breach-involving-87-million-user-records", Publisher: "Bitdefender (Hot for Security)", Title: "Temu denies hacker's claims of breach involving 87 million user records", Lang: "en", Kind: "article", Seen: vigie.SeenFull},
			{ID: "r2", URL: "https://heise.de/en/news/Temu-denies-Attackers-claim-to-have-captured-87-million-customer-records-9887057.html", Publisher: "heise online", Title: "Temu denies: Attackers claim to have captured 87 million customer records", Lang: "en", Kind: "article", Seen: vigie.SeenFull},
			{ID: "r3", URL: "https://cyberdaily.au/security/11132-temu-denies-87m-record-data-breach-claims", Publisher: "Cyber Daily", Title: "Temu denies 87m record data breach claims", Lang: "en", Kind: "article", Seen: vigie.SeenFull, Licence: "all rights reserved", Archive: "https://archive.example/1", Retrieved: "2024-09-20T10:00:00Z", SHA256: "00ff"},
			{ID: "r4", URL: "https://zataz.com/fuite-de-donnees-chez-temu", Publisher: "Zataz", Title: "Fuite de données chez Temu", Lang: "fr", Kind: "article", Seen: vigie.SeenExcerpt},
			{ID: "r5", URL: "https://www.tomsguide.fr/temu-87-millions-de-comptes-clients-sont-a-vendre/", Publisher: "Tom’s Guide FR", Title: "Temu : 87 millions de comptes clients sont à vendre", Published: "2024-09", Lang: "fr", Kind: "article", Seen: vigie.SeenHeadline},
		},
	}
}

var (
	temu        = vigie.Company{ID: "temu", Name: "Temu", Group: "PDD Holdings", Country: "CN", Sector: "marketplace", Domains: []string{"temu.com"}, Aliases: []string{"Whaleco"}, Wikidata: "Q116275473"}
	truffaut    = vigie.Company{ID: "truffaut", Name: "Truffaut", Country: "FR", Sector: "diy_garden"}
	boulanger   = vigie.Company{ID: "boulanger", Name: "Boulanger", Country: "FR", Sector: "electronics"}
	sampleNow   = time.Date(2026, 11, 20, 14, 3, 0, 0, time.UTC)
	sampleCase  = sampleRecord(sampleTemu(), temu)
	sampleWave  = vigie.Wave{ID: "september-2024", Name: vigie.Text{FR: "Vague de septembre 2024", EN: "Wave of September 2024"}, Summary: vigie.Text{FR: "Plusieurs enseignes françaises, le même mois.", EN: "Several French retailers in one month."}}
	sampleOther = sampleRecord(vigie.Incident{
		ID: "truffaut-2024-09", State: vigie.Published, Company: "truffaut", Kind: "data_breach", Checked: "2026-11-20", Wave: "september-2024",
		Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Press, Name: "Zataz"}, Acts: []vigie.Act{vigie.Reports}, On: "2024-09", Sources: []string{"r1"}, Text: vigie.Text{FR: "Rapporte une fuite.", EN: "Reports a leak."}}},
		Sources:    []vigie.Source{{ID: "r1", Publisher: "Zataz", Title: "Truffaut", Seen: vigie.SeenFull}},
	}, truffaut)
	sampleBoulanger = sampleRecord(vigie.Incident{
		ID: "boulanger-2024-09", State: vigie.Published, Company: "boulanger", Kind: "data_breach", Checked: "2026-11-20", Wave: "september-2024",
		Statements: []vigie.Statement{
			{ID: "s1", By: vigie.Speaker{Role: vigie.Attacker, Name: "horrormar44"}, Acts: []vigie.Act{vigie.OffersForSale}, On: "2024-09-06", Sources: []string{"r1"}, Figures: []vigie.Figure{{Min: 27561592, Max: 27561592, Unit: "records", Qualifier: vigie.Exact}}},
			{ID: "s2", By: vigie.Speaker{Role: vigie.Respondent, Company: "boulanger"}, Acts: []vigie.Act{vigie.Confirms, vigie.NotifiesCustomers}, On: "2024-09-07", Sources: []string{"r1"}, Figures: []vigie.Figure{{Min: 100000, Unit: "customers", Qualifier: vigie.Vague}}, Data: []string{"postal_address"}, NotData: []string{"bank_account"}, Text: vigie.Text{FR: "Confirme l’intrusion et prévient ses clients.", EN: "Confirms the intrusion and tells its customers."}},
		},
		Sources: []vigie.Source{{ID: "r1", Publisher: "Presse", Seen: vigie.SeenFull}},
	}, boulanger)
)

func sampleRecord(in vigie.Incident, c vigie.Company) vigie.Record {
	return vigie.Record{Incident: in, Respondent: c, Derived: vigie.Derive(&in, c.Name, 2, sampleNow.AddDate(0, 0, -3), sampleNow)}
}

func sampleFrame(lang vigie.Lang, path string) Frame {
	return Frame{
		Lang: lang, Path: path, Base: "https://vigie.example", Edition: 1234,
		Site: Settings{Name: "Vigie", Publisher: "Association Vigie", Contact: "mailto:redaction@vigie.example", Licence: "CC BY 4.0", LicenceURL: "https://creativecommons.org/licenses/by/4.0/"},
		Alternates: []Link{
			{Href: "/feed.rss?lang=x", Title: "RSS", Type: "application/rss+xml"}, {Href: "/feed.atom", Title: "Atom", Type: "application/atom+xml"},
			{Href: "/feed.json", Title: "JSON Feed", Type: "application/feed+json"}, {Href: "/incidents.json", Title: "JSON", Type: "application/json"},
		},
		Companies: map[string]vigie.Company{"temu": temu, "truffaut": truffaut, "boulanger": boulanger},
	}
}

func sampleItems() []vigie.Item {
	s := sampleCase
	return []vigie.Item{
		{ID: "temu-2024-09/s2", Incident: s.ID, Type: vigie.ItemStatement, Recorded: sampleNow, On: "2024-09-17", Statement: &s.Statements[1], Case: &s,
			Standing: vigie.Move{Before: vigie.Standing{Evidence: vigie.Alleged, Position: vigie.NoStatement}, After: vigie.Standing{Evidence: vigie.Reported, Position: vigie.DeniesIt, Because: []vigie.Because{{Rule: "E6", Statements: []string{"s4"}}, {Rule: "P1", Statements: []string{"s2"}}}}}},
		{ID: "temu-2024-09/c2", Incident: s.ID, Type: vigie.ItemCorrection, Recorded: sampleNow, Case: &s,
			Correction: &vigie.Correction{Version: 2, Note: "The seller counted records, not customers.", Changed: []string{"statements.s1.figures", "kind"}}},
	}
}

func sampleRevisions() []vigie.Revision {
	return []vigie.Revision{
		{Version: 1, Author: "Ada", Note: "First record", At: sampleNow.AddDate(0, 0, -3)},
		{Version: 2, Author: "Brice", Note: "The seller counted records, not customers", At: sampleNow, Redacted: &vigie.Redaction{Reason: "a name", SHA256: "abcd"}},
	}
}

func sampleEdit(lang vigie.Lang) EditPage {
	mine, theirs := sampleTemu(), sampleTemu()
	mine.Kind, theirs.Statements[0].Figures[0].Unit = "extortion", "accounts"
	form := Work(IncidentForm(mine), "rows:statements").Form
	form.Set("statements.0.figures.0.min", "a lot")
	form["proposed"] = []string{"s5", "r5"}
	return EditPage{
		Frame: sampleFrame(lang, "/desk/incidents/temu-2024-09"), ID: mine.ID, Form: form, Base: 2, Note: "n", Candidate: "c1",
		Problems: vigie.Problems{{Path: "statements.0.figures.0.min", Code: "not_a_number", Message: vigie.Text{FR: "pas un nombre", EN: "not a number"}}, {Path: "kind", Warning: true, Message: vigie.Text{FR: "à vérifier", EN: "check it"}}},
		Conflict: &Conflict{Version: 3, Author: "Chloé", Note: "accounts", At: sampleNow, Base: sampleTemu(), Theirs: theirs, Mine: mine},
		Known:    []vigie.Company{temu, truffaut}, Waves: []vigie.Wave{sampleWave},
	}
}

func samplePreviewed(lang vigie.Lang) EditPage {
	before := sampleTemu()
	before.Statements = before.Statements[:1]
	in := sampleTemu()
	p := sampleEdit(lang)
	p.Conflict, p.Problems, p.Unsaved = nil, nil, true
	p.Preview = &Preview{ID: in.ID, Before: vigie.Derive(&before, "Temu", 1, sampleNow, sampleNow), After: vigie.Derive(&in, "Temu", 2, sampleNow, sampleNow), State: vigie.Published,
		Problems: vigie.Problems{{Path: "statements.1.sources.0", Message: vigie.Text{FR: "pas de source", EN: "no source"}}}, Foreseen: true, News: Headed(p.Site, sampleItems()...), Moved: 1, Moves: true}
	return p
}

func sampleActions(f Frame) Actions {
	return Actions{
		Frame: f, Record: sampleCase, Base: 2, Revisions: sampleRevisions(), Companies: []vigie.Company{truffaut}, Others: []vigie.Record{sampleOther}, Public: true, Admin: true,
		Did: "split", Form: url.Values{"statement": {"s2"}, "note": {"why"}}, Problems: vigie.Problems{{Path: "company", Message: vigie.Text{FR: "laquelle ?", EN: "which?"}}},
		Conflict:  &Conflict{Version: 3, Author: "Chloé", At: sampleNow, Base: sampleTemu(), Theirs: sampleTemu()},
		Redaction: &Redaction{Versions: []int{1}, Note: "a name", Failed: true},
	}
}

func sampleCandidate() vigie.Candidate {
	text := "Temu dément une fuite massive qui toucherait 87 millions de clients 🎯.\nAucune donnée bancaire."
	return vigie.Candidate{
		ID: "c1", Kind: "article", Key: "seed", At: sampleNow, Status: "open", Run: "run1",
		Source: vigie.Source{Publisher: "Presse", Title: "Temu dément une fuite", Lang: "fr", URL: "https://presse.example/temu", Published: "2024-09-20"},
		Reading: vigie.Reading{
			Lang: "fr", IsIncident: true, IsRetail: true, Victims: []string{"Temu"}, Kind: "data_breach", Text: text,
			Affected:  []vigie.Count{{Value: 87000000, Unit: "customers", Status: "denied", Qualifier: "exact", Span: vigie.Span{45, 67}}},
			DataTypes: []string{"name"}, DataTypesExcluded: []string{"bank_account"}, Stance: []string{"denies"}, Actor: []string{"Fumeur de tabac"},
			Vector: "API", Via: "Prestix", Sources: []string{"Zataz"},
			Spans: map[string][]vigie.Span{"victims": {{0, 4}}, "affected": {{45, 67}}, "stance": {{5, 11}}, "data_types_excluded": {{71, 93}}},
		},
	}
}

// samplePages are a full one of every page, in an order that reads well.
func samplePages(lang vigie.Lang) map[string]any {
	f := func(path string) Frame { return sampleFrame(lang, path) }
	desk := func(path string) Frame { x := f(path); x.Editor, x.NoIndex = "Ada", true; return x }
	latest := []vigie.Record{sampleCase, sampleBoulanger, sampleOther}
	found := sampleCase
	found.Marks = []vigie.Mark{{Field: "quote", Text: "les données qui circulent", Spans: [][2]int{{4, 12}}}, {Field: "statement s3", Text: "<b>fuite</b> réelle", Spans: [][2]int{{3, 8}}}}
	facets := map[string][]vigie.Facet{"evidence": {{Value: "reported", Count: 2}, {Value: "confirmed", Count: 1}}, "position": {{Value: "denies", Count: 1}}, "company": {{Value: "temu", Count: 1}}, "year": {{Value: "2024", Count: 3}}, "kind": {{Value: "data_breach", Count: 3}}, "sector": {{Value: "marketplace", Count: 1}}}
	before := sampleTemu()
	before.Statements, before.Kind = before.Statements[:3], "unknown"
	after := sampleTemu()
	suspects := []vigie.Suspect{{Incident: "temu-2024-09", Score: 92, Reasons: []vigie.Text{{FR: "même entreprise", EN: "same company"}, {FR: "même nombre", EN: "same figure"}}}}
	full := Incident{Frame: f("/incidents/temu-2024-09"), Record: sampleCase, Company: temu, Wave: &sampleWave, Related: KinOf(sampleCase, &sampleWave, []vigie.Record{sampleBoulanger, sampleOther}, nil, nil), Steps: StepsOf(&sampleCase.Incident), History: sampleRevisions()}
	asOf, old := full, full
	asOf.AsOf, old.Version = "2024-09-18", 1
	return map[string]any{
		"home": Home{Frame: f("/"), Latest: latest, Answers: sampleItems()[:1], Glance: Glance{Cases: 4, Statements: 27, Sources: 31,
			Evidence: []vigie.Facet{{Value: "reported", Count: 2}, {Value: "confirmed", Count: 2}}, Position: []vigie.Facet{{Value: "no_statement", Count: 1}, {Value: "denies", Count: 1}, {Value: "confirms", Count: 2}}}},
		"incidents":       Incidents{Frame: f("/incidents"), Asked: vigie.Query{Q: "fuite", Evidence: []string{"reported"}, Company: []string{"-boulanger"}}, Answer: vigie.Answer{Total: 3, TotalExact: true, Incidents: []vigie.Record{found, sampleOther}, Facets: facets}, Pager: NewPager("", "/fr/incidents?cursor=x", 0, 2, 3, true)},
		"incidents-empty": Incidents{Frame: f("/incidents"), Asked: vigie.Query{Q: "zorglub"}, Answer: vigie.Answer{TotalExact: true}},
		"incident":        full, "incident-as-of": asOf, "incident-old": old,
		"incident-truffaut":  Incident{Frame: f("/incidents/truffaut-2024-09"), Record: sampleOther, Company: truffaut},
		"incident-boulanger": Incident{Frame: f("/incidents/boulanger-2024-09"), Record: sampleBoulanger, Company: boulanger},
		"history":            History{Frame: f("/incidents/temu-2024-09/history"), Record: sampleCase, Company: temu, Revisions: sampleRevisions(), From: 1, To: 2, Before: &before, After: &after},
		"companies":          Companies{Frame: f("/companies"), Rows: []CompanyRow{{temu, 1, &sampleCase}, {truffaut, 1, &sampleOther}, {vigie.Company{ID: "x", Name: "X"}, 0, nil}}},
		"company":            Company{Frame: f("/companies/temu"), Company: temu, Cases: latest[:1], Items: sampleItems()},
		"credits":            Credits{Frame: f("/credits"), Credits: []vigie.Credit{{Publisher: "An index", Licence: "CC BY 4.0", Sources: 2}}},
		"help":               Help{f("/help")},
		"feeds":              Feeds{Frame: f("/feeds"), Hub: "https://hub.example/"},
		"dump":               Dump{Frame: f("/dump"), At: sampleNow, Files: []DumpFile{{"vigie.sqlite", 1 << 21, "00ff"}, {"vigie.zip", 1 << 18, "11ee"}, {Name: "SHA256SUMS", Bytes: 160}}},
		"api":                API{Frame: f("/api"), Version: "1.0.0"},
		"waves":              Waves{Frame: f("/waves"), Rows: []WaveRow{{sampleWave, 3}}},
		"wave":               Wave{Frame: f("/waves/september-2024"), Wave: sampleWave, Cases: latest[1:], Items: sampleItems()},
		"timeline":           Timeline{Frame: f("/timeline"), Timeline: vigie.Timeline{Items: sampleItems()}, Next: "/fr/timeline?cursor=x"},
		"figures":            Figures{Frame: f(FiguresPath), Survey: surveyOf(sampleCase, sampleBoulanger, sampleOther)},
		"figures of nothing": Figures{Frame: f(FiguresPath), Asked: vigie.Query{Q: "<b>", Sector: []string{"pets"}}},
		"corrections":        Corrections{Frame: f("/corrections"), Timeline: vigie.Timeline{Items: sampleItems()[1:]}},
		"about":              About{f("/about")},
		"problem":            Problem{Frame: f("/nowhere"), Status: 404},
		"gone":               Gone{Frame: f("/incidents/x-2024"), Tombstone: vigie.Tombstone{ID: "x-2024", State: vigie.Retracted, Into: "temu-2024-09", Reason: "A list without a source."}, Company: temu},
		"sign-in":            SignIn{Frame: f("/desk/sign-in"), Return: "/fr/desk", Name: "Ada", Failed: true},
		"signed-in":          SignedIn{Frame: desk("/desk/sign-in"), Unsent: Unsent{To: "/fr/desk/new", Fields: url.Values{"note": {"<b>x</b>"}, "summary.fr": {"a", "b"}}}},
		"people": People{Frame: desk("/desk/people"), Admin: true, Editors: []Person{{Name: "Ada", Role: "admin", Since: sampleNow, Seen: sampleNow}, {Name: "Bob", Role: "editor", Since: sampleNow}},
			Former: []Person{{Name: "Eve", Role: "editor", Removed: sampleNow, RemovedBy: "Ada"}}, Sessions: []OwnSession{{ID: "1", Device: "Firefox, Linux", Created: sampleNow, Expires: sampleNow, Here: true}, {ID: "2", Created: sampleNow, Expires: sampleNow}},
			Tokens: []OwnToken{{ID: "a", Note: "feeds", Created: sampleNow}}, Ended: []OwnToken{{ID: "b", Created: sampleNow, Ended: sampleNow}}, Secret: &Secret{Kind: "token", Of: "feeds", Value: "vigie_x"},
			Did: &PeopleDid{Act: "role", Name: "Bob", Role: "admin"}, Asked: &PeopleAsk{Act: "remove", Name: "Bob"}, Refused: "add", Why: vigie.Text{FR: "pris", EN: "taken"}, Name: "Bob"},
		"desk":           Desk{Frame: desk("/desk"), Asked: Sought{Status: "open"}, Statuses: []vigie.Facet{{Value: "open", Count: 2}, {Value: "rejected", Count: 5}}, Kinds: []vigie.Facet{{Value: "article", Count: 2}, {Value: "feed", Count: 1}}, Rows: []CandidateRow{{Candidate: sampleCandidate(), Best: &suspects[0], Twins: 3}}, Next: "/fr/desk?after=x", Last: []vigie.Decision{{Candidate: "c1", Verdict: vigie.Rejected, Reason: "not_retail", Author: "Ada", At: sampleNow}}, LastOf: "A title"},
		"candidate":      CandidatePage{Frame: desk("/desk/candidates/c1"), Candidate: sampleCandidate(), Values: []Value{{Field: "victims", Code: "Temu", Spans: []vigie.Span{{0, 4}}}}, Suspects: []SuspectCase{{Suspect: suspects[0], Record: sampleCase}}, Decisions: []vigie.Decision{{Candidate: "c1", Incident: "temu-2024-09", Verdict: vigie.Attached, Reason: "r", Author: "Ada", At: sampleNow}}, Failed: vigie.Text{FR: "Il faut une raison.", EN: "A reason is needed."}},
		"edit":           sampleEdit(lang),
		"edit-preview":   samplePreviewed(lang),
		"holdings":       Holdings{Frame: desk("/desk/companies"), Kind: vigie.CompanyRecord, Rows: []Holding{{ID: "temu", Name: "Temu", What: "x", Cases: 1, Version: 2}, {ID: "x", Name: "X", Missing: []string{"sector", "wikidata"}, Version: 1}}},
		"holdings-waves": Holdings{Frame: desk("/desk/waves"), Kind: vigie.WaveRecord},
		"record": RecordPage{Frame: desk("/desk/companies/edit/temu"), Kind: vigie.CompanyRecord, ID: "temu", Form: RecordForm(temu), Base: 2, Note: "n", Cases: 1,
			Problems: vigie.Problems{{Path: "domains.0", Message: vigie.Text{FR: "pas un domaine", EN: "not a domain"}}},
			Conflict: &RecordConflict{Version: 3, Author: "Chloé", Note: "x", At: sampleNow, Base: temu, Theirs: truffaut, Mine: boulanger}},
		"record-wave": RecordPage{Frame: desk("/desk/waves/edit/september-2024"), Kind: vigie.WaveRecord, ID: sampleWave.ID, Form: RecordForm(sampleWave), Base: 1, Cases: 3},
		"care": Care{Frame: desk("/desk/care"), Days: 30, Unchecked: []CareCase{{"temu-2024-09", "Temu", vigie.Published, 2, "2026-09-01"}, {"truffaut-2024-09", "Truffaut", vigie.Draft, 1, ""}}, UncheckedTotal: 60,
			Unopened: []CareSource{{"temu-2024-09", "Temu", vigie.Published, sampleCase.Sources[4]}}, UnopenedTotal: 1},
		"embed": Embed{full}, "embed-old": Embed{old}, "embed-as-of": Embed{asOf},
		"embed-chart":   EmbedChart{Frame: f("/embed/figures/cases"), Chart: Chart{Name: "cases", Lang: lang, Title: "<b>Three</b> cases", Unit: "u", Notes: []string{"n"}, Source: "s", Page: "/en/figures?q=x", Wide: Drawing{ID: "a", W: 10, H: 10, Marks: []DrawnMark{{Kind: "line"}}}}},
		"embed-gone":    EmbedProblem{Frame: f("/embed/incidents/x-2024"), Status: 410, Tombstone: vigie.Tombstone{ID: "x-2024", State: vigie.Retracted, Reason: "A list without a source."}},
		"reply":         ReplyPage{Frame: f("/incidents/temu-2024-09/reply"), Record: sampleCase, Days: 90},
		"reply-refused": ReplyPage{Frame: f("/incidents/temu-2024-09/reply"), Record: sampleCase, Days: 90, Reply: vigie.Reply{Kind: vigie.ToCorrect, Statement: "s2", Text: "<b>x</b>"}, Problems: vigie.Reply{}.Validate(&sampleCase.Incident), Trapped: true, Wait: 3},
		"reply-full":    ReplyPage{Frame: f("/incidents/temu-2024-09/reply"), Record: sampleCase, Full: true},
		"reply-sent":    ReplyPage{Frame: f("/incidents/temu-2024-09/reply"), Record: sampleCase, Sent: "ABCDEFGH23"},
		"replies": Replies{Frame: desk("/desk/replies"), Days: 90, Failed: vigie.Text{FR: "Non.", EN: "No."}, Open: []ReplyRow{{Reply: vigie.Reply{ID: "ABCDEFGH23", Incident: "temu-2024-09", Version: 1, Statement: "s2", Kind: vigie.ToPublish, Name: "Ana", Function: "Press", Email: "a@temu.example", Text: "No.", URL: "https://temu.example/", Lang: vigie.English, At: sampleNow}, Case: sampleCase}},
			Settled: []ReplyRow{{Reply: vigie.Reply{ID: "ABCDEFGH24", Kind: vigie.ToCorrect, Lang: vigie.French, At: sampleNow}, Case: sampleOther, Settled: sampleNow, Author: "Ada", Note: "done"}}},
		"actions": sampleActions(desk("/desk/incidents/temu-2024-09/actions")),
		"cases":   Cases{Frame: desk("/desk/incidents"), State: vigie.Draft, Rows: []CaseRow{{sampleCase, 2, sampleNow, "Ada"}}},
		"watches": sampleWatches(desk("/desk/watches")),
		"watch":   sampleWatch(desk("/desk/watches/edit/gazette-example")),
		"run": RunPage{Frame: desk("/desk/runs/run1"), Run: vigie.Run{ID: "run1", Kind: "article", Origin: "seed.txt", Started: sampleNow, Ended: sampleNow, Completed: true, Tally: vigie.Tally{Read: 3, New: 1, Duplicate: 2}, Messages: []string{"refused: no title"}, Undone: sampleNow, UndoneBy: "Ada", Left: 2},
			Counts: []vigie.Facet{{Value: "open", Count: 2}, {Value: "rejected", Count: 1}}, Decided: []RunDecided{{Candidate: sampleCandidate(), Decisions: []vigie.Decision{{Candidate: "c1", Incident: "temu-2024-09", Verdict: vigie.Attached, Author: "Ada", At: sampleNow}}}}, Failed: vigie.Text{FR: "Cochez.", EN: "Tick."}},
		"runs": Runs{Frame: desk("/desk/runs"), Runs: []vigie.Run{{ID: "run1", Kind: "article", Origin: "seed.txt", Started: sampleNow, Ended: sampleNow, Completed: true, Tally: vigie.Tally{Read: 3, New: 1, Duplicate: 2}}, {ID: "run2", Kind: "feed", Origin: "https://x.example", Started: sampleNow, Messages: []string{"no title"}}}},
	}
}
