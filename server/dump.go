package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"vigie"
	"vigie/db"
	"vigie/web"
)

// The files under /dump/, and their media types.
var dumpFiles = []struct{ name, mime string }{
	{"vigie.sqlite", "application/vnd.sqlite3"},
	{"vigie.zip", "application/zip"},
	{checksums, "text/plain; charset=utf-8"},
}

const checksums = "SHA256SUMS" // as sha256sum -c reads it

const (
	dumpPatience = 10 * time.Second // how long a visitor waits for a new dump before getting the last one
	dumpTime     = 30 * time.Minute // how long making or downloading one may take
)

// dumped is the whole record in files, as of an edition.
type dumped struct {
	moment
	dir   string
	files []web.DumpFile
}

// dumps makes the files anew when somebody asks and the edition has changed. One at
// a time is made, whoever waits.
type dumps struct {
	sync.Mutex
	last   *dumped
	making chan struct{} // closed when the one under way is done
	failed error         // why the last try made none
}

// latest is the dump of this edition; or, when making it takes long, the one before.
func (s *Server) latestDump(ctx context.Context) (*dumped, error) {
	now, err := s.moment(ctx)
	if err != nil {
		return nil, err
	}
	d := &s.dumps
	d.Lock()
	if d.last != nil && d.last.edition == now.edition {
		defer d.Unlock()
		return d.last, nil
	}
	if d.making == nil {
		d.making = make(chan struct{})
		go s.makeDump(d.making)
	}
	last, making := d.last, d.making
	d.Unlock()
	patience := time.NewTimer(dumpPatience)
	defer patience.Stop()
	select {
	case <-making:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-patience.C:
		if last != nil {
			return last, nil
		}
		return nil, errNotYet
	}
	d.Lock()
	defer d.Unlock()
	if d.last == nil {
		return nil, d.failed
	}
	return d.last, nil
}

func (s *Server) makeDump(done chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), dumpTime) // nobody's request: others wait for it too
	defer cancel()
	made, err := s.dump(ctx)
	if err != nil {
		s.log.Error("making the dump", "error", err)
	}
	d := &s.dumps
	d.Lock()
	defer d.Unlock()
	if d.failed = err; err == nil {
		if d.last != nil && d.last.dir != made.dir {
			_ = os.RemoveAll(d.last.dir) // who is reading its files keeps them open
		}
		d.last = made
	}
	d.making = nil
	close(done)
}

// Close takes the files away; one under way is waited for.
func (s *Server) Close() error {
	d := &s.dumps
	d.Lock()
	making := d.making
	d.Unlock()
	if making != nil {
		<-making
	}
	d.Lock()
	defer d.Unlock()
	if d.last == nil {
		return nil
	}
	defer func() { d.last = nil }()
	return os.RemoveAll(d.last.dir)
}

// dump writes the files from a copy of the database, so that all of them are of one
// edition whatever is saved meanwhile.
func (s *Server) dump(ctx context.Context) (made *dumped, err error) {
	dir, err := os.MkdirTemp("", "vigie-dump-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the dump: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(dir)
		}
	}()
	copied := filepath.Join(dir, "copy.db")
	if err := s.db.Backup(ctx, copied); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, removeDatabase(copied)) }()
	made = &dumped{dir: dir}
	settings := *s.settings
	settings.DB = copied
	err = settings.with(ctx, func(store *db.DB) error {
		if made.edition, made.at, err = store.Moment(ctx); err != nil {
			return err
		}
		if _, err := store.Dump(ctx, filepath.Join(dir, "vigie.sqlite"), s.imprint()); err != nil {
			return err
		}
		return s.packed(ctx, store, made)
	})
	if err != nil {
		return nil, err
	}
	return made, made.sum()
}

func removeDatabase(file string) error {
	var problems []error
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(file + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

func (s *Server) imprint() db.Imprint {
	site := s.settings.site()
	return db.Imprint{
		Title: site.Name, Publisher: site.Publisher, Licence: site.Licence, LicenceURL: site.LicenceURL, Address: s.base(),
		Description: "Public ledger of cyberattacks on retailers: who said what, when, and where we read it. A claim is a claim: it stays one in every table.",
	}
}

// packed writes the data package.
func (s *Server) packed(ctx context.Context, store *db.DB, d *dumped) error {
	rows, err := companyRows(ctx, store)
	if err != nil {
		return err
	}
	file, err := os.Create(filepath.Join(d.dir, "vigie.zip"))
	if err != nil {
		return fmt.Errorf("writing the data package: %w", err)
	}
	at := web.Context{
		Base: s.base(), Self: s.base() + web.DumpPath + "/vigie.zip", HTML: s.base() + web.PagePath(vigie.Lang(s.settings.Lang), web.DumpPath), Topic: web.DumpPath,
		Lang: vigie.Lang(s.settings.Lang), Site: s.settings.site(), Generator: build(), Updated: d.at, Edition: d.edition,
	}
	err = web.WriteDataPackage(file, at, web.DataPackage{
		Incidents: allRecords(ctx, store, vigie.Query{Sort: "recorded"}),
		Items:     allItems(ctx, store, vigie.Query{Sort: "recorded"}),
		Companies: rows,
	})
	return errors.Join(err, file.Close())
}

// sum measures the files and writes their checksums.
func (d *dumped) sum() error {
	var list strings.Builder
	for _, f := range dumpFiles {
		name := filepath.Join(d.dir, f.name)
		if f.name == checksums {
			if err := os.WriteFile(name, []byte(list.String()), 0o644); err != nil {
				return fmt.Errorf("writing the checksums of the dump: %w", err)
			}
			d.files = append(d.files, web.DumpFile{Name: f.name, Bytes: int64(list.Len())})
			break
		}
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("reading the dump back: %w", err)
		}
		hash := sha256.New()
		n, err := io.Copy(hash, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return fmt.Errorf("reading the dump back: %w", err)
		}
		sum := hex.EncodeToString(hash.Sum(nil))
		fmt.Fprintf(&list, "%s  %s\n", sum, f.name)
		d.files = append(d.files, web.DumpFile{Name: f.name, Bytes: n, SHA256: sum})
	}
	return nil
}

// dumpPage lists the files.
func (s *Server) dumpPage(c *gin.Context) error {
	return s.pageOnly(c, func() (surface, error) {
		d, err := s.latestDump(c.Request.Context())
		if err != nil {
			return surface{}, err
		}
		return surface{edition: d.edition, page: func(fr web.Frame) any { return web.Dump{Frame: fr, At: d.at, Files: d.files} }}, nil
	})
}

// dumpFile sends one, whole or in part; its tag is its checksum.
func (s *Server) dumpFile(c *gin.Context) error {
	if _, err := vigie.ParseRawQuery(askedOf(c.Request).original.RawQuery, vigie.OnNothing); err != nil {
		return err
	}
	for i, f := range dumpFiles {
		if f.name != c.Param("file") {
			continue
		}
		d, err := s.latestDump(c.Request.Context())
		if err != nil {
			return err
		}
		file, err := os.Open(filepath.Join(d.dir, f.name))
		if err != nil {
			return fmt.Errorf("opening the dump: %w", err)
		}
		defer file.Close()
		tag := d.files[i].SHA256
		if f.name == checksums {
			tag = d.files[0].SHA256 + d.files[1].SHA256
		}
		h := c.Writer.Header()
		h.Set("Content-Type", f.mime)
		h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s"`, editioned(f.name, d.edition)))
		h.Set("ETag", `"`+tag+`"`)
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
		_ = http.NewResponseController(c.Writer).SetWriteDeadline(s.now().Add(dumpTime)) // where there is none, none is passed
		http.ServeContent(c.Writer, c.Request, f.name, d.at, file)
		return nil
	}
	return vigie.ErrNotFound
}

// editioned is a file name that carries the edition: vigie-123.sqlite.
func editioned(name string, edition int64) string {
	stem, end, _ := strings.Cut(name, ".")
	if end != "" {
		end = "." + end
	}
	return fmt.Sprintf("%s-%d%s", stem, edition, end)
}
