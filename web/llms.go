package web

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"vigie"
)

// WriteLLMs writes /llms.txt: to programs that read and write, what this site is, how to
// ask it, how to cite it and what not to infer. It is Markdown, in English, and names
// formats, fields and codes from their own tables.
func WriteLLMs(w io.Writer, base string, site Settings) error {
	base = strings.TrimSuffix(base, "/")
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	page := func(path, what string) { say("- [%s](%s%s): %s", path, base, PagePath(vigie.English, path), what) }

	say("# %s\n", cmp.Or(site.Name, "Vigie"))
	say("> The public ledger of cyberattacks on retailers: who said what, when, and where we read it. In French and in English (/fr/… and /en/… are the same pages).\n")
	say("It records statements, not breaches. A case (incident) is one company and a ledger of statements, each by one speaker on one day, with its sources. Everything else is derived from them by a printed table of rules. It has two axes: evidence (%s) and position of the company (%s).\n",
		strings.Join(vigie.Codes("evidence"), ", "), strings.Join(vigie.Codes("position"), ", "))

	say("## What not to infer\n")
	for _, s := range []string{
		"A claim is not a fact. Always name who says it and what the company answered, in the same sentence: “87 million records according to the seller; Temu denies it”.",
		"Denied is not refuted. Confirmed means that an intrusion or leak happened: it says nothing of its size or of which data.",
		"Figures of different speakers are never added up, averaged or replaced by one another. The “figure of record” is the one shown first, by a rule; it is not an established number.",
		"A key that is absent means unknown to this record. It is never 0, and never “none”.",
		"position no_statement means that no word of the company is known to us, as of the date in checked. It does not mean that the company was silent or declined to answer.",
		"A company that is not in this record may have been attacked. One that is in it may have been claimed as a victim wrongly.",
		"Dates are as precise as their source (2024, 2024-09, 2024-09-16, A/B for some time between two days, ~ for about). Do not complete them.",
	} {
		say("- %s", s)
	}

	say("\n## How to ask\n")
	say("One query works on every address; change the extension for another format, nothing else. %s/incidents.json?q=temu lists cases, %s/timeline.json?q=temu lists statements and corrections, %s/incidents/{id}.json is one case.\n", base, base, base)
	var names []string
	for _, f := range vigie.Fields {
		names = append(names, f.Name)
	}
	say("Parameters: %s. Several values by comma, a minus before a value excludes it. An unknown parameter is refused with the list of those allowed.\n", strings.Join(names, ", "))
	say("Formats:\n")
	for _, f := range Formats {
		if !f.Page && (f.Serves(IncidentsSurface) || f.Serves(TimelineSurface) || f.Serves(IncidentSurface)) {
			say("- .%s: %s", f.Name, strings.Split(f.MIME, ";")[0])
		}
	}
	say("\nTo keep a copy up to date, ask updated_since with the edition of your last answer. The whole record is under %s%s/. Please do not walk through every page: take that.\n", base, DumpPath)

	say("## Pages\n")
	page(HelpPath, "the grammar of the search, with examples")
	page(APIPath, "the API to people; "+base+OpenAPIPath+" describes it to machines")
	page(AboutPath, "what the record is, the table of rules, the vocabularies")
	page(FeedsPath, "feeds of everything, of a company, a case or any search; what counts as news")
	page(DumpPath, "the whole record: SQLite, data package, checksums")
	page(CorrectionsPath, "what was corrected, when and why")
	page(CreditsPath, "publishers whose lists are cited under their licences")

	say("\n## Cards\n")
	say("To show a case or a chart in a page of another site, frame its card: %s/en%s/incidents/{id} (?version={n} or ?as_of={day} keeps it as it was), %s/en%s/figures/{chart} with any query. %s%s?url={address of a page} gives the frame (oEmbed 1.0). A card has no script and no cookie.", base, EmbedPath, base, EmbedPath, base, OEmbedPath)

	say("\n## How to cite\n")
	say("Cite a case by its permanent id and version: %s/en/incidents/{id}?version={n}. The version is derived.version in its JSON. /incidents/{id}.bib and .csl are ready-made citations. Cite the source of a statement (its url) for what was said.", base)
	if site.Licence != "" {
		say("Licence of the record: %s %s", site.Licence, site.LicenceURL)
	}
	if site.Publisher != "" {
		say("Publisher: %s", site.Publisher)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing llms.txt: %w", err)
	}
	return nil
}
