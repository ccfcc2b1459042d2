package importers

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// parseFeed gives the feed, or what could be saved of it with the error that
// says what was lost; without a feed the error says why there is none.
func parseFeed(doc Document) (*gofeed.Feed, error) {
	doc, _, err := inMemory(doc)
	if err == nil && doc.Stream != nil { // JSON
		doc.Body, err = io.ReadAll(io.LimitReader(doc.Stream, MaxBody+1))
	}
	if err == nil && len(doc.Body) > MaxBody {
		err = ErrTooLong
	}
	if err != nil {
		return nil, err
	}
	body, err := feedText(doc)
	if err != nil {
		return nil, fmt.Errorf("decoding: %w", err)
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true // says from which publication an item was taken
	f, err := parser.ParseString(body)
	if err == nil {
		return f, nil
	}
	clean := cleaned(body)
	if f, again := parser.ParseString(clean); again == nil {
		return f, nil
	}
	if f, lost := salvaged(clean); f != nil {
		if lost == 0 {
			return f, err
		}
		return f, fmt.Errorf("%d items lost: %w", lost, err)
	}
	if gofeed.DetectFeedType(strings.NewReader(clean)) == gofeed.FeedTypeUnknown {
		return nil, ErrNoFeed
	}
	return nil, err
}

// inMemory is the document with its body in memory when it is markup, which is not
// read record by record, and tells whether it is.
func inMemory(doc Document) (Document, bool, error) {
	if doc.Stream != nil {
		in := bufio.NewReader(doc.Stream)
		doc.Stream = in
		start, _ := in.Peek(512) // less when there is less
		if !opens(start) {
			return doc, false, nil
		}
		body, err := io.ReadAll(io.LimitReader(in, MaxBody+1))
		if err != nil {
			return doc, true, err
		}
		doc.Body, doc.Stream = body, nil
	}
	if len(doc.Body) > MaxBody && opens(doc.Body[:512]) {
		return doc, true, ErrTooLong
	}
	return doc, opens(doc.Body[:min(len(doc.Body), 512)]), nil
}

// opens tells whether a document begins as markup does, whatever its encoding.
func opens(start []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n\x00\xef\xbb\xbf\xfe\xff"), []byte("<"))
}

var (
	declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\?>`)
	declared    = regexp.MustCompile(`encoding\s*=\s*["']([^"']+)["']`)
)

// feedText is the document as UTF-8, without the declaration that says
// otherwise: by its byte order mark, the server's word, then its own (RFC 7303,
// 3). What is UTF-8 in fact stays so whatever it is called, and what is not, and
// says nothing, is taken for Windows-1252.
func feedText(doc Document) (string, error) {
	body := doc.Body
	enc := marked(body)
	if enc == nil && !(utf8.Valid(body) && plainlyUTF8(body)) {
		names := []string{}
		if _, params, err := mime.ParseMediaType(doc.ContentType); err == nil {
			names = append(names, params["charset"])
		}
		if m := declared.FindSubmatch(declaration.Find(body)); m != nil {
			names = append(names, string(m[1]))
		}
		for _, name := range names {
			if enc == nil {
				enc, _ = charset.Lookup(name)
			}
		}
		if enc == nil && !utf8.Valid(body) {
			enc, _ = charset.Lookup("windows-1252")
		}
	}
	if enc != nil {
		out, _, err := transform.Bytes(enc.NewDecoder(), body)
		if err != nil {
			return "", err
		}
		body = out
	}
	s := strings.TrimPrefix(strings.ToValidUTF8(string(body), "\uFFFD"), "\ufeff")
	return declaration.ReplaceAllLiteralString(s, ""), nil
}

// marked is the encoding that the first bytes show: a byte order mark, or "<"
// over two or four bytes (XML 1.0, appendix F).
func marked(body []byte) encoding.Encoding {
	for _, m := range []struct {
		begins string
		is     encoding.Encoding
	}{
		{"\x00\x00\xfe\xff", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)}, {"\xff\xfe\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
		{"\x00\x00\x00<", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}, {"<\x00\x00\x00", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
		{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)}, {"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"\x00<", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}, {"<\x00", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xef\xbb\xbf", unicode.UTF8},
	} {
		if bytes.HasPrefix(body, []byte(m.begins)) {
			return m.is
		}
	}
	return nil
}

// plainlyUTF8 tells whether there is a letter beyond ASCII to tell by.
func plainlyUTF8(body []byte) bool {
	for _, b := range body {
		if b >= 0x80 {
			return true
		}
	}
	return false
}

var bare = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]*;|#[0-9]+;|#[xX][0-9A-Fa-f]+;)?`)

// cleaned mends what most often breaks a feed: something before the first tag,
// characters that XML forbids (XML 1.0, 2.2), an & that begins no entity.
func cleaned(s string) string {
	if i := strings.IndexAny(s, "<{"); i > 0 {
		s = s[i:]
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	if strings.HasPrefix(s, "{") {
		return s
	}
	return bare.ReplaceAllStringFunc(declaration.ReplaceAllLiteralString(s, ""), func(entity string) string {
		if entity == "&" {
			return "&amp;"
		}
		return entity
	})
}

var (
	root       = regexp.MustCompile(`(?i)<(rss|(?:[a-z]+:)?RDF|feed)(?:\s[^>]*)?>`)
	wholeItems = regexp.MustCompile(`(?is)<item[\s>].*?</item\s*>|<entry[\s>].*?</entry\s*>`)
	begun      = regexp.MustCompile(`(?i)<(?:item|entry)[\s>]`)
)

// salvaged takes a broken feed item by item, and counts those that stay broken;
// it is nil when nothing can be read.
func salvaged(s string) (f *gofeed.Feed, lost int) {
	m := root.FindStringSubmatchIndex(s)
	pieces := wholeItems.FindAllString(s, -1)
	if m == nil || len(pieces) == 0 {
		return nil, 0
	}
	opening, closing := s[m[0]:m[1]], "</"+s[m[2]:m[3]]+">"
	if strings.EqualFold(s[m[2]:m[3]], "rss") {
		opening, closing = opening+"<channel>", "</channel>"+closing
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	head := s[:begun.FindStringIndex(s)[0]]
	if f, err := parser.ParseString(head + strings.Join(pieces, "\n") + closing); err == nil {
		return f, 0
	}
	f, err := parser.ParseString(head + closing)
	if err != nil {
		f = &gofeed.Feed{}
	}
	for _, piece := range pieces {
		one, err := parser.ParseString(opening + piece + closing)
		if err != nil {
			lost++
			continue
		}
		f.Items = append(f.Items, one.Items...)
	}
	if len(f.Items) == 0 {
		return nil, lost
	}
	return f, lost
}
