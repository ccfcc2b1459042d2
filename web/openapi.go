package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"vigie"
)

// OpenAPI is the description of the API (OpenAPI 3.1), as JSON: made from the
// tables of addresses, formats, fields, vocabularies and problems, and from the
// types of the record, so that it cannot say other than they do. base is the
// scheme and host of this Vigie.
func OpenAPI(base string, site Settings) ([]byte, error) {
	words, err := ReadWords(shipped, vigie.English)
	if err != nil {
		return nil, err
	}
	d := describer{base: strings.TrimSuffix(base, "/"), site: site, words: words, shapes: schemas{}, problems: map[string]apiResponse{}}
	doc, err := d.document()
	if err != nil {
		return nil, fmt.Errorf("describing the API: %w", err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(doc); err != nil {
		return nil, fmt.Errorf("writing the description of the API: %w", err)
	}
	return b.Bytes(), nil
}

// describer makes the description.
type describer struct {
	base     string
	site     Settings
	words    *Words
	shapes   schemas
	problems map[string]apiResponse // those that an operation answers
}

func (d *describer) document() (openAPI, error) {
	parameters, err := d.fields()
	if err != nil {
		return openAPI{}, err
	}
	said, err := d.preface()
	if err != nil {
		return openAPI{}, err
	}
	doc := openAPI{
		OpenAPI: "3.1.0",
		Info: apiInfo{
			Title: "Vigie", Version: APIVersion(), Summary: "The public ledger of cyberattacks on retailers: who said what, when, and where we read it.",
			Description: said, License: apiLicense{Name: d.site.Licence, URL: d.site.LicenceURL}, Contact: contactOf(d.site),
		},
		Servers: []apiServer{
			{URL: d.base, Description: "In the default language: texts of feeds and problems; the record is the same in all."},
			{URL: d.base + "/fr", Description: "In French."},
			{URL: d.base + "/en", Description: "In English."},
		},
		Security: []map[string][]any{},
		Paths:    map[string]*apiPath{},
		Components: apiComponents{
			Parameters: parameters, Headers: apiHeaders,
			SecuritySchemes: map[string]apiSecurity{"token": {Type: "http", Scheme: "bearer", Description: apiTokens.EN}},
		},
	}
	for _, g := range apiGroups {
		doc.Tags = append(doc.Tags, apiTag{Name: g.ID, Description: g.Title.EN + ". " + g.Text.EN})
	}
	for _, e := range Endpoints {
		if !e.Page() {
			d.describe(e, doc.Paths)
		}
	}
	doc.Components.Schemas, doc.Components.Responses = d.shapes, d.problems
	return doc, nil
}

// preface is what the page of the API says before its tables and after them.
func (d *describer) preface() (string, error) {
	var b strings.Builder
	for _, key := range []string{"lead", "same", "absent", "claims", "paging", "sync", "cache", "cors", "promise", "promise-ids", "promise-add", "promise-break", "promise-codes", "promise-not"} {
		said, err := d.words.Say("api." + key)
		if err != nil {
			return "", err
		}
		switch key {
		case "promise":
			b.WriteString("\n## " + said + "\n\n")
		case "lead":
			b.WriteString(said + "\n\n")
		default:
			b.WriteString("- " + said + "\n")
		}
	}
	return b.String(), nil
}

func contactOf(site Settings) *apiContact {
	c := &apiContact{Name: site.Publisher}
	if address, mail := strings.CutPrefix(site.Contact, "mailto:"); mail {
		c.Email = address
	} else if strings.HasPrefix(site.Contact, "http") {
		c.URL = site.Contact
	} else if strings.Contains(site.Contact, "@") {
		c.Email = site.Contact
	}
	return c
}

// describe adds the operations of an address: one for each format, and the address
// without extension, where Accept decides.
func (d *describer) describe(e Endpoint, paths map[string]*apiPath) {
	if e.Surface == "" {
		d.add(paths, e.Address(), e, d.operation(e, Format{Name: "json", MIME: e.Type}, e.Name))
		return
	}
	formats := formatsOf(e)
	for _, f := range formats {
		d.add(paths, e.Address()+"."+f.Name, e, d.operation(e, f, e.Name+"_"+f.Name))
	}
	any := d.operation(e, formats[0], e.Name)
	any.Description += " The format is the one that Accept likes best."
	if Formats[0].Serves(e.Surface) {
		any.Description += " A browser is sent to the page."
		any.Responses["302"] = apiResponse{Description: "The page, in the language of the visitor.", Headers: headers("Location")}
	}
	any.Responses["406"] = d.problem(http.StatusNotAcceptable, true)
	for _, status := range e.fails() {
		any.Responses[strconv.Itoa(status)] = d.problem(status, true)
	}
	ok := any.Responses["200"]
	ok.Content = map[string]apiMedia{}
	for _, f := range formats {
		if _, have := ok.Content[mediaType(f.MIME)]; !have {
			ok.Content[mediaType(f.MIME)] = d.media(e, f)
		}
	}
	any.Responses["200"] = ok
	any.Parameters = slices.DeleteFunc(any.Parameters, func(p apiParameter) bool { // only by extension
		return strings.HasSuffix(p.Ref, "/bom") || strings.HasSuffix(p.Ref, "/content")
	})
	d.add(paths, e.Address(), e, any)
	if e.Path == TimelinePath {
		for _, f := range formats {
			if address, ok := shortFeeds()[f.Name]; ok {
				d.add(paths, address, e, d.operation(e, f, "feed_"+f.Name))
			}
		}
	}
}

// shortFeeds are the addresses of the feed for people, by the name of the format.
func shortFeeds() map[string]string {
	short := map[string]string{}
	for address, name := range feedAddresses {
		short[name] = address
	}
	return short
}

func (d *describer) add(paths map[string]*apiPath, path string, e Endpoint, o apiOperation) {
	if paths[path] == nil {
		paths[path] = &apiPath{}
	}
	switch e.Method {
	case http.MethodPost:
		paths[path].Post = &o
	case http.MethodPut:
		paths[path].Put = &o
	default:
		paths[path].Get = &o
	}
}

// formatsOf are the formats of an address, pages left out.
func formatsOf(e Endpoint) []Format {
	return slices.DeleteFunc(slices.Clone(Formats), func(f Format) bool { return f.Page || !f.Serves(e.Surface) })
}

func mediaType(mime string) string { return strings.TrimSpace(strings.Split(mime, ";")[0]) }

func (d *describer) operation(e Endpoint, f Format, id string) apiOperation {
	o := apiOperation{ID: id, Tags: []string{e.Group}, Summary: e.Summary.EN, Description: e.Text.EN, Responses: map[string]apiResponse{}}
	if o.Description == "" {
		o.Description = e.Summary.EN + "."
	}
	if e.Surface != "" && id != e.Name {
		o.Summary += ", as " + f.Label
	}
	o.Parameters = d.parameters(e, f)
	made := strconv.Itoa(e.made())
	done := apiResponse{Description: e.Done.EN, Headers: headers(headersOf(e, f)...), Content: map[string]apiMedia{mediaType(f.MIME): d.media(e, f)}}
	if done.Description == "" {
		done.Description = e.Summary.EN + "."
	}
	o.Responses[made] = done
	for _, status := range e.Also {
		o.Responses[strconv.Itoa(status)] = done
	}
	if e.Writes() {
		o.Security = []map[string][]any{{"token": {}}}
		o.RequestBody = &apiRequestBody{Description: e.Takes.EN, Required: true, Content: map[string]apiMedia{"application/json": {Schema: d.shapes.of(e.Body), Example: e.Example}}}
	} else if e.Surface != "" || e.Kept {
		o.Responses["304"] = apiResponse{Description: "Not modified: what If-None-Match or If-Modified-Since names is still so.", Headers: headers("ETag", "Cache-Control", "Vary")}
	}
	if len(e.Fields(f)) > 0 {
		o.Responses["301"] = apiResponse{Description: "The one address of this query, its parameters in order; of a case that was merged, the case it is in now.", Headers: headers("Location")}
	}
	for _, status := range e.fails() {
		o.Responses[strconv.Itoa(status)] = d.problem(status, e.Surface == "" && !e.Writes())
	}
	return o
}

// media is the body of an answer, with its schema when it is JSON.
func (d *describer) media(e Endpoint, f Format) apiMedia {
	switch {
	case e.Shape != nil:
		return apiMedia{Schema: d.shapes.of(e.Shape)}
	case f.Name == "json" && e.Surface != "":
		return apiMedia{Schema: d.shapes.of(jsonShapes[f.Reads(e.Surface)])}
	case foreignJSON[f.Name] != nil:
		return apiMedia{Schema: foreignJSON[f.Name]}
	case f.Name == "ndjson": // a line is JSON, the whole is not
		return apiMedia{}
	case mediaType(f.MIME) == "application/json":
		return apiMedia{Schema: &schema{Type: "object"}}
	}
	return apiMedia{Schema: &schema{Type: "string"}}
}

func headersOf(e Endpoint, f Format) []string {
	switch {
	case e.Writes():
		return []string{"Location"}
	case e.Surface == "" && !e.Kept:
		return nil
	case e.Surface == "":
		return []string{"ETag", "Cache-Control", "Vary"}
	case f.Feed:
		return []string{"ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Language", "Link"}
	}
	return []string{"ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Language", "Content-Disposition", "Link"}
}

// problem is a kind of problem. Of an address without extension a browser is told
// by a page.
func (d *describer) problem(status int, orPage bool) apiResponse {
	i := slices.IndexFunc(ProblemKinds, func(k ProblemKind) bool { return k.Status == status })
	kind := ProblemKinds[i]
	name := kind.Slug
	r := apiResponse{Description: kind.Title.EN + ".", Headers: headers(problemHeaders[status]...), Content: map[string]apiMedia{ProblemMIME: {Schema: d.shapes.of(problemShape)}}}
	if orPage {
		name += "-or-page"
		r.Description += " Browsers are told by a page."
		r.Content["text/html"] = apiMedia{Schema: &schema{Type: "string"}}
	}
	d.problems[name] = r
	return apiResponse{Ref: "#/components/responses/" + name}
}
