package web

import (
	"strings"
	"time"

	"vigie"
)

// PeoplePath is the page of the people of the desk.
const PeoplePath = "/desk/people"

// People is who the editors are, and what each looks after for oneself: password,
// sessions, tokens of programs. It posts do to its own address: password (old, new,
// again), end (session), end-others, token (note), revoke and unrevoke (token); and of
// administrators add (name, role), newpassword and remove (name, each asked a second
// time with sure), role (name, role) and back (name).
type People struct {
	Frame
	Admin    bool
	Editors  []Person
	Former   []Person // who were removed
	Sessions []OwnSession
	Tokens   []OwnToken
	Ended    []OwnToken // that can be taken back
	Secret   *Secret    // made just now: shown once
	Did      *PeopleDid // done just now: offered to be undone
	Asked    *PeopleAsk // to be asked a second time
	Refused  string     // the act that was refused, "" when none was
	Why      vigie.Text // why it was
	Name     string     // typed for a new editor
	Note     string     // typed for a new token
}

// Person is an editor as the others see them.
type Person struct {
	Name      string
	Role      string
	Since     time.Time
	Seen      time.Time // last sign-in; zero: none that was noted
	Removed   time.Time
	RemovedBy string
}

// OwnSession is a sign-in of the editor who looks.
type OwnSession struct {
	ID      string // the first digits of its hash, which open nothing
	Device  string
	Created time.Time
	Expires time.Time
	Here    bool
}

// OwnToken is a token of a program of the editor who looks.
type OwnToken struct {
	ID      string // the first digits of its hash, which open nothing
	Note    string
	Created time.Time
	Ended   time.Time
}

// Secret is a password or a token that was just made. It is kept nowhere.
type Secret struct {
	Kind  string // "password" or "token"
	Of    string // the editor, or what the token is for
	Value string
}

// PeopleDid is what was just done, and the act that undoes it.
type PeopleDid struct {
	Act  string // remove, role, revoke, back, unrevoke, password, end, end-others
	Name string // the editor, or the token's words
	Role string // that the editor has now
	ID   string // of the token
}

// PeopleAsk is an act that is asked for a second time.
type PeopleAsk struct{ Act, Name string }

// ShortestPassword is how many characters a password that somebody chooses has at
// least: long enough that guessing it takes longer than the sign-in lets one try.
const ShortestPassword = 12

// Mine tells whether a person is the one who looks.
func (p People) Mine(x Person) bool { return x.Name == p.Editor }

// Others tells whether the editor is signed in elsewhere too.
func (p People) Others() bool { return len(p.Sessions) > 1 }

// devices are the browsers and systems that most editors have, by a word of what they
// say of themselves; the first that is found counts, since each claims to be others.
var devices = struct{ browsers, systems [][2]string }{
	[][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}},
	[][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}},
}

// Device says in a word or two what a browser is, of what it says of itself
// (User-Agent, RFC 9110 §10.1.5): enough to know one's own again, and no more is kept.
func Device(agent string) string {
	var parts []string
	for _, table := range [][][2]string{devices.browsers, devices.systems} {
		for _, row := range table {
			if strings.Contains(agent, row[0]) {
				parts = append(parts, row[1])
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}
