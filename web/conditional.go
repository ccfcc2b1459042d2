package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"
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

// LastModified is the date to give for what was made at a time (RFC 9110 §8.8.2).
// Dates have seconds only: so that a change late in a second is not taken for one
// that a visitor saw early in it, the time is rounded up; and as the date may not
// lie ahead, who asks within that second is given one that is good for nothing.
func LastModified(at, now time.Time) time.Time {
	if up := roundedUp(at); !up.After(now) {
		return up
	}
	return now.Truncate(time.Second)
}

func roundedUp(at time.Time) time.Time { return at.Add(time.Second - 1).Truncate(time.Second) }

// Unchanged tells whether a visitor has the representation of an entity tag, made
// at a time, already; the tag decides when both are asked for (RFC 9110 §13.2.2).
// What has no time is asked for by its tag alone.
func Unchanged(asked http.Header, etag string, at time.Time) bool {
	if tags := asked.Values("If-None-Match"); len(tags) > 0 {
		return NotModified(strings.Join(tags, ","), etag)
	}
	since, err := http.ParseTime(asked.Get("If-Modified-Since"))
	return err == nil && !at.IsZero() && !roundedUp(at).After(since)
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
