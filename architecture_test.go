package vigie

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The three laws of the house:
//
//  1. The root package holds the nouns and their rules and imports the standard
//     library only.
//  2. db, importers and web each import the root package and never one another.
//  3. server imports all of them and nobody imports it. Gin appears only there,
//     SQL only in db, page and file formats only in web, foreign formats only in
//     importers.
//
// The nouns and the readers read no clock and open no connection either.

// rooms says which rooms each room may import. There are no others.
var rooms = map[string][]string{
	"root":      {},
	"db":        {"root"},
	"importers": {"root"},
	"web":       {"root"},
	"server":    {"root", "db", "importers", "web"},
}

// homes says in which rooms alone an import may stand (law 3). A path stands for
// all below it. Tests are free of it: they read back what we wrote.
var homes = []struct {
	imports string
	rooms   []string
}{
	{"github.com/gin-gonic", []string{"server"}},
	{"github.com/gin-contrib", []string{"server"}},
	{"database/sql", []string{"db"}},
	{"github.com/mattn/go-sqlite3", []string{"db"}},
	{"github.com/rqlite", []string{"db"}},
	{"html/template", []string{"web"}},
	{"github.com/gorilla/feeds", []string{"web"}},
	{"github.com/xuri/excelize", []string{"web"}},
	{"github.com/arran4/golang-ical", []string{"web"}},
	{"github.com/mmcdole", []string{"importers"}},
	{"codeberg.org/readeck/go-readability", []string{"importers"}},
	{"golang.org/x/net/html", []string{"importers"}},
	{"code.dny.dev/ssrf", []string{"importers"}},
}

// still are the rooms that always answer the same to the same: no clock, no
// chance, no connection, no file but what is compiled in.
var still = []string{"root", "importers"}

var (
	moving = []string{"net", "os", "math/rand", "crypto/rand", "syscall", "plugin"}
	// net/url and its like only read text.
	textual = []string{"net/url", "net/mail", "net/textproto", "net/netip"}
	clocks  = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep"}
	sqlText = regexp.MustCompile(`(?s)^\s*(SELECT\s.*\sFROM\s|WITH\s.*\sSELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW|VIRTUAL|UNIQUE)\s|PRAGMA\s|select\s+(\*|count\(|\w+(,\s*\w+)*)\s+from\s|insert\s+into\s+\w+\s*\(|update\s+\w+\s+set\s|delete\s+from\s)`)
)

// exceptions are the written ones: under this path, this law does not hold.
var exceptions = []struct{ under, law, why string }{
	{"importers/fetch", "connection", "the one place that talks to the network"},
	{"importers/fetch", "clock", "politeness between two requests to one host is a matter of time"},
}

// breach is a law that a file breaks.
type breach struct{ file, law, what string }

func (b breach) String() string { return b.file + ": " + b.law + ": " + b.what }

func roomOf(file string) string {
	if first, _, inside := strings.Cut(file, "/"); inside {
		return first
	}
	return "root"
}

func within(imported, pkg string) bool {
	return imported == pkg || strings.HasPrefix(imported, pkg+"/")
}

// breaches reads one Go file, as named from the top of the project.
func breaches(file string, src any) ([]breach, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	room, test := roomOf(file), strings.HasSuffix(file, "_test.go")
	var found []breach
	broken := func(law, format string, args ...any) {
		found = append(found, breach{file, law, fmt.Sprintf(format, args...)})
	}
	may, known := rooms[room]
	if !known {
		broken("room", "the house has no room %s", room)
	}
	clock := "" // what this file calls the package time
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("reading the imports of %s: %w", file, err)
		}
		switch {
		case imported == "vigie" || strings.HasPrefix(imported, "vigie/"):
			other := roomOf(path.Join(strings.TrimPrefix(strings.TrimPrefix(imported, "vigie"), "/"), "x.go"))
			if other != room && !slices.Contains(may, other) {
				broken("room", "imports %s", imported)
			}
		case test:
		case room == "root" && strings.Contains(strings.Split(imported, "/")[0], "."):
			broken("standard library", "imports %s", imported)
		case slices.Contains(still, room) && !slices.Contains(textual, imported) && slices.ContainsFunc(moving, func(m string) bool { return within(imported, m) }):
			broken("connection", "imports %s", imported)
		}
		for _, home := range homes {
			if !test && within(imported, home.imports) && !slices.Contains(home.rooms, room) {
				broken("home", "imports %s, which belongs in %s", imported, strings.Join(home.rooms, ", "))
			}
		}
		if imported == "time" {
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
	}
	if test {
		return found, nil
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == clock && slices.Contains(still, room) && slices.Contains(clocks, n.Sel.Name) {
				broken("clock", "time.%s", n.Sel.Name)
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && room != "db" && sqlText.MatchString(text) {
				broken("SQL", "%.40q", text)
			}
		}
		return true
	})
	if clock == "." && slices.Contains(still, room) {
		broken("clock", "imports time without a name")
	}
	return found, nil
}

func excepted(b breach) bool {
	for _, e := range exceptions {
		if within(path.Dir(b.file), e.under) && b.law == e.law {
			return true
		}
	}
	return false
}

func TestTheLawsOfTheHouseHold(t *testing.T) {
	read := map[string]int{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			if base := d.Name(); name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		found, err := breaches(name, src)
		if err != nil {
			return err
		}
		for _, b := range found {
			if !excepted(b) {
				t.Error(b)
			}
		}
		read[roomOf(name)]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if read[room] == 0 {
			t.Errorf("no Go file of %s was read", room)
		}
	}
}

func TestABrokenLawIsSeen(t *testing.T) {
	for _, c := range []struct {
		file, src string
		law       string // of the only breach; empty when there is none
	}{
		{"incident.go", `package vigie; import "strings"; var _ = strings.ToLower`, ""},
		{"incident.go", `package vigie; import "golang.org/x/text/language"; var _ = language.French`, "standard library"},
		{"incident_test.go", `package vigie; import "pgregory.net/rapid"; var _ = rapid.Check`, ""},
		{"incident.go", `package vigie; import "vigie/db"; var _ = db.Open`, "room"},
		{"incident_test.go", `package vigie; import "vigie/db"; var _ = db.Open`, "room"},
		{"incident.go", `package vigie; import "net/http"; var _ = http.Get`, "connection"},
		{"incident.go", `package vigie; import "net/url"; var _ = url.Parse`, ""},
		{"incident.go", `package vigie; import "os"; var _ = os.Open`, "connection"},
		{"incident.go", `package vigie; import "math/rand/v2"; var _ = rand.Int`, "connection"},
		{"incident.go", `package vigie; import "time"; var now = time.Now()`, "clock"},
		{"incident.go", `package vigie; import clock "time"; var now = clock.Now`, "clock"},
		{"incident.go", `package vigie; import . "time"; var now = Now()`, "clock"},
		{"incident.go", `package vigie; import "time"; var day = time.DateOnly`, ""},
		{"importers/feed.go", `package importers; import "time"; func f() { time.Sleep(1) }`, "clock"},
		{"importers/reading/x.go", `package reading; import "net"; var _ = net.Dial`, "connection"},
		{"importers/fetch/x.go", `package fetch; import "net"; var _ = net.Dial`, ""},
		{"importers/fetch/x.go", `package fetch; import "github.com/gin-gonic/gin"; var _ = gin.New`, "home"},
		{"importers/feed.go", `package importers; import "vigie/importers/reading"; var _ = reading.Read`, ""},
		{"importers/feed.go", `package importers; import "vigie/web"; var _ = web.Page`, "room"},
		{"importers/feed.go", `package importers; import "github.com/mmcdole/gofeed"; var _ = gofeed.NewParser`, ""},
		{"web/feed.go", `package web; import "github.com/mmcdole/gofeed"; var _ = gofeed.NewParser`, "home"},
		{"web/feed_test.go", `package web; import "github.com/mmcdole/gofeed"; var _ = gofeed.NewParser`, ""},
		{"web/feed.go", `package web; import "vigie/db"; var _ = db.Open`, "room"},
		{"web/feed.go", `package web; import "vigie/server"; var _ = server.Run`, "room"},
		{"web/feed.go", `package web; import "github.com/gin-gonic/gin"; var _ = gin.New`, "home"},
		{"db/db.go", `package db; import "database/sql"; var q = "SELECT id FROM cases"; var _ sql.DB`, ""},
		{"server/main.go", `package main; import "vigie/db"; import "vigie/web"; import "vigie/importers/fetch"; import "github.com/gin-gonic/gin"`, ""},
		{"server/main.go", `package main; import "database/sql"; var _ sql.DB`, "home"},
		{"server/main.go", `package main; import "html/template"; var _ template.HTML`, "home"},
		{"server/main.go", "package main; var q = `\n  SELECT id\n  FROM cases`", "SQL"},
		{"server/main.go", `package main; var q = "delete from cases where 1"`, "SQL"},
		{"web/words.go", `package web; var s = "Select a case from the list, or update the set"`, ""},
		{"utils/x.go", `package utils`, "room"},
	} {
		found, err := breaches(c.file, c.src)
		if err != nil {
			t.Fatal(err)
		}
		found = slices.DeleteFunc(found, excepted)
		switch {
		case c.law == "" && len(found) > 0:
			t.Errorf("%s: %s\nis refused: %v", c.file, c.src, found)
		case c.law != "" && (len(found) != 1 || found[0].law != c.law):
			t.Errorf("%s: %s\nbreaks %v, want %q alone", c.file, c.src, found, c.law)
		}
	}
}
