package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Backup copies the database to a new file, consistent and compact, while others
// read and write. ErrFileExists: it overwrites nothing. The file holds drafts and
// password hashes, so only its owner may read it.
func (d *DB) Backup(ctx context.Context, file string) error {
	c, ok := d.engine.(Compacter)
	if !ok {
		return errors.New("this engine keeps no file to copy: use its own backup")
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("backup to %s: %w", file, ErrFileExists)
	}
	if err != nil {
		return fmt.Errorf("backup to %s: %w", file, err)
	}
	defer f.Close()
	err = c.CopyTo(ctx, file)
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = check(ctx, file)
	}
	if err != nil {
		os.Remove(file)
		return fmt.Errorf("backup to %s: %w", file, err)
	}
	return nil
}

// RestoreFile puts a backup in the place of the database at path, after looking
// whether it is a whole Vigie database of this version or an older one. What was
// at path is kept beside it as path.before-restore. No server may be running on
// it. ErrFileExists: an earlier path.before-restore is still there.
func RestoreFile(ctx context.Context, backup, path string) error {
	if err := restoreFile(ctx, backup, path); err != nil {
		return fmt.Errorf("restoring %s to %s: %w", backup, path, err)
	}
	return nil
}

func restoreFile(ctx context.Context, backup, path string) error {
	if err := check(ctx, backup); err != nil {
		return err
	}
	aside := path + ".before-restore"
	if _, err := os.Stat(aside); err == nil {
		return fmt.Errorf("%s: %w", aside, ErrFileExists)
	}
	fresh := path + ".restoring"
	if err := copyFile(backup, fresh); err != nil {
		os.Remove(fresh)
		return err
	}
	if _, err := os.Stat(path); err == nil {
		if err := alone(ctx, path); err != nil {
			os.Remove(fresh)
			return err
		}
		if err := os.Rename(path, aside); err != nil {
			return err
		}
	}
	for _, companion := range []string{"-wal", "-shm"} { // of a database that could not be closed
		if _, err := os.Stat(path + companion); err == nil {
			if err := os.Rename(path+companion, aside+companion); err != nil {
				return err
			}
		}
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// check tells whether a file is a sound Vigie database that this program can open.
func check(ctx context.Context, file string) error {
	e, err := openFile(file)
	if err != nil {
		return err
	}
	defer e.Close()
	list, err := readMigrations(shipped)
	if err != nil {
		return err
	}
	done, err := applied(ctx, e)
	if err != nil {
		return err
	}
	if len(done) == 0 {
		return fmt.Errorf("%s: %w", file, ErrNotVigie)
	}
	if err := agree(list, done); err != nil {
		return err
	}
	return e.Query(ctx, []SQL{sql(`SELECT integrity_check FROM pragma_integrity_check`)}, func(_ int, row Row) error {
		var answer string
		if err := row.Scan(&answer); err != nil {
			return err
		}
		if answer != "ok" {
			return fmt.Errorf("%s is damaged: %s", file, answer)
		}
		return nil
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
