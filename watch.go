package vigie

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Watch is an address that Vigie visits again and again for news. What editors
// decided of it is here; what the last visit left is a Visit.
type Watch struct {
	ID      string        `json:"id"` // readable, made by us: the host, "-2" for a second one
	Address string        `json:"address"`
	Kind    string        `json:"kind"` // the reader of what is there
	Title   string        `json:"title,omitempty"`
	Lang    string        `json:"lang,omitempty"`    // of the texts, when they do not say (BCP 47)
	Include []string      `json:"include,omitempty"` // RE2: an item stays only if one of them finds something
	Exclude []string      `json:"exclude,omitempty"` // RE2: an item is left out if one of them finds something
	All     bool          `json:"all,omitempty"`     // bring what tells of no incident too
	Every   time.Duration `json:"every"`             // between two visits, in nanoseconds
	Active  bool          `json:"active"`
	Added   time.Time     `json:"added,omitzero"`
	By      string        `json:"by,omitempty"` // the editor who added it
}

// Visit is what the last visit of a watch left for the next.
type Visit struct {
	At           time.Time `json:"at,omitzero"`   // of the last one, whatever came of it
	Read         time.Time `json:"read,omitzero"` // of the last one that came to its end: before it, nothing is missed
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Failures     int       `json:"failures,omitempty"` // in a row
	Why          string    `json:"why,omitempty"`      // what went wrong the last time, in words
	Moved        string    `json:"moved,omitempty"`    // where the site says that the address went for good
	Gone         bool      `json:"gone,omitempty"`     // the site says that nothing is there any more: the watch was switched off
	Left         int       `json:"left,omitempty"`     // items whose page waits for the next visit
}

// Bounds of a watch.
const (
	WatchOften   = 5 * time.Minute     // no more often than this
	WatchSeldom  = 30 * 24 * time.Hour // at least this often
	WatchEvery   = time.Hour           // when nothing is said
	WatchWait    = 24 * time.Hour      // the longest that failures put the next visit off
	WatchLongest = 7 * 24 * time.Hour  // the longest that a site may ask us to wait
	WatchRules   = 50                  // of each sort
	RuleLength   = 500                 // characters
)

// Name is what people call the watch.
func (w Watch) Name() string {
	if w.Title != "" {
		return w.Title
	}
	return w.Address
}

// Validate returns everything that is wrong with the watch. Kinds of readers are
// not known here: who has them checks Kind.
func (w Watch) Validate() (problems Problems) {
	refuse := func(path, code, fr, en string) {
		problems = append(problems, Problem{Path: path, Code: code, Message: Text{FR: fr, EN: en}})
	}
	if u, err := url.Parse(w.Address); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(w.Address) > 2000 {
		refuse("address", "malformed", "Une adresse http ou https entière est attendue.", "A whole http or https address is expected.")
	} else if host := strings.TrimSuffix(strings.ToLower(u.Hostname()), "."); strings.HasSuffix(host, ".onion") {
		refuse("address", "hidden_service", "Vigie ne visite pas de service caché.", "Vigie visits no hidden service.")
	}
	if w.Kind == "" {
		refuse("kind", "missing", "Dites ce qui se lit à cette adresse.", "Say what is read at this address.")
	}
	if w.Every < WatchOften || w.Every > WatchSeldom {
		refuse("every", "out_of_range", "Entre cinq minutes et trente jours\u00a0: 30m, 1h, 24h.", "Between five minutes and thirty days: 30m, 1h, 24h.")
	}
	if utf8.RuneCountInString(w.Title) > 200 {
		refuse("title", "too_long", "Au plus 200 caractères.", "At most 200 characters.")
	}
	_, err := w.Sieve()
	var more Problems
	if errors.As(err, &more) {
		problems = append(problems, more...)
	}
	return problems
}

// Sieve is the include and exclude expressions of a watch, compiled. The zero
// Sieve leaves nothing out.
type Sieve struct {
	include, exclude []*regexp.Regexp
}

// Sieve compiles the expressions. The error is Problems, one for each that is no
// RE2 (https://github.com/google/re2/wiki/Syntax), with its place in the list.
func (w Watch) Sieve() (sieve Sieve, err error) {
	var problems Problems
	compile := func(path string, list []string) (compiled []*regexp.Regexp) {
		if len(list) > WatchRules {
			problems = append(problems, Problem{Path: path, Code: "too_many", Message: Text{FR: fmt.Sprintf("Au plus %d règles.", WatchRules), EN: fmt.Sprintf("At most %d rules.", WatchRules)}})
			return nil
		}
		for i, s := range list {
			re, err := regexp.Compile("(?i)" + s)
			switch {
			case strings.TrimSpace(s) == "" || utf8.RuneCountInString(s) > RuleLength:
				problems = append(problems, Problem{Path: fmt.Sprintf("%s.%d", path, i), Code: "too_long", Message: Text{
					FR: fmt.Sprintf("Une règle a entre 1 et %d caractères.", RuleLength), EN: fmt.Sprintf("A rule has between 1 and %d characters.", RuleLength)}})
			case err != nil:
				why := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
				problems = append(problems, Problem{Path: fmt.Sprintf("%s.%d", path, i), Code: "malformed", Message: Text{
					FR: fmt.Sprintf("«\u00a0%s\u00a0» n’est pas une expression RE2\u00a0: %s.", s, why), EN: fmt.Sprintf("%q is no RE2 expression: %s.", s, why)}})
			default:
				compiled = append(compiled, re)
			}
		}
		return compiled
	}
	sieve.include, sieve.exclude = compile("include", w.Include), compile("exclude", w.Exclude)
	if len(problems) > 0 {
		return Sieve{}, problems
	}
	return sieve, nil
}

// LeavesOut names the rule by which an item is left out: "exclude RE", or
// "include" when there are such rules and none found anything; "" when it stays.
// The rules read the title and the text that the source itself gives of the item,
// before any page is fetched, and do not mind capitals.
func (s Sieve) LeavesOut(title, text string) string {
	item := title + "\n" + text
	for _, re := range s.exclude {
		if re.MatchString(item) {
			return "exclude " + strings.TrimPrefix(re.String(), "(?i)")
		}
	}
	for _, re := range s.include {
		if re.MatchString(item) {
			return ""
		}
	}
	if len(s.include) > 0 {
		return "include"
	}
	return ""
}

// Asked is what a site asks of those who visit it, and how it answered.
type Asked struct {
	MaxAge     time.Duration // how long its answer is fresh (Cache-Control, RFC 9111 §5.2.2.1): a floor
	RetryAfter time.Duration // how long to stay away (RFC 9110 §10.2.3)
	Failed     bool
}

// Wait is how long after a visit the next one is: the watch's own interval, or
// what the site asks for when that is longer. After failures in a row it doubles,
// up to WatchWait; the first success brings it back.
func (w Watch) Wait(failures int, asked Asked) time.Duration {
	every := min(max(cmp.Or(w.Every, WatchEvery), WatchOften), WatchSeldom)
	wait := every
	for range min(failures, 20) {
		if wait = 2 * wait; wait >= WatchWait {
			wait = max(WatchWait, every)
			break
		}
	}
	floor := asked.MaxAge
	if asked.Failed {
		floor = asked.RetryAfter
	}
	return max(wait, min(floor, WatchLongest))
}
