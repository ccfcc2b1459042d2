package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"vigie"
	"vigie/db"
	"vigie/importers"
)

type importCommand struct {
	Kind         string `arg:"" help:"What is read: ${kinds}"`
	From         string `arg:"" help:"A file, an http(s) address, or - for standard input."`
	Lang         string `help:"Language of the text, when it does not say (fr, en)." name:"text-lang"`
	Map          string `help:"Of a csv: which column says what, as victim=Company,date=Reported:1/2/2006 (importers/README.md)."`
	All          bool   `help:"Bring to the desk what tells of no incident too, and those who sell nothing to consumers."`
	DryRun       bool   `help:"Show what the first records that are not left out would become, count all, and keep nothing."`
	Rows         int    `help:"How many a dry run shows." default:"5"`
	Pages        int    `help:"From an address: how many pages to fetch at most for items that only tease." default:"10"`
	AllowPrivate bool   `help:"Fetch from private and loopback addresses too (intranets, tests)."`
}

func (c *importCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	read, ok := importers.Readers[c.Kind]
	if !ok {
		return fmt.Errorf("%w: no reader of kind %q; there are: %s", errUsage, c.Kind, strings.Join(importers.Kinds(), ", "))
	}
	doc, done, err := c.open(ctx, io)
	if err != nil {
		return err
	}
	defer func() { _ = done() }() // it was only read
	p := watched(io.err, sizeOf(doc))
	doc.Stream = p.reading(doc.Stream)
	return s.with(ctx, func(store *db.DB) error {
		var fault error
		bringing := intake{store: store, kind: c.Kind, origin: c.From, read: faulty(read, &fault), lang: c.Lang, columns: c.Map, all: c.All, dry: c.DryRun}
		if remote(c.From) && !c.DryRun {
			bringing.linked = linkedPages(store, s, c.AllowPrivate, c.Pages)
		}
		bringing.each = p.step
		if shown := 0; c.DryRun {
			bringing.each = func(st step) {
				p.step(st)
				if st.Outcome == filtered || fault != nil { // told below, by their reasons
					return
				}
				if shown++; shown > c.Rows {
					return
				}
				p.clear()
				if st.Why != "" {
					fmt.Fprintf(io.out, "%d. %s: %s\n\n", shown, st.Outcome, st.Why)
					return
				}
				fmt.Fprintf(io.out, "%d. %s: %s\n", shown, st.Outcome, importers.Preview(st.Candidate))
			}
		}
		r, err := bringing.run(ctx, doc)
		p.clear()
		switch {
		case err != nil && !errors.Is(err, importers.ErrBroken):
			return err
		case fault != nil:
			return fmt.Errorf("%w: %w", errUsage, fault)
		}
		for _, m := range r.Messages {
			fmt.Fprintln(io.err, m)
		}
		if r.Left > 0 {
			fmt.Fprintf(io.err, "%d items only tease, and their pages were not fetched; --pages fetches more\n", r.Left)
		}
		p.summary(r, c.DryRun)
		t := r.Tally
		fmt.Fprintf(io.out, "read=%d new=%d changed=%d duplicate=%d filtered=%d refused=%d\n", t.Read, t.New, t.Changed, t.Duplicate, t.Filtered, t.Refused)
		return err // of a list that breaks off
	})
}

func remote(from string) bool {
	return strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://")
}

// open opens what is to be read. A list in a file stays open and is read record by
// record, however long; everything else is read whole. done closes it.
func (c *importCommand) open(ctx context.Context, s *streams) (doc importers.Document, done func() error, err error) {
	nothing := func() error { return nil }
	switch {
	case remote(c.From) || !importers.Lists[c.Kind]:
		doc, err = document(ctx, c.From, c.AllowPrivate, s)
		return doc, nothing, err
	case c.From == "-":
		return importers.Document{Stream: s.in}, nothing, nil
	}
	f, err := os.Open(c.From)
	if err != nil {
		return doc, nothing, err
	}
	return importers.Document{Stream: f}, f.Close, nil
}

// sizeOf is how many bytes a list in a file has; 0 when that is not known, or when
// all of it was read before.
func sizeOf(doc importers.Document) int64 {
	if f, ok := doc.Stream.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return 0
}

// faulty keeps the fault of the one who asks, a column map that does not fit, apart
// from what is wrong with a record.
func faulty(read importers.Reader, fault *error) importers.Reader {
	return func(doc importers.Document, opts importers.Options) iter.Seq2[vigie.Candidate, error] {
		return func(yield func(vigie.Candidate, error) bool) {
			for c, err := range read(doc, opts) {
				if errors.Is(err, importers.ErrMap) {
					*fault = err
				}
				if !yield(c, err) {
					return
				}
			}
		}
	}
}
