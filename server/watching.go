package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/web"
)

// The watches on the command line.

type watchCommand struct {
	Add    watchAdd    `cmd:"" help:"Visit an address again and again for news."`
	List   watchList   `cmd:"" help:"List what is watched, and what came of the last visits."`
	Run    watchRun    `cmd:"" help:"Visit one now, or all that are switched on."`
	Remove watchRemove `cmd:"" help:"Stop watching an address; what it brought stays."`
}

type watchAdd struct {
	URL     string        `arg:"" help:"A feed, a page or a list: an http(s) address."`
	Kind    string        `default:"feed" help:"What is read there: ${kinds}"`
	Title   string        `help:"What to call it."`
	Include []string      `sep:"none" help:"Keep only items in whose title or text this RE2 finds something; again for another."`
	Exclude []string      `sep:"none" help:"Leave out items in whose title or text this RE2 finds something; again for another."`
	Every   time.Duration `default:"1h" help:"Between two visits, at least 5m."`
	Lang    string        `name:"text-lang" help:"Language of the texts, when they do not say (fr, en)."`
	All     bool          `help:"Bring to the desk what tells of no incident too."`
	Off     bool          `help:"Do not visit it until an editor switches it on."`
}

func (c *watchAdd) Run(ctx context.Context, s *Settings, io *streams) error {
	w := vigie.Watch{
		Address: strings.TrimSpace(c.URL), Kind: c.Kind, Title: c.Title, Lang: c.Lang, Include: c.Include, Exclude: c.Exclude,
		All: c.All, Every: c.Every, Active: !c.Off, By: "vigie", Added: time.Now().UTC(),
	}
	return s.with(ctx, func(store *db.DB) error {
		added, problems, err := addWatch(ctx, store, w)
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			return fmt.Errorf("%w: %w", errUsage, problems)
		}
		fmt.Fprintf(io.out, "watch %s: %s every %s\n", added.ID, added.Address, web.Interval(added.Every))
		return nil
	})
}

// watchKinds are the readers of what can be watched: a table needs a map of its
// columns, which a watch has not.
func watchKinds() []string {
	return slices.DeleteFunc(importers.Kinds(), func(kind string) bool { return kind == importers.CSVKind })
}

// watchProblems is everything that is wrong with a watch.
func watchProblems(w vigie.Watch) vigie.Problems {
	problems := w.Validate()
	if _, ok := importers.Readers[w.Kind]; !ok && w.Kind != "" {
		kinds := strings.Join(watchKinds(), ", ")
		problems = append(problems, vigie.Problem{Path: "kind", Code: "unknown_code", Message: vigie.Text{
			FR: fmt.Sprintf("Aucun lecteur «\u00a0%s\u00a0»\u00a0; il y a\u00a0: %s.", w.Kind, kinds), EN: fmt.Sprintf("No reader %q; there are: %s.", w.Kind, kinds)}})
	}
	if w.Kind == importers.CSVKind {
		problems = append(problems, vigie.Problem{Path: "kind", Code: "needs_map", Message: vigie.Text{
			FR: "Un tableau a besoin d’un plan de ses colonnes, qu’une surveillance n’a pas : importez-le par vigie import csv --map.",
			EN: "A table needs a map of its columns, which a watch has not: import it with vigie import csv --map."}})
	}
	return problems
}

var watchedAlready = vigie.Problem{Path: "address", Code: "taken", Message: vigie.Text{FR: "Cette adresse est déjà surveillée pour cette sorte.", EN: "This address is watched for that kind already."}}

// addWatch names a watch and keeps it, or says what is wrong with it.
func addWatch(ctx context.Context, store *db.DB, w vigie.Watch) (vigie.Watch, vigie.Problems, error) {
	if problems := watchProblems(w); len(problems) > 0 {
		return w, problems, nil
	}
	list, err := store.Watches(ctx)
	if err != nil {
		return w, nil, err
	}
	if slices.ContainsFunc(list, func(x db.Watched) bool { return x.Address == w.Address && x.Kind == w.Kind }) {
		return w, vigie.Problems{watchedAlready}, nil
	}
	removed, err := store.RemovedWatches(ctx)
	if err != nil {
		return w, nil, err
	}
	w.ID = watchID(w.Address, func(id string) bool { // one that was removed may be taken back, and has its runs
		return slices.ContainsFunc(list, func(x db.Watched) bool { return x.ID == id }) ||
			slices.ContainsFunc(removed, func(x db.Watched) bool { return x.ID == id && (x.Address != w.Address || x.Kind != w.Kind) })
	})
	err = store.AddWatch(ctx, w)
	if errors.Is(err, db.ErrUnique) { // somebody added it in the same moment
		return w, vigie.Problems{watchedAlready}, nil
	}
	return w, nil, err
}

// keepWatch saves what was changed in a watch, or says what is wrong with it.
func keepWatch(ctx context.Context, store *db.DB, w vigie.Watch) (vigie.Problems, error) {
	err := store.SaveWatch(ctx, w)
	if errors.Is(err, db.ErrUnique) {
		return vigie.Problems{watchedAlready}, nil
	}
	return nil, err
}

type watchList struct {
	Known bool `help:"List useful addresses that are not watched; nothing of them is fetched until you add one."`
}

func (c *watchList) Run(ctx context.Context, s *Settings, io *streams) error {
	if c.Known {
		known, err := knownFeeds()
		for _, k := range known {
			fmt.Fprintf(io.out, "%s\t%s\t%s\t%s\n", k.Kind, k.Address, k.Title, k.About.In(vigie.Lang(s.Lang)))
		}
		return err
	}
	return s.with(ctx, func(store *db.DB) error {
		list, err := store.Watches(ctx)
		if err != nil {
			return err
		}
		for _, w := range list {
			fmt.Fprintf(io.out, "%s\t%s\t%s\tevery %s\t%s\t%s\n", w.ID, w.Kind, w.Address, web.Interval(w.Every), onOff(w), lastTold(w))
		}
		return nil
	})
}

func onOff(w db.Watched) string {
	if !w.Active {
		return "off"
	}
	return "next " + w.Due.Format(time.RFC3339)
}

// lastTold is what came of the last visit, in a few words.
func lastTold(w db.Watched) string {
	switch v := w.Visit; {
	case w.Busy:
		return "being visited"
	case v.At.IsZero():
		return "never visited"
	case v.Why != "":
		return fmt.Sprintf("not read on %s: %s", v.At.Format(time.RFC3339), v.Why)
	case v.Left > 0:
		return fmt.Sprintf("read on %s, %d items wait for their pages", v.At.Format(time.RFC3339), v.Left)
	default:
		return "read on " + v.Read.Format(time.RFC3339)
	}
}

type watchRun struct {
	ID           string `arg:"" optional:"" help:"Its id, as vigie watch list prints it; it may be switched off."`
	AllowPrivate bool   `help:"Visit private and loopback addresses too (intranets, tests)."`
}

func (c *watchRun) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		list, err := c.chosen(ctx, store)
		if err != nil {
			return err
		}
		p := newPoller(store, s, c.AllowPrivate || s.WatchPrivate, slog.New(slog.NewTextHandler(io.err, nil)))
		failed := 0
		for _, w := range list {
			run, err := p.visit(ctx, w, false)
			switch {
			case errors.Is(err, errVisited):
				run.Messages = []string{errVisited.Error()}
			case err != nil:
				return err
			}
			for _, m := range run.Messages {
				fmt.Fprintf(io.err, "%s: %s\n", w.ID, m)
			}
			line := tallyLine(run)
			if c.ID == "" {
				line = w.ID + "\t" + line
			}
			fmt.Fprintln(io.out, line)
			if !run.Completed {
				failed++
			}
		}
		if failed > 0 {
			return fmt.Errorf("%d of %d could not be read to the end", failed, len(list))
		}
		return nil
	})
}

// chosen are the watches to be visited: one, or all that are switched on.
func (c *watchRun) chosen(ctx context.Context, store *db.DB) ([]db.Watched, error) {
	if c.ID != "" {
		w, err := store.Watch(ctx, c.ID)
		if errors.Is(err, vigie.ErrNotFound) {
			err = fmt.Errorf("there is no watch %s; vigie watch list names them", c.ID)
		}
		return []db.Watched{w}, err
	}
	list, err := store.Watches(ctx)
	return slices.DeleteFunc(list, func(w db.Watched) bool { return !w.Active }), err
}

// tallyLine says what a run read. A zero is only printed when it was really read.
func tallyLine(run vigie.Run) string {
	t := run.Tally
	line := fmt.Sprintf("read=%d new=%d changed=%d duplicate=%d filtered=%d refused=%d", t.Read, t.New, t.Changed, t.Duplicate, t.Filtered, t.Refused)
	switch {
	case run.Unchanged:
		return "not changed since the last visit"
	case !run.Completed && t.Read == 0:
		return "not read"
	case !run.Completed:
		return "not completed " + line
	case run.Left > 0:
		return fmt.Sprintf("%s left=%d", line, run.Left)
	}
	return line
}

type watchRemove struct {
	ID string `arg:"" help:"Its id, as vigie watch list prints it."`
}

func (c *watchRemove) Run(ctx context.Context, s *Settings, io *streams) error {
	return s.with(ctx, func(store *db.DB) error {
		err := store.RemoveWatch(ctx, c.ID)
		if errors.Is(err, vigie.ErrNotFound) {
			return fmt.Errorf("there is no watch %s; vigie watch list names them", c.ID)
		}
		if err == nil {
			fmt.Fprintln(io.out, "removed watch", c.ID)
		}
		return err
	})
}
