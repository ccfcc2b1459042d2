package web

import (
	"bytes"
	"encoding/json"
	"fmt"

	"vigie"
)

// OpenAPI is the description of the API (OpenAPI 3.1), as JSON: made from the
// tables of addresses, formats, fields, vocabularies and problems, and from the
// types of the record, so that it cannot say other than they do. base is the
// scheme and host of this Vigie.
func OpenAPI(base string, site Settings) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(described(base, site)); err != nil {
		return nil, fmt.Errorf("writing the description of the API: %w", err)
	}
	return b.Bytes(), nil
}

func described(base string, site Settings) openAPI {
	return openAPI{OpenAPI: "3.1.0", Info: apiInfo{Version: APIVersion()}}
}

// DescribedAPI is the same for people: what the page of the API shows.
func DescribedAPI(base string, site Settings) API {
	return API{Version: APIVersion(), Changes: apiChanges}
}

// CandidatesPath is where programs bring news to the desk.
const CandidatesPath = "/candidates"

// Article is a piece of news that a program brings, already taken out of its page.
type Article struct {
	URL       string     `json:"url,omitempty"`       // where it was read
	Title     string     `json:"title"`               // in its own language
	Text      string     `json:"text"`                // whole; it stays at the desk
	Lang      string     `json:"lang,omitempty"`      // BCP 47
	Publisher string     `json:"publisher,omitempty"` // who published it
	Published vigie.Date `json:"published,omitempty"` // as precise as it is known
	Key       string     `json:"key,omitempty"`       // what names it upstream, when it has no address
}

// Receipt says what became of a piece of news.
type Receipt struct {
	ID      string `json:"id,omitempty"` // of the candidate; absent when none was kept
	Outcome string `json:"outcome"`      // new, changed, duplicate, filtered
	Run     string `json:"run"`          // of the import that it is recorded under
}
