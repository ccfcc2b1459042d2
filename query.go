package vigie

import (
	"net/url"
	"slices"
	"strings"
)

// Query is what a page, a feed or an export is asked: the same query works on
// every address. It has one canonical form (see Values).
//
// In every list any of the values may hold; a value "-x" excludes x. Codes are
// those of the vocabularies, countries in capitals; companies, waves, groups and
// actors are slugs (see Slug), so that group=Louis%20Delhaize and
// group=louis-delhaize are one query.
type Query struct {
	Q              string // words of the search box, its field:value terms lifted out
	Company        []string
	Group          []string
	Sector         []string
	Country        []string
	CompanyCountry []string
	Kind           []string
	Data           []string
	Evidence       []string
	Position       []string
	Role           []string
	Act            []string
	Actor          []string
	Unit           []string
	Wave           []string
	Incident       []string // set by addresses under /incidents/{id}, never a parameter
	Year           []string
	After          Date   // from its first day on: the first public word; on a timeline, the statement's day
	Before         Date   // up to its last day
	AffectedMin    int64  // of the figure of record; 0 is unbounded
	AffectedMax    int64  // likewise
	UpdatedSince   int64  // an edition; 0 is from the beginning
	Sort           string // newest, recorded, relevance, affected, occurred; empty is newest
	Limit          int    // 1–200; 0 is the default of the address
	Cursor         string // opaque, as db made it
	Version        int    // of a case; 0 is the present one
	AsOf           Day    // what was known that day (rule C1)
	BOM            bool   // CSV only: begin with a byte-order mark, for Excel
	Content        string // feeds only: full (empty) or summary
	Lanes          string // a drawn timeline only: company or role; empty is as the answer has it
}

// Kinds of address, which differ in what they may be asked.
const (
	OnSearch   = "search"   // lists of cases or companies
	OnFigures  = "figures"  // charts: filters and words, as they have no order and no pages
	OnTimeline = "timeline" // lists of statements and corrections
	OnCase     = "case"     // one case
	OnCSV      = "csv"      // beside another: the answer is CSV
	OnFeed     = "feed"     // beside another: the answer is a feed
	OnDrawing  = "drawing"  // beside another: the answer is drawn in lanes
	OnNothing  = "none"     // a page that is asked nothing
)

// ParseQuery reads the parameters of an address. allow says what may be asked
// there: kinds of address (OnSearch when allow is empty) and the names of
// parameters that the address reads itself, which are passed over.
// An empty value is as good as none (forms send them) and trackers are dropped.
// Any other thing not understood is refused, never ignored: the error is a
// *QueryError that names everything wrong at once.
func ParseQuery(v url.Values, allow ...string) (Query, error) {
	p := newQueryParser(allow)
	for _, name := range sortedKeys(v) {
		p.parameter(name, v[name])
	}
	p.together()
	if len(p.problems) > 0 {
		return Query{}, &QueryError{Params: p.problems, Allowed: p.allowed()}
	}
	return p.query, nil
}

// ParseRawQuery is ParseQuery on what stands after the question mark, so that a
// broken escape (%zz) is refused too, where net/url would leave the value out.
func ParseRawQuery(raw string, allow ...string) (Query, error) {
	v, err := url.ParseQuery(raw)
	if err == nil {
		return ParseQuery(v, allow...)
	}
	return Query{}, &QueryError{
		Params: []QueryProblem{*problem("?", "malformed",
			"l’adresse n’est pas bien écrite après le point d’interrogation ("+shown(err.Error())+")",
			"the address is not well written after the question mark ("+shown(err.Error())+")")},
		Allowed: newQueryParser(allow).allowed(),
	}
}

// Values is the one canonical form of the query: a parameter once, several
// values sorted and joined by commas, defaults left out. Parsed again it gives
// the same query (Incident, which is in the path, left out).
func (q Query) Values() url.Values {
	v := url.Values{}
	for _, f := range Fields {
		if s := f.write(&q); s != "" {
			v.Set(f.Name, s)
		}
	}
	return v
}

// plainer undoes escapes that a query string does not need (RFC 3986 §3.4), so
// that addresses stay readable.
var plainer = strings.NewReplacer("%2C", ",", "%3A", ":")

// Canonical is Values as a query string, parameters in alphabetical order,
// without the question mark; empty for the query that asks nothing.
func (q Query) Canonical() string { return plainer.Replace(q.Values().Encode()) }

var trackers = []string{
	"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "twclid", "igshid", "igsh", "li_fat_id",
	"mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "_ga", "_gl", "xtor", "wt_mc", "oly_enc_id", "oly_anon_id", "vero_id", "s_kwcid",
}

// IsTracker tells whether a parameter of any address only follows readers about
// and names nothing: utm_source, fbclid, gclid…
func IsTracker(parameter string) bool {
	name := strings.ToLower(parameter)
	for _, prefix := range []string{"utm_", "mtm_", "pk_", "hsa_", "at_medium", "at_campaign"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains(trackers, name)
}
