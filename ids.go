package vigie

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
)

var (
	slugPattern     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	incidentPattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*-\d{4}(-\d{2})?(-[b-z])?$`)
)

// NewIncidentID names a case after its company and the month of the first public
// word (the year when the month is unknown); a second case of the month takes -b,
// then -c. taken tells which ids were ever given: none is given twice. ErrUndated
// when no date is known.
func NewIncidentID(company string, first Date, taken func(id string) bool) (string, error) {
	base := company
	switch {
	case !first.Known():
		return "", ErrUndated
	case first.First()[:7] == first.Last()[:7]:
		base += "-" + string(first.First()[:7])
	default:
		base += "-" + string(first.First()[:4])
	}
	if !taken(base) {
		return base, nil
	}
	for c := 'b'; c <= 'z'; c++ {
		if id := base + "-" + string(c); !taken(id) {
			return id, nil
		}
	}
	return "", fmt.Errorf("%w: every id of %s is taken", ErrConflict, base)
}

// NextID is the first free id of a series within a case: s4 after s1…s3.
func NextID(prefix string, used func(id string) bool) string {
	for n := 1; ; n++ {
		if id := fmt.Sprintf("%s%d", prefix, n); !used(id) {
			return id
		}
	}
}

// FullID is the permanent identity of a statement: temu-2024-09/s1, or the one
// it had before its case was merged.
func (s *Statement) FullID(incident string) string {
	if s.Was != "" {
		return s.Was
	}
	return incident + "/" + s.ID
}

// URN derives the UUID that formats ask for from one of our ids: the first 16
// bytes of SHA-256("vigie:" + id) with the bits of version 4 (RFC 9562). No host
// name goes in, so it survives a change of address.
func URN(id string) string { return "urn:uuid:" + UUID(id) }

// UUID is URN without its prefix.
func UUID(id string) string {
	sum := sha256.Sum256([]byte("vigie:" + id))
	b := sum[:16]
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// Slug makes an id out of a name: "Décathlon" → "decathlon", "M&S" → "m-s".
func Slug(name string) string {
	return strings.Join(Words(name), "-")
}
