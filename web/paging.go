package web

import (
	"fmt"
	"strings"

	"vigie"
)

// Relation is a typed link of an answer to another resource (RFC 8288).
type Relation struct {
	Href string // absolute
	Rel  string // first, prev, next, self, hub, alternate…
	Type string // media type of what is there
	Lang vigie.Lang
}

// LinkHeader writes the Link header field of the relations (RFC 8288 §3), in
// their order.
func LinkHeader(relations []Relation) string {
	var b strings.Builder
	for i, r := range relations {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "<%s>; rel=\"%s\"", asciiURI(r.Href), r.Rel)
		if r.Type != "" {
			fmt.Fprintf(&b, "; type=\"%s\"", r.Type)
		}
		if r.Lang != "" {
			fmt.Fprintf(&b, "; hreflang=\"%s\"", r.Lang)
		}
	}
	return b.String()
}

// asciiURI percent-encodes the bytes that no URI may hold (RFC 3986 §2), so that
// nothing typed in a query can end the link or the header.
func asciiURI(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
