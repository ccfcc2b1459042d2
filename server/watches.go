package main

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/importers"
	"vigie/web"
)

// How many visits the desk shows.
const (
	visitsListed = 1
	visitsShown  = 30
)

// stepsShown is how many items a test shows: those that would come first, those
// left out last.
const stepsShown = 100

var outcomeRank = map[string]int{db.New: 0, db.Changed: 1, left: 2, refused: 3, db.Duplicate: 4, filtered: 5}

// testTime bounds a test at the desk: an editor waits for it.
const testTime = 45 * time.Second

// knownFeeds are the addresses of data/feeds.json. Nothing of them is fetched
// until an editor watches one.
func knownFeeds() ([]web.KnownFeed, error) {
	var file struct {
		Note  string          `json:"note"`
		Feeds []web.KnownFeed `json:"feeds"`
	}
	err := shippedFile("data/feeds.json", &file)
	return file.Feeds, err
}

// watchOf is a known feed as a watch, not yet kept.
func watchOf(k web.KnownFeed) vigie.Watch {
	w := vigie.Watch{Address: k.Address, Kind: k.Kind, Title: k.Title, Lang: k.Lang, Include: k.Include, Exclude: k.Exclude, Every: vigie.WatchEvery}
	if d, err := time.ParseDuration(k.Every); err == nil {
		w.Every = d
	}
	return w
}

// watches is the list of what is watched, and of what might be.
func (s *Server) watches(c *gin.Context) error {
	ctx := c.Request.Context()
	list, err := s.db.Watches(ctx)
	if err != nil {
		return err
	}
	page := web.Watches{}
	removed, err := s.db.RemovedWatches(ctx)
	if err != nil {
		return err
	}
	gone := askedOf(c.Request).original.Query().Get("gone")
	for _, w := range removed {
		if page.Removed = append(page.Removed, w.Watch); w.ID == gone {
			page.Gone = &w.Watch
		}
	}
	runs, err := s.db.LastRuns(ctx, visitsListed)
	if err != nil {
		return err
	}
	for _, w := range list {
		row, err := s.watchRow(ctx, w, runs[w.ID])
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	if page.Known, err = knownFeeds(); err != nil {
		return err
	}
	page.Known = slices.DeleteFunc(page.Known, func(k web.KnownFeed) bool {
		return slices.ContainsFunc(list, func(w db.Watched) bool { return w.Address == k.Address && w.Kind == k.Kind })
	})
	return s.private(c, http.StatusOK, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

func (s *Server) watchRow(ctx context.Context, w db.Watched, runs []vigie.Run) (web.WatchRow, error) {
	row := web.WatchRow{Watch: w.Watch, Visit: w.Visit, Due: w.Due, Busy: w.Busy, Runs: runs}
	last, ok, err := s.db.LastRead(ctx, w.ID)
	if ok {
		row.Reading = &last
	}
	return row, err
}

// editWatch opens the form of a watch: a known one, a new one, or a new one
// filled in from data/feeds.json.
func (s *Server) editWatch(c *gin.Context) error {
	page := web.WatchPage{ID: c.Param("id")}
	w := vigie.Watch{Kind: importers.FeedKind, Every: vigie.WatchEvery}
	if page.ID != "" {
		watched, err := s.db.Watch(c.Request.Context(), page.ID)
		if err != nil {
			return err
		}
		w = watched.Watch
	} else if address := askedOf(c.Request).original.Query().Get("known"); address != "" {
		known, err := knownFeeds()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(known, func(k web.KnownFeed) bool { return k.Address == address })
		if i < 0 {
			return vigie.ErrNotFound
		}
		w = watchOf(known[i])
	}
	page.Form = web.WatchForm(w)
	return s.showWatch(c, http.StatusOK, page)
}

func (s *Server) showWatch(c *gin.Context, status int, page web.WatchPage) error {
	ctx := c.Request.Context()
	page.Kinds = watchKinds()
	if page.ID != "" {
		watched, err := s.db.Watch(ctx, page.ID)
		if err != nil {
			return err
		}
		runs, err := s.db.LastRuns(ctx, visitsShown)
		if err != nil {
			return err
		}
		if page.Row, err = s.watchRow(ctx, watched, runs[page.ID]); err != nil {
			return err
		}
		if page.Form == nil {
			page.Form = web.WatchForm(watched.Watch)
		}
	}
	return s.private(c, status, func(fr web.Frame) any {
		page.Frame = fr
		return page
	})
}

// watchDeeds is what may be done with a watch from its page.
var watchDeeds = map[string]func(*Server, *gin.Context, web.WatchPage) error{
	"save":   (*Server).saveWatch,
	"test":   (*Server).testWatch,
	"on":     func(s *Server, c *gin.Context, p web.WatchPage) error { return s.switchWatch(c, p, true) },
	"visit":  func(s *Server, c *gin.Context, p web.WatchPage) error { return s.switchWatch(c, p, true) },
	"off":    func(s *Server, c *gin.Context, p web.WatchPage) error { return s.switchWatch(c, p, false) },
	"remove": (*Server).removeWatch,
	"back":   (*Server).takeBackWatch,
}

func (s *Server) actWatch(c *gin.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	do, known := watchDeeds[form.Get("action")]
	if !known {
		return errBadForm
	}
	return do(s, c, web.WatchPage{ID: c.Param("id"), Form: form})
}

// typedWatch is the watch as the form has it, and what is wrong with it.
func (s *Server) typedWatch(c *gin.Context, page web.WatchPage) (vigie.Watch, vigie.Problems, error) {
	w := vigie.Watch{Active: true, By: editorOf(c), Added: s.now().UTC()}
	if page.ID != "" {
		watched, err := s.db.Watch(c.Request.Context(), page.ID)
		if err != nil {
			return w, nil, err
		}
		w = watched.Watch
	}
	w = web.ParseWatch(page.Form, w)
	return w, watchProblems(w), nil
}

// saveWatch keeps what was typed: a new watch is switched on, and visited soon.
func (s *Server) saveWatch(c *gin.Context, page web.WatchPage) error {
	w, problems, err := s.typedWatch(c, page)
	if err != nil {
		return err
	}
	switch {
	case len(problems) > 0:
	case page.ID == "":
		w, problems, err = addWatch(c.Request.Context(), s.db, w)
	default:
		problems, err = keepWatch(c.Request.Context(), s.db, w)
	}
	if err != nil {
		return err
	}
	if page.Problems = problems; len(problems) > 0 {
		return s.showWatch(c, http.StatusUnprocessableEntity, page)
	}
	s.visits.look()
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.WatchPath(w.ID)))
	return nil
}

// testWatch reads the address now, with what was typed, and stores nothing.
func (s *Server) testWatch(c *gin.Context, page web.WatchPage) error {
	w, problems, err := s.typedWatch(c, page)
	if err != nil {
		return err
	}
	if page.Problems = problems; len(problems) > 0 {
		return s.showWatch(c, http.StatusUnprocessableEntity, page)
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), testTime)
	defer cancel()
	steps, run, err := s.visits.test(ctx, w)
	page.Test = &web.WatchTest{Run: run}
	if err != nil {
		page.Test.Failed = err.Error()
	}
	slices.SortStableFunc(steps, func(a, b step) int { return outcomeRank[a.Outcome] - outcomeRank[b.Outcome] })
	page.Test.More = max(0, len(steps)-stepsShown)
	for _, x := range steps[:len(steps)-page.Test.More] {
		page.Test.Steps = append(page.Test.Steps, web.WatchStep{
			Title: x.Candidate.Source.Title, Address: cmp.Or(x.Candidate.Source.URL, x.Candidate.Key),
			Outcome: x.Outcome, Met: x.Met, Why: x.Why, Rule: x.Rule,
		})
	}
	return s.showWatch(c, http.StatusOK, page)
}

// switchWatch turns a watch on, to be visited at once, or off.
func (s *Server) switchWatch(c *gin.Context, page web.WatchPage, on bool) error {
	watched, err := s.db.Watch(c.Request.Context(), page.ID)
	if err != nil {
		return err
	}
	if err := s.db.SwitchWatch(c.Request.Context(), watched.ID, on); err != nil {
		return err
	}
	s.visits.look()
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.WatchPath(page.ID)))
	return nil
}

// takeBackWatch keeps a watch again that was removed.
func (s *Server) takeBackWatch(c *gin.Context, page web.WatchPage) error {
	if err := s.db.TakeBackWatch(c.Request.Context(), page.ID); err != nil {
		return err
	}
	s.visits.look()
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.WatchPath(page.ID)))
	return nil
}

// removeWatch asks first, and then removes it. What it brought stays.
func (s *Server) removeWatch(c *gin.Context, page web.WatchPage) error {
	if page.Form.Get("confirm") == "" {
		return s.showWatch(c, http.StatusOK, web.WatchPage{ID: page.ID, Removing: true})
	}
	if err := s.db.RemoveWatch(c.Request.Context(), page.ID); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, web.PagePath(askedOf(c.Request).lang, web.WatchesPath)+"?gone="+escape(page.ID))
	return nil
}
