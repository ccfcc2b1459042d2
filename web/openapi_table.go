package web

import (
	"net/http"
	"reflect"

	"vigie"
)

// Endpoint is a row of the table of addresses as programs ask them: what the
// OpenAPI document and the page of the API are made from. Path is the bare route
// as the server writes it; a surface is to be had in each of its formats, under
// the extension of each.
type Endpoint struct {
	Name    string // operation ids begin with it
	Method  string
	Path    string       // /incidents/:id
	Surface Surface      // what is shown there; "" when the answer has no formats
	Type    string       // media type of an answer without formats; "" is a page only
	Shape   reflect.Type // of that answer, when it is JSON of a shape of ours
	Asks    []string     // kinds of address of vigie.Fields
	AsFeed  []string     // the same of its feeds, where they differ
	Without []string     // fields that the address itself says
	Own     []APIParam   // parameters that are no field of a query
	Body    reflect.Type // what is sent
	Made    int          // the status that means done, 200 when zero
	Fails   []int        // statuses of problems besides those that every address has
	Summary vigie.Text
	Text    vigie.Text
}

// Page tells whether the address is a page and nothing else.
func (e Endpoint) Page() bool { return e.Surface == "" && e.Type == "" }

// Writes tells whether the address is for editors' programs.
func (e Endpoint) Writes() bool { return e.Method != http.MethodGet }

var (
	onSearch = []string{vigie.OnSearch}
	onTime   = []string{vigie.OnTimeline}
	onCase   = []string{vigie.OnCase}
)

// Endpoints is the table, in the order to read it. A test drives each row and
// misses none of the server's routes.
var Endpoints = []Endpoint{
	{Name: "incidents", Method: "GET", Path: IncidentsPath, Surface: IncidentsSurface, Asks: onSearch,
		Summary: vigie.Text{FR: "Les dossiers qui répondent à une recherche", EN: "The cases that answer a search"}},
	{Name: "incident", Method: "GET", Path: IncidentsPath + "/:id", Surface: IncidentSurface, Asks: onCase, AsFeed: onTime, Fails: []int{http.StatusNotFound, http.StatusGone},
		Summary: vigie.Text{FR: "Un dossier", EN: "One case"}},
	{Name: "timeline", Method: "GET", Path: TimelinePath, Surface: TimelineSurface, Asks: onTime,
		Summary: vigie.Text{FR: "Déclarations et corrections, dans l’ordre", EN: "Statements and corrections, in order"}},
	{Name: "createCandidate", Method: "POST", Path: CandidatesPath, Type: "application/json", Shape: reflect.TypeFor[Receipt](), Body: reflect.TypeFor[Article](), Made: http.StatusCreated,
		Summary: vigie.Text{FR: "Apporter une nouvelle aux rédacteurs", EN: "Bring a piece of news to the editors"}},
	{Name: "putIncident", Method: "PUT", Path: IncidentsPath + "/:id", Type: "application/json", Shape: reflect.TypeFor[vigie.Record](), Body: reflect.TypeFor[vigie.Record](),
		Summary: vigie.Text{FR: "Enregistrer un dossier", EN: "Save a case"}},
}
