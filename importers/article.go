package importers

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"vigie"
	"vigie/importers/reading"
)

// ArticleKind is the kind of Article among the Readers.
const ArticleKind = "article"

// ErrNoText means that no main text was found in a page.
var ErrNoText = errors.New("no text of an article found")

// Article reads one news article: HTML in any charset, or plain text whose first
// line is the title. It yields one candidate, also of an article that tells no
// incident (Reading.IsIncident is false): the runner counts those as filtered.
func Article(doc Document, opts Options) iter.Seq2[vigie.Candidate, error] {
	return func(yield func(vigie.Candidate, error) bool) {
		c, err := article(doc, opts)
		if err != nil {
			err = fmt.Errorf("reading the article: %w", err)
		}
		yield(c, err)
	}
}

func article(doc Document, opts Options) (vigie.Candidate, error) {
	if len(doc.Body) > MaxBody {
		return vigie.Candidate{}, ErrTooLong
	}
	body, err := decoded(doc)
	if err != nil {
		return vigie.Candidate{}, fmt.Errorf("decoding: %w", err)
	}
	p := plain(body)
	if isHTML(doc.ContentType, body) {
		root, err := html.Parse(strings.NewReader(body))
		if err != nil {
			return vigie.Candidate{}, fmt.Errorf("parsing HTML: %w", err)
		}
		if p, err = readPage(root, doc.URL); err != nil {
			return vigie.Candidate{}, fmt.Errorf("finding the main text: %w", err)
		}
	}
	if strings.TrimSpace(p.text) == "" {
		return vigie.Candidate{}, ErrNoText
	}
	return candidate(doc, opts, p), nil
}

// candidate reads the text of a page and names the news: by its address, or by
// its text when it has none.
func candidate(doc Document, opts Options, p page) vigie.Candidate {
	lexicon := opts.Lexicon
	if lexicon == nil {
		lexicon = reading.Shipped()
	}
	lang := p.lang
	if lang == "" {
		lang = opts.Lang
	}
	r := lexicon.With(opts.Companies).Read(reading.Document{Lang: lang, Title: defanged(p.title), Date: p.published, Text: defanged(p.text)})
	c := vigie.Candidate{Kind: ArticleKind, Hash: TextHash(r.Text), Reading: r}
	address := ""
	for _, a := range []string{CanonicalURL(p.canonical), CanonicalURL(doc.URL)} {
		switch {
		case onHidden(a): // named, and never linked
			c.Key = cmp.Or(c.Key, defanged(a))
		case address == "":
			address = a
		}
	}
	c.Key = cmp.Or(address, c.Key, "sha256:"+c.Hash)
	c.ID = vigie.UUID(c.Kind + ":" + c.Key)
	c.Reading.ID = c.ID
	if lang == "" {
		lang = r.Lang
	}
	c.Source = vigie.Source{ID: "r1", URL: address, Publisher: p.publisher, Title: defanged(p.title), Published: r.Published, Lang: lang, Kind: "article", Seen: vigie.SeenFull}
	if !doc.Retrieved.IsZero() {
		sum := sha256.Sum256(doc.Body)
		c.Source.Retrieved, c.Source.SHA256 = doc.Retrieved.UTC().Format(time.RFC3339), hex.EncodeToString(sum[:])
	}
	return c
}

// TextHash is the SHA-256 of a text, its white space squeezed: the same words
// laid out otherwise are the same text.
func TextHash(s string) string {
	sum := sha256.Sum256([]byte(squeeze(s)))
	return hex.EncodeToString(sum[:])
}

// decoded is the body as UTF-8, by its byte order mark, the server's word, its
// own <meta>, or a guess, in that order (WHATWG HTML, 13.2.3.2). What is UTF-8 in
// fact stays so whatever it is called: no other text with accents looks like it.
func decoded(doc Document) (string, error) {
	if utf8.Valid(doc.Body) && plainlyUTF8(doc.Body) {
		return string(bytes.TrimPrefix(doc.Body, []byte("\xef\xbb\xbf"))), nil
	}
	enc, _, _ := charset.DetermineEncoding(doc.Body[:min(len(doc.Body), 1024)], doc.ContentType)
	body, _, err := transform.Bytes(enc.NewDecoder(), doc.Body)
	if err != nil {
		return "", err
	}
	return strings.ToValidUTF8(string(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), "\uFFFD"), nil
}

func isHTML(contentType, body string) bool {
	if kind, _, err := mime.ParseMediaType(contentType); err == nil {
		switch kind {
		case "text/html", "application/xhtml+xml":
			return true
		case "text/plain", "text/markdown":
			return false
		}
	}
	start := strings.ToLower(strings.TrimSpace(body[:min(len(body), 2048)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<?xml"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return strings.HasPrefix(start, "<") && strings.Contains(start, "<html")
}

// plain reads a text file: its first line is the title.
func plain(body string) page {
	body = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(body))
	title, _, _ := strings.Cut(body, "\n")
	return page{title: strings.TrimSpace(title), text: body}
}
