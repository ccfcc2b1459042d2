package db

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigie"
)

func TestABackupWhileServingIsRestoredWhole(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "vigie.db"), filepath.Join(dir, "backup.db")
	d := openAt(t, path, tick())
	shop(t, d, "lunaire", "Lunaire")
	save(t, d, claim("lunaire-2025-05", "lunaire"), 0)
	done, saved := make(chan struct{}), make(chan error)
	go func() { // somebody works meanwhile
		var err error
		for n := 1; ; n++ {
			select {
			case <-done:
				saved <- err
				return
			default:
			}
			if _, e := d.Save(t.Context(), Save{Incident: claim(numbered("lunaire", n), "lunaire"), By: desk}); e != nil {
				err = e
			}
		}
	}()
	if err := d.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	close(done)
	if err := <-saved; err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(t.Context(), file); !errors.Is(err, ErrFileExists) {
		t.Errorf("over a file: %v", err)
	}
	is(t, "nothing is left beside it", len(must(filepath.Glob(file+"?*"))(t)), 0)
	is(t, "only its owner may read it", must(os.Stat(file))(t).Mode().Perm(), 0o600)
	if err := RestoreFile(t.Context(), file, path); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("restoring under a running server: %v", err)
	}
	last := edition(t, d)
	d.Close()

	if err := RestoreFile(t.Context(), file, path); err != nil {
		t.Fatal(err)
	}
	restored := openAt(t, path, tick())
	if n := edition(t, restored); n < 1 || n > last {
		t.Errorf("edition %d of %d", n, last)
	}
	is(t, "the case", must(restored.Incident(t.Context(), "lunaire-2025-05"))(t).Respondent.Name, "Lunaire")
	sound(t, restored)
	before := openAt(t, path+".before-restore", tick())
	is(t, "what was there is kept", edition(t, before), last)
	restored.Close()
	if err := RestoreFile(t.Context(), file, path); !errors.Is(err, ErrFileExists) {
		t.Errorf("over what was kept: %v", err)
	}
	fresh := filepath.Join(dir, "elsewhere.db")
	if err := RestoreFile(t.Context(), file, fresh); err != nil {
		t.Fatal(err)
	}
	sound(t, openAt(t, fresh, tick()))
}

func TestOnlyASoundDatabaseOfVigieIsRestored(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "vigie.db")
	d := openAt(t, path, tick())
	shop(t, d, "lunaire", "Lunaire")
	bulk(t, d, 0, 20)
	good := filepath.Join(dir, "good.db")
	if err := d.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	d.Close()
	other := filepath.Join(dir, "other.db")
	e := must(OpenSQLite(other))(t)
	if _, err := e.Exec(t.Context(), sql(`CREATE TABLE recipes (name TEXT)`)); err != nil {
		t.Fatal(err)
	}
	e.Close()
	damaged := filepath.Join(dir, "damaged.db")
	body := must(os.ReadFile(good))(t)
	for i := len(body) / 2; i < len(body)/2+20000; i++ {
		body[i] = 0xAA
	}
	text := filepath.Join(dir, "text.db")
	if err := errors.Join(os.WriteFile(damaged, body, 0o600), os.WriteFile(text, []byte("no database"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{other, damaged, text, filepath.Join(dir, "absent.db")} {
		if err := RestoreFile(t.Context(), bad, path); err == nil {
			t.Errorf("%s was restored", filepath.Base(bad))
		}
	}
	kept := openAt(t, path, tick())
	is(t, "what was there", must(kept.Search(t.Context(), vigie.Query{}))(t).Total, 20)
}
