package web

import (
	"net/url"
	"strings"
	"time"

	"vigie"
)

// Watches is what is visited for news, and what came of it.
type Watches struct {
	Frame
	Rows    []WatchRow
	Known   []KnownFeed   // useful addresses that are not watched yet
	Gone    *vigie.Watch  // one that was just removed: offered to be taken back
	Removed []vigie.Watch // all that can be, the last removed first
}

// WatchRow is a watch and what its visits brought.
type WatchRow struct {
	Watch   vigie.Watch
	Visit   vigie.Visit
	Due     time.Time   // zero when it is switched off
	Busy    bool        // it is being visited
	Runs    []vigie.Run // the last ones, the latest first
	Reading *vigie.Run  // the last that really read something; nil when none did
}

// Last is the last run, or nil.
func (r WatchRow) Last() *vigie.Run {
	if len(r.Runs) == 0 {
		return nil
	}
	return &r.Runs[0]
}

// KnownFeed is an address of data/feeds.json: nothing of it is fetched until an
// editor watches it.
type KnownFeed struct {
	Title   string     `json:"title"`
	Address string     `json:"address"`
	Kind    string     `json:"kind"`
	Lang    string     `json:"lang,omitempty"`
	Include []string   `json:"include,omitempty"`
	Exclude []string   `json:"exclude,omitempty"`
	Every   string     `json:"every,omitempty"` // 6h; the usual when empty
	About   vigie.Text `json:"about"`
}

// WatchPage is the form of a watch, its visits, and what a test of it showed. It
// posts the fields of WatchForm to its own address with an action: save, test, on,
// off, visit, remove (which is asked twice, the second time with confirm) or back
// (which takes a removed one back).
type WatchPage struct {
	Frame
	ID       string // "" for a new one
	Row      WatchRow
	Form     url.Values
	Kinds    []string
	Problems vigie.Problems
	Test     *WatchTest
	Removing bool // it is asked whether it is to be removed
}

// WatchTest is what a visit would bring now. Nothing of it was stored.
type WatchTest struct {
	Run    vigie.Run
	Failed string      // why it could not be read, "" when it was
	Steps  []WatchStep // what would come first, what is left out last
	More   int         // items that are counted and not shown
}

// WatchStep is one item and what would become of it.
type WatchStep struct {
	Title   string
	Address string
	Outcome string // new, changed, duplicate, filtered, refused, left
	Met     string // id of the candidate that it is the same as
	Why     string
	Rule    string // the rule of the watch that leaves it out
}

// Fields prepares the form of the page.
func (p WatchPage) Fields() fields { return fields{form: p.Form, problems: p.Problems} }

// WatchForm writes a watch as the fields of its form: rules one a line.
func WatchForm(w vigie.Watch) url.Values {
	form := url.Values{
		"address": {w.Address}, "kind": {w.Kind}, "title": {w.Title}, "lang": {w.Lang},
		"include": {strings.Join(w.Include, "\n")}, "exclude": {strings.Join(w.Exclude, "\n")}, "every": {Interval(w.Every)},
	}
	if w.All {
		form.Set("all", "1")
	}
	return form
}

// ParseWatch reads the form into a watch; what is not in the form stays. An
// interval that is none is left at zero, which Validate refuses.
func ParseWatch(form url.Values, w vigie.Watch) vigie.Watch {
	get := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	w.Address, w.Kind, w.Title, w.Lang, w.All = get("address"), get("kind"), get("title"), get("lang"), get("all") != ""
	w.Include, w.Exclude = ruleLines(form.Get("include")), ruleLines(form.Get("exclude"))
	w.Every, _ = time.ParseDuration(get("every"))
	return w
}

// ruleLines are the lines of a field that are not blank.
func ruleLines(s string) (lines []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Interval prints a time between two visits without its zeros: 1h, 1h30m, 45m.
func Interval(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// WatchesPath is the list of watches at the desk.
const WatchesPath = "/desk/watches"

// WatchPath is the address of one.
func WatchPath(id string) string { return WatchesPath + "/edit/" + url.PathEscape(id) }
