package web

import (
	"mime"
	"strconv"
	"strings"
)

// Negotiate chooses the format of a surface that the Accept header likes best
// (RFC 9110 §12.5.1): of the ranges that match a format the most specific decides
// its weight, the heaviest format wins, the first of the table when several are
// equal. No header accepts everything. It answers false when nothing that we have
// is accepted (406).
func Negotiate(accept string, of Surface) (Format, bool) {
	ranges := parseAccept(accept)
	var best Format
	heaviest := 0.0
	for _, f := range Formats {
		if !f.Serves(of) {
			continue
		}
		if q := weight(ranges, f.MIME); q > heaviest {
			best, heaviest = f, q
		}
	}
	return best, heaviest > 0
}

// mediaRange is one element of an Accept header.
type mediaRange struct {
	major, minor string // * in either is any
	params       map[string]string
	q            float64
}

// parseAccept reads an Accept header; elements that are not understood are left
// out, and a header that says nothing accepts everything.
func parseAccept(accept string) []mediaRange {
	var out []mediaRange
	for _, element := range splitList(accept) {
		media, params, err := mime.ParseMediaType(element)
		major, minor, slash := strings.Cut(media, "/")
		if err != nil || !slash {
			continue
		}
		r := mediaRange{major: major, minor: minor, params: params, q: 1}
		if text, given := params["q"]; given {
			q, err := strconv.ParseFloat(text, 64)
			if err != nil || q < 0 || q > 1 {
				continue
			}
			r.q = q
			delete(params, "q")
		}
		out = append(out, r)
	}
	if strings.TrimSpace(accept) == "" {
		out = []mediaRange{{major: "*", minor: "*", q: 1}}
	}
	return out
}

// weight is the quality that the ranges give to a media type, 0 for refused.
func weight(ranges []mediaRange, contentType string) float64 {
	media, params, _ := mime.ParseMediaType(contentType)
	major, minor, _ := strings.Cut(media, "/")
	q, specific := 0.0, -1
	for _, r := range ranges {
		s := 0
		switch {
		case r.major == "*" && r.minor == "*":
		case r.major == major && r.minor == "*":
			s = 1
		case r.major == major && r.minor == minor:
			s = 2
		default:
			continue
		}
		if !agrees(r.params, params) {
			continue
		}
		if s += len(r.params); s > specific {
			q, specific = r.q, s
		}
	}
	return q
}

func agrees(asked, have map[string]string) bool {
	for k, v := range asked {
		if !strings.EqualFold(have[k], v) {
			return false
		}
	}
	return true
}

// splitList parts a header at its commas, but not within quotes (RFC 9110 §5.6.1).
func splitList(header string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(header); i++ {
		switch {
		case header[i] == '\\' && quoted:
			i++
		case header[i] == '"':
			quoted = !quoted
		case header[i] == ',' && !quoted:
			out, start = append(out, strings.TrimSpace(header[start:i])), i+1
		}
	}
	return append(out, strings.TrimSpace(header[start:]))
}
