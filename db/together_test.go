package db

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vigie"
)

// TestOneWinsPerVersion: twenty editors on two servers edit one case at once.
func TestOneWinsPerVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	servers := []*DB{openAt(t, path, tick()), openAt(t, path, tick())}
	shop(t, servers[0], "lunaire", "Lunaire")
	in := claim("lunaire-2025-05", "lunaire")
	save(t, servers[0], in, 0)
	const editors, rounds = 20, 4
	for version := 1; version <= rounds; version++ {
		var wg sync.WaitGroup
		var mu sync.Mutex
		won, lost := 0, 0
		for n := range editors {
			wg.Go(func() {
				mine := *in
				mine.Summary = text(fmt.Sprintf("by editor %d", n))
				_, err := servers[n%2].Save(context.Background(), Save{Incident: &mine, Base: version, By: desk})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case errors.Is(err, vigie.ErrConflict):
					lost++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		is(t, "winners", won, 1)
		is(t, "told of a conflict", lost, editors-1)
	}
	is(t, "versions", len(must(servers[1].History(t.Context(), vigie.IncidentRecord, in.ID))(t)), rounds+1)
	sound(t, servers[0])
}

func TestServersThatStartTogetherMigrateOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "vigie.db")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				e, err := OpenSQLite(path)
				if err != nil {
					t.Error(err)
					return
				}
				defer e.Close()
				if _, err := Open(context.Background(), e, tick()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		sound(t, openAt(t, path, tick()))
	}
}

// Different cases at once on two servers: all are saved, and what one reads of
// the shop's name is what the other wrote.
func TestWritersOfDifferentCasesAllSucceed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	servers := []*DB{openAt(t, path, tick()), openAt(t, path, tick())}
	shop(t, servers[0], "lunaire", "Lunaire")
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			d := servers[n%2]
			if _, err := d.Save(context.Background(), Save{Incident: claim(numbered("lunaire", n), "lunaire"), By: desk}); err != nil {
				t.Error(err)
			}
			if n%5 == 0 {
				for {
					c, err := d.Company(context.Background(), "lunaire")
					if err != nil {
						t.Error(err)
						return
					}
					c.Aliases = append(c.Aliases, fmt.Sprintf("alias %d", n))
					_, err = d.Save(context.Background(), Save{Company: &c.Company, Base: c.Version, By: desk})
					if err == nil {
						return
					}
					if !errors.Is(err, vigie.ErrConflict) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	is(t, "cases", must(servers[0].Search(t.Context(), vigie.Query{}))(t).Total, 20)
	is(t, "aliases", len(must(servers[0].Company(t.Context(), "lunaire"))(t).Aliases), 4)
	sound(t, servers[1])
}

// forgetful is an engine whose answers get lost: it writes, and says it failed.
type forgetful struct {
	Engine
	lose bool
}

func (f *forgetful) Exec(ctx context.Context, batch ...SQL) (int64, error) {
	n, err := f.Engine.Exec(ctx, batch...)
	if f.lose && err == nil {
		f.lose = false
		return f.Engine.Exec(ctx, batch...) // a client that repeats the write
	}
	return n, err
}

func TestARepeatedWriteIsItsOwnEcho(t *testing.T) {
	e := &forgetful{Engine: must(OpenSQLite(filepath.Join(t.TempDir(), "vigie.db")))(t)}
	d := must(Open(t.Context(), e, tick()))(t)
	defer d.Close()
	shop(t, d, "lunaire", "Lunaire")
	e.lose = true
	r := save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	is(t, "version", r.Version, 1)
	is(t, "history", len(must(d.History(t.Context(), vigie.IncidentRecord, "lunaire-2025-05"))(t)), 1)
	is(t, "edition", edition(t, d), r.Edition)
}

const killedEnv = "VIGIE_TEST_WRITE_UNTIL_KILLED"

// TestMain runs the tests, or, as the other process of
// TestAKillLosesNothingAcknowledged, saves one case after the other and says so.
func TestMain(m *testing.M) {
	path := os.Getenv(killedEnv)
	if path == "" {
		flag.Set("rapid.checks", "40") // unless the command line says otherwise: make test has little time
		os.Exit(m.Run())
	}
	ctx := context.Background()
	e, err := OpenSQLite(path)
	if err != nil {
		panic(err)
	}
	d, err := Open(ctx, e, tick())
	if err != nil {
		panic(err)
	}
	if _, err := d.Save(ctx, Save{Company: &vigie.Company{ID: "lunaire", Name: "Lunaire"}, By: desk}); err != nil {
		panic(err)
	}
	for n := 0; ; n++ {
		r, err := d.Save(ctx, Save{Incident: claim(numbered("lunaire", n), "lunaire"), By: desk})
		if err != nil {
			panic(err)
		}
		fmt.Println("saved", r[0].RecordID)
	}
}

func TestAKillLosesNothingAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vigie.db")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedEnv+"="+path)
	out := must(child.StdoutPipe())(t)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { child.Process.Kill() })
	defer timer.Stop()
	var acknowledged []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if id, ok := strings.CutPrefix(lines.Text(), "saved "); ok {
			acknowledged = append(acknowledged, id)
		}
		if len(acknowledged) == 40 {
			child.Process.Kill() // in the middle of the next one
		}
	}
	child.Wait()
	if len(acknowledged) < 40 {
		t.Fatalf("only %d writes before it ended", len(acknowledged))
	}
	d := openAt(t, path, tick())
	for _, id := range acknowledged {
		if _, err := d.Incident(t.Context(), id); err != nil {
			t.Errorf("acknowledged and lost: %v", err)
		}
	}
	sound(t, d)
}
