package web

import (
	"net/url"
	"strings"
	"time"

	"vigie"
)

// RepliesPath is where editors read the letters of companies.
const RepliesPath = "/desk/replies"

// ReplyPath is where a company writes about its case.
func ReplyPath(id string) string { return IncidentPath(id) + "/reply" }

// ReplyTrap is a field that people do not see and programs fill in.
const ReplyTrap = "website"

// ReplyPage is the right of reply: what it is, and its form, which posts the fields of
// vigie.Reply to its own address. What was refused comes back as it was typed.
type ReplyPage struct {
	Frame
	Record   vigie.Record
	Reply    vigie.Reply // as typed
	Problems vigie.Problems
	Trapped  bool   // something stood in the field ReplyTrap
	Wait     int    // minutes until this network may send another; 0 for none
	Full     bool   // too many letters wait
	Sent     string // the reference of what was just sent
	Days     int    // how long a letter is kept after it is settled
}

// Refused tells whether the form comes back.
func (p ReplyPage) Refused() bool { return len(p.Problems) > 0 || p.Trapped || p.Wait > 0 || p.Full }

// Wrong is what is wrong with a field, "" when nothing is.
func (p ReplyPage) Wrong(field string) string {
	for _, x := range p.Problems {
		if x.Path == field {
			return x.Message.In(p.Lang)
		}
	}
	return ""
}

// Kinds are what may be asked for.
func (p ReplyPage) Kinds() []string { return vigie.ReplyKinds }

// Ledger is the statements that a reply may be about, in the order they were said.
func (p ReplyPage) Ledger() []vigie.Statement {
	return Incident{Record: p.Record}.Ledger()
}

// Most are the longest that a text, a name and an address may be, in characters.
func (p ReplyPage) Most() int        { return vigie.ReplyMost }
func (p ReplyPage) NameMost() int    { return vigie.ReplyNameMost }
func (p ReplyPage) AddressMost() int { return vigie.ReplyAddressMost }

// Trap is the name of the field that people do not see.
func (p ReplyPage) Trap() string { return ReplyTrap }

// Replies are the letters of companies at the desk. It posts action=settle or reopen
// with id, and note, to its own path.
type Replies struct {
	Frame
	Open    []ReplyRow // the oldest first
	Settled []ReplyRow // the latest first, of those not yet forgotten
	Days    int        // how long a settled one is kept
	Failed  vigie.Text // why the last action was refused
}

// ReplyRow is a letter, and the case that it is about.
type ReplyRow struct {
	vigie.Reply
	Settled time.Time
	Author  string // who settled it
	Note    string // for the desk
	Case    vigie.Record
}

// WriteTo is the address that opens an answer to the sender. The sign ? may stand in an
// address of e-mail: as it is it would add recipients and words to the editor's message.
func (r ReplyRow) WriteTo() string {
	return "mailto:" + strings.ReplaceAll(url.QueryEscape(r.Email), "%40", "@") + "?subject=" + r.ID
}

// Concerned is the statement that the letter is about, nil when it is the whole case
// or the statement is no more.
func (r ReplyRow) Concerned() *vigie.Statement {
	s, _ := r.Case.Statement(r.Statement)
	return s
}
