package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// ETag is the strong entity tag of a representation (RFC 9110 §8.8.3): the edition
// of the record, the address with its query and everything else that chose the
// bytes (format, language), and the build of the program.
func ETag(edition int64, address, build string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", edition, address, build))
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// NotModified tells whether an If-None-Match header knows the entity tag: by *, or
// by a list that holds it in either form (weak comparison, RFC 9110 §8.8.3.2). An
// empty header knows nothing.
func NotModified(ifNoneMatch, etag string) bool {
	opaque := strings.TrimPrefix(etag, "W/")
	for _, known := range splitTags(ifNoneMatch) {
		if known == "*" || strings.TrimPrefix(known, "W/") == opaque {
			return true
		}
	}
	return false
}

// splitTags parts a list of entity tags; a comma within a tag is part of it, and a
// backslash is no escape there (RFC 9110 §8.8.3).
func splitTags(header string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i <= len(header); i++ {
		if i == len(header) || header[i] == ',' && !quoted {
			if tag := strings.TrimSpace(header[start:i]); tag != "" {
				out = append(out, tag)
			}
			start = i + 1
		} else if header[i] == '"' {
			quoted = !quoted
		}
	}
	return out
}
