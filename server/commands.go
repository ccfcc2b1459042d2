package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/importers/fetch"
	"vigie/importers/reading"
	"vigie/web"
)

// commandLine is every command and flag.
type commandLine struct {
	Settings

	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the pages (the default)."`
	Load    loadCommand    `cmd:"" help:"Load the shipped record, or files of it: unknown ids only."`
	Import  importCommand  `cmd:"" help:"Bring news to the desk: vigie import article FILE|URL|-"`
	Read    readCommand    `cmd:"" help:"Print what the text reader sees in files; nothing is stored."`
	Export  exportCommand  `cmd:"" help:"Write the record, or what a query finds, to standard output."`
	Redact  redactCommand  `cmd:"" help:"Forget the text of a case or of one version, for a legal reason."`
	Editor  editorCommand  `cmd:"" help:"Add editors, give them new passwords, list them."`
	Watch   watchCommand   `cmd:"" help:"Follow feeds and pages: add, list, run, remove."`
	Backup  backupCommand  `cmd:"" help:"Copy the database to a new file, while it serves."`
	Restore restoreCommand `cmd:"" help:"Put a backup in the place of the database."`
	Check   checkCommand   `cmd:"" help:"Check the database against its revisions, and every record."`
	Version versionCommand `cmd:"" help:"Print which Vigie this is."`
}

// Settings are the flags; each has its twin in the environment.
type Settings struct {
	DB           string   `name:"db" env:"VIGIE_DB" default:"data/vigie.db" help:"Database file."`
	Addr         string   `name:"addr" env:"VIGIE_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	BaseURL      string   `name:"base-url" env:"VIGIE_BASE_URL" help:"Public address, for permanent links (default: http://ADDR)."`
	Lang         string   `name:"lang" env:"VIGIE_LANG" enum:"fr,en" default:"fr" help:"Language of feeds and data without a prefix: fr, en."`
	Dev          bool     `name:"dev" env:"VIGIE_DEV" help:"Read templates from the folder web/ at start; log requests; let nothing be kept."`
	Publisher    string   `name:"publisher" env:"VIGIE_PUBLISHER" default:"Vigie" help:"Who answers for this site, on the about page and in feeds."`
	Contact      string   `name:"contact" env:"VIGIE_CONTACT" help:"Where to write: an address or a mailto:."`
	Licence      string   `name:"licence" env:"VIGIE_LICENCE" default:"CC BY 4.0" help:"Licence of the record."`
	LicenceURL   string   `name:"licence-url" env:"VIGIE_LICENCE_URL" default:"https://creativecommons.org/licenses/by/4.0/" help:"Where its text is."`
	Hub          string   `name:"hub" env:"VIGIE_HUB" help:"Address of a WebSub hub that is told of news in the feeds."`
	HubPrivate   bool     `name:"hub-private" env:"VIGIE_HUB_PRIVATE" help:"The hub may be at a private or loopback address."`
	WatchPrivate bool     `name:"watch-private" env:"VIGIE_WATCH_PRIVATE" help:"Watches may be at private or loopback addresses."`
	Cache        int      `name:"cache" env:"VIGIE_CACHE" default:"64" help:"Megabytes of memory for finished answers; 0 makes each anew."`
	Proxy        []string `name:"proxy" env:"VIGIE_PROXY" help:"Proxies of ours, whose X-Forwarded-For is believed."`
	Legal        string   `name:"legal" env:"VIGIE_LEGAL" help:"Legal notice, on the about page."`
}

func (s *Settings) site() web.Settings {
	return web.Settings{
		Name: "Vigie", Publisher: s.Publisher, Contact: s.Contact, Licence: s.Licence, LicenceURL: s.LicenceURL,
		Legal: vigie.Text{FR: s.Legal, EN: s.Legal},
	}
}

// open opens the ledger, making its folder when there is none.
func (s *Settings) open(ctx context.Context) (*db.DB, error) {
	if dir := filepath.Dir(s.DB); dir != "." {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, fmt.Errorf("making the folder of the database: %w", err)
		}
	}
	engine, err := db.OpenSQLite(s.DB)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", s.DB, err)
	}
	store, err := db.Open(ctx, engine, nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", s.DB, err), engine.Close())
	}
	return store, nil
}

// with opens the ledger for the length of a command.
func (s *Settings) with(ctx context.Context, do func(*db.DB) error) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(store), store.Close())
}

type loadCommand struct {
	Files []string `arg:"" optional:"" help:"JSON or NDJSON files of incidents (default: the shipped record)."`
}

func (c *loadCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		load := loadShipped
		if len(c.Files) > 0 {
			load = func(ctx context.Context, store *db.DB) (loadReport, error) { return loadFiles(ctx, store, c.Files) }
		}
		report, err := load(ctx, store)
		if err != nil {
			return err
		}
		for _, line := range report.lines {
			fmt.Fprintln(io.err, line)
		}
		fmt.Fprintln(io.out, report)
		return nil
	})
}

// document opens a file, an address or standard input.
func document(ctx context.Context, from string, private bool, s *streams) (importers.Document, error) {
	if strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://") {
		return fetch.New(fetch.Options{AllowPrivate: private}).Get(ctx, from)
	}
	in := s.in
	if from != "-" {
		f, err := os.Open(from)
		if err != nil {
			return importers.Document{}, err
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, importers.MaxBody+1))
	if err == nil && len(body) > importers.MaxBody {
		err = importers.ErrTooLong
	}
	if err != nil {
		return importers.Document{}, fmt.Errorf("reading %s: %w", from, err)
	}
	return importers.Document{Body: body}, nil
}

type readCommand struct {
	Files []string `arg:"" help:"Text, HTML or NDJSON files; - for standard input."`
}

func (c *readCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	out := bufio.NewWriter(io.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	failed := 0
	for _, name := range c.Files {
		for r, err := range readings(ctx, name, io) {
			if err == nil {
				err = enc.Encode(r)
			}
			if err != nil {
				failed++
				fmt.Fprintf(io.err, "%s: %v\n", name, err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of the documents could not be read", failed)
	}
	return nil
}

// readings reads the documents of one file.
func readings(ctx context.Context, name string, s *streams) func(yield func(vigie.Reading, error) bool) {
	return func(yield func(vigie.Reading, error) bool) {
		lexicon := reading.Shipped().With(shippedCompanies())
		doc, err := document(ctx, name, false, s)
		if err != nil {
			yield(vigie.Reading{}, err)
			return
		}
		if ext := filepath.Ext(name); ext == ".ndjson" || ext == ".jsonl" || name == "-" && strings.HasPrefix(strings.TrimSpace(string(doc.Body[:min(64, len(doc.Body))])), "{") {
			for d, err := range reading.Documents(strings.NewReader(string(doc.Body))) {
				var r vigie.Reading
				if err == nil {
					r = lexicon.Read(d)
				}
				if !yield(r, err) {
					return
				}
			}
			return
		}
		for c, err := range importers.Article(doc, importers.Options{Lexicon: lexicon, Companies: shippedCompanies()}) {
			if name != "-" { // people look for the file they gave
				c.Reading.ID = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
			}
			if !yield(c.Reading, err) {
				return
			}
		}
	}
}

type redactCommand struct {
	ID      string `arg:"" help:"The case: temu-2024-09"`
	Version []int  `help:"Only these versions (default: all)."`
	Reason  string `required:"" help:"Why, in public words; it stays in the history."`
	By      string `default:"vigie" help:"Who decided."`
}

func (c *redactCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		if _, err := store.Redact(ctx, vigie.IncidentRecord, c.ID, c.Reason, vigie.Signature{Author: c.By, Note: c.Reason}, c.Version...); err != nil {
			return err
		}
		fmt.Fprintln(io.out, "redacted", c.ID)
		return nil
	})
}

type backupCommand struct {
	File string `arg:"" help:"A file that does not exist yet."`
}

func (c *backupCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error { return store.Backup(ctx, c.File) })
}

type restoreCommand struct {
	File string `arg:"" help:"A file that vigie backup made."`
}

func (c *restoreCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	return db.RestoreFile(ctx, c.File, s.DB)
}

type checkCommand struct {
	Rebuild bool `help:"Write everything that is derived from the revisions anew."`
}

func (c *checkCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		problems, err := store.Check(ctx, c.Rebuild)
		if err != nil {
			return err
		}
		record, err := inspect(ctx, store)
		if err != nil {
			return err
		}
		for _, line := range record.notes {
			fmt.Fprintln(io.err, "note:", line)
		}
		for _, line := range slices.Concat(problems, record.problems) {
			fmt.Fprintln(io.err, line)
		}
		var wrong []error
		if len(problems) > 0 && !c.Rebuild {
			wrong = append(wrong, fmt.Errorf("%d problems of the database; vigie check --rebuild mends what is derived", len(problems)))
		}
		if n := len(record.problems); n > 0 {
			wrong = append(wrong, fmt.Errorf("%d problems of the record, to be mended at the desk", n))
		}
		if err := errors.Join(wrong...); err != nil {
			return err
		}
		fmt.Fprintln(io.out, "the database is sound")
		return nil
	})
}

type versionCommand struct{}

func (versionCommand) Run(io *streams) error {
	fmt.Fprintln(io.out, "vigie", build())
	return nil
}
