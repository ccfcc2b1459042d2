package web

import (
	"net/http"
	"reflect"
	"strings"

	"vigie"
)

// Endpoint is a row of the table of addresses: what the OpenAPI document and the
// page of the API are made from. Path is the bare route as the server writes it; a
// surface is to be had in each of its formats, under the extension of each.
type Endpoint struct {
	Name    string // operation ids begin with it
	Group   string
	Method  string // GET when empty
	Path    string // /incidents/:id
	As      string // how it is asked, where that is not Path and an extension
	Surface Surface
	Type    string       // media type of an answer that has no formats; with no surface either it is a page only
	Shape   reflect.Type // of that answer, when it is JSON of ours
	Kept    bool         // such an answer has an ETag
	Asks    []string     // kinds of address of vigie.Fields
	AsFeed  []string     // the same of its feeds, where they differ
	Without []string     // fields that the address itself says
	Own     []APIParam   // parameters that are no field of a query
	Body    reflect.Type // what is sent
	Example any          // of it
	Made    int          // status when done, 200 when zero
	Also    []int        // other statuses that answer alike
	Fails   []int        // statuses of problems that not every such address has
	Summary vigie.Text
	Text    vigie.Text
	Takes   vigie.Text // what is sent, in words
	Done    vigie.Text // what is answered
}

// Page tells whether the address is a page and nothing else.
func (e Endpoint) Page() bool { return e.Surface == "" && e.Type == "" }

// Writes tells whether the address is for programs of editors.
func (e Endpoint) Writes() bool { return e.Method == http.MethodPost || e.Method == http.MethodPut }

// Address is the path as an OpenAPI document writes it, without extension.
func (e Endpoint) Address() string {
	if e.As != "" {
		return e.As
	}
	parts := strings.Split(e.Path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func (e Endpoint) made() int {
	if e.Made != 0 {
		return e.Made
	}
	return http.StatusOK
}

// fails are the statuses of problems that the address may answer.
func (e Endpoint) fails() []int {
	all := []int{http.StatusInternalServerError, http.StatusServiceUnavailable}
	switch {
	case e.Surface != "" || e.Kept:
		all = append(all, http.StatusBadRequest)
	case !e.Writes(): // it has no language: /fr/robots.txt is nothing
		all = append(all, http.StatusNotFound)
	}
	if e.Writes() {
		all = append(all, http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusTooManyRequests)
	}
	return append(all, e.Fails...)
}

// CandidatesPath is where programs bring news to the desk.
const CandidatesPath = "/candidates"

// Article is a piece of news that a program brings, already taken out of its page.
type Article struct {
	URL       string     `json:"url,omitempty" doc:"Where it was read."`
	Title     string     `json:"title" doc:"Its title, in its own language."`
	Text      string     `json:"text" doc:"The whole text. It stays at the desk and is forgotten some weeks after the decision."`
	Lang      string     `json:"lang,omitempty" doc:"Its language (BCP 47). Absent: guessed from the text."`
	Publisher string     `json:"publisher,omitempty" doc:"Who published it."`
	Published vigie.Date `json:"published,omitempty" doc:"When, as precisely as it is known."`
	Key       string     `json:"key,omitempty" doc:"What names it upstream for ever, such as a guid. Absent: its address, or else its text."`
}

// Receipt says what became of a piece of news.
type Receipt struct {
	ID      string `json:"id,omitempty" doc:"The candidate, at /desk/candidates/{id}. Absent: none was kept, or its text came before under another name."`
	Outcome string `json:"outcome" doc:"new, changed (known, with another text), duplicate (known, or rejected before), or filtered (tells of no attack that was recognised)."`
	Run     string `json:"run" doc:"The import that it is recorded under."`
}

var apiTokens = vigie.Text{
	FR: "Un rédacteur donne un jeton à son programme : « vigie editor token NOM ». Le programme le montre dans l’en-tête Authorization: Bearer vigie_… et écrit au nom du rédacteur. Cent envois d’affilée, puis cinq par seconde ; au-delà, 429 et Retry-After.",
	EN: "An editor gives a program a token: “vigie editor token NAME”. The program shows it in the header Authorization: Bearer vigie_… and writes in the name of the editor. A hundred requests at once, then five a second; beyond that, 429 and Retry-After.",
}

var (
	onSearch  = []string{vigie.OnSearch}
	onTime    = []string{vigie.OnTimeline}
	onDrawn   = []string{vigie.OnTimeline, vigie.OnDrawing} // what only draws is let go by the formats that do not
	onCase    = []string{vigie.OnCase}
	onNothing = []string{vigie.OnNothing}
	onFigures = []string{vigie.OnFigures}
	gone      = []int{http.StatusNotFound, http.StatusGone}
	unknown   = []int{http.StatusNotFound}
)

// apiGroups are the subjects of the addresses, in the order to read them.
var apiGroups = []APIGroup{
	{ID: "cases", Title: vigie.Text{FR: "Dossiers", EN: "Cases"}, Text: vigie.Text{FR: "Un dossier par entreprise et par attaque, avec son registre de déclarations.", EN: "One case for each company and attack, with its ledger of statements."}},
	{ID: "timelines", Title: vigie.Text{FR: "Chronologies", EN: "Timelines"}, Text: vigie.Text{FR: "Les déclarations et les corrections, une par une : ce que suivent les flux.", EN: "Statements and corrections, one by one: what feeds follow."}},
	{ID: "record", Title: vigie.Text{FR: "Le registre entier", EN: "The whole record"}, Text: vigie.Text{FR: "Les entreprises, les codes et leurs libellés, tout en une fois.", EN: "Companies, codes and their labels, everything at once."}},
	{ID: "writing", Title: vigie.Text{FR: "Écrire", EN: "Writing"}, Text: apiTokens},
	{ID: "service", Title: vigie.Text{FR: "Pour les machines", EN: "For machines"}, Text: vigie.Text{FR: "La description de l’API, les listes et l’état du service.", EN: "The description of the API, lists, and whether the service is up."}},
}

// Endpoints is the table, in the order to read it. A test drives each row and
// finds each route of the server in it.
var Endpoints = []Endpoint{
	{Name: "incidents", Group: "cases", Path: IncidentsPath, Surface: IncidentsSurface, Asks: onSearch,
		Summary: vigie.Text{FR: "Les dossiers qui répondent à une recherche", EN: "The cases that answer a search"},
		Text: vigie.Text{FR: "En JSON, par pages : next, ou le lien rel=next, mène à la suivante. Les autres formats sont complets, quelle que soit la longueur. updated_since ne donne que ce qui a changé depuis une édition, avec left (ce qui ne répond plus) et tombstones (ce qui est retiré ou réuni).",
			EN: "In JSON, by pages: next, or the link rel=next, leads on. The other formats are whole, whatever their length. updated_since gives only what changed since an edition, with left (what answers no longer) and tombstones (what was withdrawn or merged)."}},
	{Name: "incident", Group: "cases", Path: IncidentsPath + "/:id", Surface: IncidentSurface, Asks: onCase, AsFeed: onTime, Fails: gone,
		Summary: vigie.Text{FR: "Un dossier", EN: "One case"},
		Text: vigie.Text{FR: "Le dossier entier, comme il est ou comme il était (version, as_of). Un dossier retiré répond 410 avec sa raison ; un dossier réuni à un autre y renvoie. L’ETag de son JSON ne change qu’avec lui : c’est celui que PUT demande.",
			EN: "The whole case, as it is or as it was (version, as_of). A case that was withdrawn answers 410 with its reason; one that was merged leads to the other. The ETag of its JSON changes with the case only: it is the one that PUT asks for."}},
	{Name: "timeline", Group: "timelines", Path: TimelinePath, Surface: TimelineSurface, Asks: onDrawn,
		Summary: vigie.Text{FR: "Déclarations et corrections, dans l’ordre", EN: "Statements and corrections, in order"},
		Text: vigie.Text{FR: "Un événement par déclaration et par correction, avec ce qu’il a changé. Les filtres choisissent des dossiers et, pour role, act, unit et les dates, des déclarations. Ses flux sont aussi à /feed.rss, /feed.atom et /feed.json.",
			EN: "One event for each statement and correction, with what it changed. Filters choose cases and, for role, act, unit and dates, statements. Its feeds are at /feed.rss, /feed.atom and /feed.json too."}},
	{Name: "figures", Group: "cases", Path: FiguresPath, Surface: FiguresSurface, Asks: onFigures,
		Summary: vigie.Text{FR: "Les nombres des dossiers qui répondent à une recherche", EN: "The numbers of the cases that answer a search"},
		Text: vigie.Text{FR: "Tout ce que dessine la page des chiffres : les dossiers par date et par solidité des faits, les chiffres des attaquants et de l’entreprise, les délais, les données, les secteurs, les pays. Les filtres et les mots sont ceux de la recherche. Un compte n’a ni ordre ni pages : sort, limit, cursor et updated_since y sont refusés.",
			EN: "All that the page of figures draws: the cases by date and evidence, the figures of attackers and of the company, lags, data, sectors, countries. Filters and words are those of the search. A count has no order and no pages: sort, limit, cursor and updated_since are refused."}},
	{Name: "chart", Group: "cases", Path: FiguresPath + "/:file", As: FiguresPath + "/{chart}.svg", Type: "image/svg+xml", Kept: true, Asks: onFigures, Fails: unknown,
		Own:     []APIParam{{Name: "chart", In: "path", Required: true, Type: "string", Values: ChartNames(), Text: vigie.Text{FR: "Le dessin.", EN: "The drawing."}}},
		Summary: vigie.Text{FR: "Un des dessins de la page des chiffres, en SVG", EN: "One of the drawings of the page of figures, as SVG"},
		Text:    vigie.Text{FR: "Un fichier qui se suffit : titre, source, couleurs claires et sombres.", EN: "A file that stands alone: title, source, colours for light and dark."}},
	{Name: "corrections", Group: "timelines", Path: CorrectionsPath, Surface: TimelineSurface, Asks: onTime,
		Summary: vigie.Text{FR: "Ce que Vigie a corrigé", EN: "What Vigie corrected"}},
	{Name: "company", Group: "timelines", Path: CompaniesPath + "/:id", Surface: TimelineSurface, Asks: onTime, Without: []string{"company"}, Fails: unknown,
		Summary: vigie.Text{FR: "La chronologie d’une entreprise", EN: "The timeline of a company"}},
	{Name: "wave", Group: "timelines", Path: WavesPath + "/:id", Surface: TimelineSurface, Asks: onTime, Without: []string{"wave"}, Fails: unknown,
		Summary: vigie.Text{FR: "La chronologie d’une vague", EN: "The timeline of a campaign"}},
	{Name: "companies", Group: "record", Path: CompaniesPath, Surface: CompaniesSurface, Asks: onNothing,
		Summary: vigie.Text{FR: "Les entreprises qui ont un dossier publié", EN: "The companies that have a published case"}},
	{Name: "vocabulary", Group: "record", Path: "/vocabulary", Surface: VocabularySurface, Asks: onNothing,
		Summary: vigie.Text{FR: "Les codes, leurs libellés dans les deux langues et les colonnes", EN: "The codes, their labels in both languages, and the columns"}},
	{Name: "dumpSQLite", Group: "record", Path: DumpPath + "/:file", As: DumpPath + "/vigie.sqlite", Type: "application/vnd.sqlite3", Kept: true, Fails: unknown,
		Summary: vigie.Text{FR: "Tout le registre, en base SQLite", EN: "The whole record, as a SQLite database"},
		Text:    vigie.Text{FR: "Les tables publiques, prêtes pour Datasette. Range est compris.", EN: "The public tables, ready for Datasette. Range is understood."}},
	{Name: "dumpPackage", Group: "record", Path: DumpPath + "/:file", As: DumpPath + "/vigie.zip", Type: "application/zip", Kept: true, Fails: unknown,
		Summary: vigie.Text{FR: "Tout le registre, en paquet de données", EN: "The whole record, as a data package"},
		Text:    vigie.Text{FR: "Des tables CSV et leur description (Frictionless Data Package). Range est compris.", EN: "Tables as CSV and their description (Frictionless Data Package). Range is understood."}},
	{Name: "dumpSums", Group: "record", Path: DumpPath + "/:file", As: DumpPath + "/SHA256SUMS", Type: "text/plain", Kept: true, Fails: unknown,
		Summary: vigie.Text{FR: "Les sommes de contrôle des deux", EN: "The checksums of both"}},
	{Name: "createCandidate", Group: "writing", Method: http.MethodPost, Path: CandidatesPath, Type: "application/json", Shape: reflect.TypeFor[Receipt](), Body: reflect.TypeFor[Article](), Made: http.StatusCreated, Also: []int{http.StatusOK},
		Example: Article{URL: "https://journal.example/boulanger", Title: "Boulanger victime d’une fuite de données", Text: "L’enseigne Boulanger confirme une cyberattaque…", Lang: "fr", Publisher: "Le Journal", Published: "2024-09-08"},
		Own:     []APIParam{{Name: "all", In: "query", Type: "string", Values: []string{"1"}, Text: vigie.Text{FR: "all=1 : apporter aussi ce qui ne raconte pas d’attaque.", EN: "all=1: bring what tells of no attack too."}}},
		Summary: vigie.Text{FR: "Apporter une nouvelle aux rédacteurs", EN: "Bring a piece of news to the editors"},
		Text: vigie.Text{FR: "Le texte est lu comme par « vigie import article » et attend une décision : rien n’est publié. La même adresse, la même clé ou le même texte ne donnent qu’un candidat.",
			EN: "The text is read as by “vigie import article” and waits for a decision: nothing is published. The same address, key or text makes one candidate."},
		Takes: vigie.Text{FR: "Un article déjà tiré de sa page.", EN: "One article, already taken out of its page."},
		Done:  vigie.Text{FR: "201 : nouveau, ou changé ; 200 : déjà connu, ou écarté (filtered), et rien n’a été gardé.", EN: "201: new, or changed; 200: known already, or filtered out, and nothing was kept."}},
	{Name: "putIncident", Group: "writing", Method: http.MethodPut, Path: IncidentsPath + "/:id", Type: "application/json", Shape: reflect.TypeFor[vigie.Record](), Body: reflect.TypeFor[vigie.Record](), Also: []int{http.StatusCreated},
		Example: vigie.Incident{ID: "outilor-2026-03", State: vigie.Draft, Company: "outilor", Kind: "data_breach",
			Statements: []vigie.Statement{{ID: "s1", By: vigie.Speaker{Role: vigie.Respondent, Company: "outilor"}, Acts: []vigie.Act{vigie.Confirms, vigie.NotifiesCustomers}, On: "2026-03-02", Sources: []string{"r1"},
				Text: vigie.Text{FR: "Outilor confirme une intrusion et prévient ses clients.", EN: "Outilor confirms an intrusion and tells its customers."}}},
			Sources: []vigie.Source{{ID: "r1", URL: "https://journal.example/outilor", Publisher: "Le Journal", Title: "Outilor victime d’une intrusion", Published: "2026-03-02", Lang: "fr", Kind: "article", Seen: vigie.SeenFull}}},
		Fails: []int{http.StatusConflict, http.StatusGone, http.StatusNotFound, http.StatusPreconditionFailed, http.StatusPreconditionRequired},
		Own: []APIParam{
			{Name: "note", In: "query", Required: true, Type: "string", Most: 300, Example: "The regulator’s decision is added.", Text: vigie.Text{FR: "Ce qui change et pourquoi, en public : au plus 300 caractères.", EN: "What changes and why, in public: at most 300 characters."}},
			{Name: "company_name", In: "query", Type: "string", Most: 100, Text: vigie.Text{FR: "Le nom de l’entreprise, si le registre ne la connaît pas : elle est créée avec le dossier.", EN: "The name of the company, if the record does not know it: it is made with the case."}},
			{Name: "If-Match", In: "header", Type: "string", Text: vigie.Text{FR: "L’ETag du dossier tel qu’il a été lu : celui de GET /incidents/{id}.json, ou du dernier PUT.", EN: "The ETag of the case as it was read: that of GET /incidents/{id}.json, or of the last PUT."}},
			{Name: "If-None-Match", In: "header", Type: "string", Values: []string{"*"}, Text: vigie.Text{FR: "* crée un dossier.", EN: "* makes a new case."}},
		},
		Summary: vigie.Text{FR: "Enregistrer un dossier", EN: "Save a case"},
		Text: vigie.Text{FR: "Les règles sont celles du formulaire des rédacteurs. If-Match enregistre une nouvelle version, If-None-Match: * un nouveau dossier. derived est recalculé et peut rester. Une ligne sans id en reçoit un. La réponse porte le nouvel ETag ; c’est le seul moyen d’avoir celui d’un brouillon, que GET ne montre pas. Retirer, réunir et restaurer se font au bureau.",
			EN: "The rules are those of the editors’ form. If-Match saves a new version, If-None-Match: * a new case. derived is computed anew and may stay. A row without an id is given one. The answer carries the new ETag; it is the only way to have that of a draft, which GET does not show. Withdrawing, merging and restoring are done at the desk."},
		Takes: vigie.Text{FR: "Le dossier entier, comme GET le donne.", EN: "The whole case, as GET gives it."},
		Done:  vigie.Text{FR: "Le dossier tel qu’il est maintenant.", EN: "The case as it now is."}},
	{Name: "openapi", Group: "service", Path: "/openapi", As: OpenAPIPath, Type: "application/json", Kept: true,
		Summary: vigie.Text{FR: "Cette description, pour les machines (OpenAPI 3.1)", EN: "This description, for machines (OpenAPI 3.1)"}},
	{Name: "opml", Group: "service", Path: OPMLPath, Type: "text/x-opml", Summary: vigie.Text{FR: "La liste des flux (OPML)", EN: "The list of feeds (OPML)"}},
	{Name: "oembed", Group: "service", Path: OEmbedPath, Type: "application/json", Shape: reflect.TypeFor[OEmbed](), Kept: true, Fails: []int{http.StatusNotFound, http.StatusNotImplemented},
		Own: []APIParam{
			{Name: "url", In: "query", Required: true, Type: "string", Example: "{base}/fr/incidents/temu-2024-09", Text: vigie.Text{FR: "L’adresse d’un dossier ou d’un graphique de ce site.", EN: "The address of a case or of a chart of this site."}},
			{Name: "format", In: "query", Type: "string", Values: []string{"json"}, Text: vigie.Text{FR: "json, le seul écrit ; un autre est refusé par 501.", EN: "json, the only one written; another is refused with 501."}},
			{Name: "maxwidth", In: "query", Type: "integer", Example: "600", Text: vigie.Text{FR: "La plus grande largeur, en pixels.", EN: "The greatest width, in pixels."}},
			{Name: "maxheight", In: "query", Type: "integer", Example: "500", Text: vigie.Text{FR: "La plus grande hauteur, en pixels.", EN: "The greatest height, in pixels."}},
		},
		Summary: vigie.Text{FR: "La fiche d’une page, pour un article (oEmbed 1.0)", EN: "The card of a page, for an article (oEmbed 1.0)"},
		Text: vigie.Text{FR: "Un système de publication demande ici le cadre d’un dossier. Le cadre n’a ni script ni cookie et se met à jour seul. Les paramètres de plus sont ignorés.",
			EN: "A publishing system asks here for the frame of a case. The frame has no script and no cookie and keeps itself up to date. Parameters besides are passed over."}},
	{Name: "sitemap", Group: "service", Path: SitemapPath, Type: "application/xml", Summary: vigie.Text{FR: "Le plan du site", EN: "The sitemap"}},
	{Name: "sitemapPart", Group: "service", Path: "/sitemap/:part", Type: "application/xml", Fails: unknown,
		Own:     []APIParam{{Name: "part", In: "path", Required: true, Type: "string", Example: "1.xml", Text: vigie.Text{FR: "Une partie du plan, nommée par /sitemap.xml.", EN: "A part of the map, named by /sitemap.xml."}}},
		Summary: vigie.Text{FR: "Une partie du plan du site", EN: "A part of the sitemap"}},
	{Name: "llms", Group: "service", Path: LLMsPath, Type: "text/plain", Summary: vigie.Text{FR: "Vigie en quelques lignes, pour les modèles de langage", EN: "Vigie in a few lines, for language models"}},
	{Name: "robots", Group: "service", Path: "/robots.txt", Type: "text/plain", Summary: vigie.Text{FR: "Ce que les robots peuvent lire", EN: "What robots may read"}},
	{Name: "health", Group: "service", Path: "/healthz", Type: "text/plain", Summary: vigie.Text{FR: "ok, quand la base répond", EN: "ok, when the database answers"}},
	{Name: "ready", Group: "service", Path: "/readyz", Type: "text/plain", Summary: vigie.Text{FR: "ok, quand le service peut répondre", EN: "ok, when the service can answer"}},
	// Pages: for people, in both languages.
	{Name: "home", Path: HomePath},
	{Name: "history", Path: IncidentsPath + "/:id/history"},
	{Name: "reply", Path: IncidentsPath + "/:id/reply"},
	{Name: "embedChart", Path: EmbedPath + FiguresPath + "/:chart"},
	{Name: "embedCase", Path: EmbedPath + IncidentsPath + "/:id"},
	{Name: "waves", Path: WavesPath},
	{Name: "feeds", Path: FeedsPath},
	{Name: "help", Path: HelpPath},
	{Name: "about", Path: AboutPath},
	{Name: "credits", Path: CreditsPath},
	{Name: "api", Path: APIPath},
	{Name: "dumpPage", Path: DumpPath},
	{Name: "problem", Path: "/problems/:slug"},
}
