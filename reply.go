package vigie

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Reply is what somebody who speaks for a company writes to the editors about its
// case: its right of reply. It is a letter, not a part of the record: nothing of it
// is public until an editor has checked who wrote it and records a statement.
type Reply struct {
	ID        string    `json:"id"`                  // the reference that the sender is given
	Incident  string    `json:"incident"`            // id of the case
	Version   int       `json:"version,omitempty"`   // of the case that the sender read
	Statement string    `json:"statement,omitempty"` // id of the statement concerned; empty: the whole case
	Kind      string    `json:"kind"`                // ToPublish, ToCorrect, OtherReply
	Name      string    `json:"name"`                // of the person who writes, never published
	Function  string    `json:"function"`            // in whose name they may speak, never published
	Email     string    `json:"email"`               // to answer to, never published
	Text      string    `json:"text"`                // what the company says
	URL       string    `json:"url,omitempty"`       // where it says so in public
	Lang      Lang      `json:"lang"`                // of the page it was written on
	At        time.Time `json:"at"`
}

// What a reply asks for.
const (
	ToPublish  = "publish" // a statement of the company, beside the claim
	ToCorrect  = "correct" // something in the case is wrong
	OtherReply = "other"
)

// ReplyKinds are what a reply may ask for, in the order to offer them.
var ReplyKinds = []string{ToPublish, ToCorrect, OtherReply}

// The longest that each part of a reply may be, in characters. An address of e-mail
// is bounded by RFC 5321 §4.5.3.1.3.
const (
	ReplyMost        = 5000
	ReplyNameMost    = 100
	ReplyAddressMost = 500
	replyEmailMost   = 254
)

// Trimmed is the reply without the blanks around each part, and with the line ends
// of a browser made ours.
func (r Reply) Trimmed() Reply {
	for _, part := range []*string{&r.Statement, &r.Kind, &r.Name, &r.Function, &r.Email, &r.URL, &r.Text} {
		*part = strings.TrimSpace(strings.ReplaceAll(*part, "\r\n", "\n"))
	}
	return r
}

// Digest is the same for the same words of the same sender about the same case: a
// form sent twice is one reply.
func (r Reply) Digest() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{r.Incident, r.Kind, r.Statement, strings.ToLower(r.Email), r.Text, r.URL}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// Validate says all that keeps a reply from being taken, by the names of the fields
// of its form. The case is the one that it is about.
func (r Reply) Validate(in *Incident) Problems {
	var problems Problems
	refuse := func(path, code, fr, en string) {
		problems = append(problems, Problem{Path: path, Code: code, Message: Text{FR: fr, EN: en}})
	}
	switch r.Kind {
	case ToPublish, ToCorrect, OtherReply:
	case "":
		refuse("kind", "missing", "Dites ce que vous demandez.", "Say what you ask for.")
	default:
		refuse("kind", "unknown_code", "Choisissez dans la liste.", "Choose from the list.")
	}
	if _, ok := in.Statement(r.Statement); r.Statement != "" && !ok {
		refuse("statement", "unknown", "Cette déclaration n’est pas dans le dossier.", "This statement is not in the case.")
	}
	for _, f := range []struct{ path, value, fr, en string }{
		{"name", r.Name, "Donnez votre nom.", "Give your name."},
		{"function", r.Function, "Dites à quel titre vous écrivez.", "Say in what capacity you write."},
	} {
		switch {
		case f.value == "":
			refuse(f.path, "missing", f.fr, f.en)
		case utf8.RuneCountInString(f.value) > ReplyNameMost:
			refuse(f.path, "too_long", fmt.Sprintf("Au plus %d caractères.", ReplyNameMost), fmt.Sprintf("At most %d characters.", ReplyNameMost))
		case strings.ContainsFunc(f.value, unicode.IsControl):
			refuse(f.path, "malformed", "Sur une seule ligne.", "On one line.")
		}
	}
	switch {
	case r.Email == "":
		refuse("email", "missing", "Donnez une adresse où vous répondre.", "Give an address to answer to.")
	case !deliverable(r.Email):
		refuse("email", "malformed", "Cette adresse ne peut pas recevoir de réponse\u00a0: nom@entreprise.example.", "This address cannot receive an answer: name@company.example.")
	}
	switch n := utf8.RuneCountInString(r.Text); {
	case n == 0:
		refuse("text", "missing", "Écrivez ce que l’entreprise veut dire.", "Write what the company wants to say.")
	case n > ReplyMost:
		refuse("text", "too_long", fmt.Sprintf("Au plus %s\u00a0caractères\u00a0; il y en a %s.", grouped(ReplyMost, "\u202f"), grouped(n, "\u202f")),
			fmt.Sprintf("At most %s characters; there are %s.", grouped(ReplyMost, ","), grouped(n, ",")))
	case !utf8.ValidString(r.Text) || strings.ContainsFunc(r.Text, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }):
		refuse("text", "malformed", "Ce texte contient des signes qui ne s’impriment pas.", "This text holds signs that cannot be printed.")
	}
	if r.URL != "" && !public(r.URL) {
		refuse("url", "malformed", "Une adresse publique entière\u00a0: https://…", "A whole public address: https://…")
	}
	return problems
}

// deliverable tells whether an address alone, without a name around it, may be
// written to: something at a host with a dot.
func deliverable(address string) bool {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || len(address) > replyEmailMost {
		return false
	}
	host := address[strings.LastIndexByte(address, '@')+1:]
	return strings.Contains(strings.Trim(host, "."), ".") && !strings.HasPrefix(host, "[")
}

func public(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".") && u.User == nil &&
		utf8.RuneCountInString(address) <= ReplyAddressMost && !strings.ContainsFunc(address, unicode.IsSpace)
}

func grouped(n int, by string) string {
	s := fmt.Sprint(n)
	if len(s) > 3 {
		s = s[:len(s)-3] + by + s[len(s)-3:]
	}
	return s
}
