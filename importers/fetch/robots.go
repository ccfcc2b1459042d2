package fetch

import (
	"bufio"
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Robots is what a site asks of one program in its robots.txt (RFC 9309). The
// zero Robots ask nothing.
type Robots struct {
	rules []robotsRule
	Delay time.Duration // between two visits: Crawl-delay, which is no part of the RFC and well known
}

type robotsRule struct {
	pattern string
	allow   bool
}

// maxRobots is how much of a robots.txt is read: what the RFC wants at the least
// (§2.5).
const maxRobots = 500 << 10

// maxPattern is longer than any rule that was written to be read.
const maxPattern = 2000

// ParseRobots reads the rules for a program, by its product token: those of all
// groups that name it, else those of all groups for everybody (§2.2.1). Lines that
// are none are passed over.
func ParseRobots(body []byte, product string) Robots {
	var mine, everybodys Robots
	named := false
	var group []*Robots // what the present group speaks to
	agents := false     // the last line named an agent: the group's head goes on
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(body[:min(len(body), maxRobots)], []byte("\xef\xbb\xbf"))))
	lines.Buffer(nil, maxRobots+1)
	lines.Split(anyLine)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if !agents {
				group = nil
			}
			agents = true
			switch token := productToken(value); {
			case value == "*":
				group = append(group, &everybodys)
			case token != "" && strings.EqualFold(token, product):
				named = true
				group = append(group, &mine)
			}
		case "allow", "disallow":
			agents = false
			if value == "" || len(value) > maxPattern {
				continue // an empty Disallow forbids nothing
			}
			for _, r := range group {
				r.rules = append(r.rules, robotsRule{normal(value), strings.EqualFold(strings.TrimSpace(key), "allow")})
			}
		case "crawl-delay":
			agents = false
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || seconds < 0 || seconds > 1e6 {
				continue
			}
			for _, r := range group {
				r.Delay = time.Duration(seconds * float64(time.Second))
			}
		}
	}
	if named {
		return mine
	}
	return everybodys
}

// anyLine splits at CR, LF or both (§2.2).
func anyLine(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexAny(data, "\r\n"); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// productToken is the letters, hyphens and low lines that a name begins with.
func productToken(s string) string {
	for i, c := range s {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return s[:i]
		}
	}
	return s
}

// Allow tells whether an address may be read: the longest pattern that fits
// decides, and Allow where two are as long (§2.2.2). robots.txt itself always may.
func (r Robots) Allow(u *url.URL) bool {
	if u.Path == "/robots.txt" {
		return true
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	allow, longest := true, -1
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && fits(rule.pattern, path) {
			allow, longest = rule.allow, n
		}
	}
	return allow
}

// fits matches a path from its beginning: * is any run of characters, a $ at the
// end is the end (§2.2.3). Only the last * is ever tried again, so no pattern
// takes longer than its length times the path's.
func fits(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	if !anchored {
		pattern += "*"
	}
	p, star, mark := 0, -1, 0
	for i := 0; i < len(path); {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case p < len(pattern) && pattern[p] == path[i]:
			p++
			i++
		case star >= 0:
			mark++
			p, i = star+1, mark
		default:
			return false
		}
		if p == len(pattern) && star == p-1 && star >= 0 {
			return true // a * at the end takes the rest
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

const upperHex = "0123456789ABCDEF"

// normal writes octets in one way (§2.2.2): those outside ASCII as %XX, escapes of
// unreserved characters as themselves, the rest in capitals.
func normal(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				if octet := byte(n); unreserved(octet) {
					b.WriteByte(octet)
				} else {
					b.WriteString(strings.ToUpper(s[i : i+3]))
				}
				i += 2
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			b.Write([]byte{'%', upperHex[c>>4], upperHex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
