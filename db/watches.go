package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"vigie"
)

// Watched is a watch, what its last visit left, and when the next is due.
type Watched struct {
	vigie.Watch
	Visit vigie.Visit
	Due   time.Time // zero when it is switched off
	Busy  bool      // somebody visits it now
}

const watchColumns = `SELECT id, active, due, claimed, body, visit FROM watches`

func (d *DB) watches(ctx context.Context, q SQL) ([]Watched, error) {
	var list []Watched
	now := d.clock()
	err := d.engine.Query(ctx, []SQL{q}, func(_ int, row Row) error {
		var w Watched
		var id, due, claimed, body, visit string
		var active bool
		err := row.Scan(&id, &active, &due, &claimed, &body, &visit)
		if err == nil {
			err = decode(body, &w.Watch)
		}
		if err == nil {
			err = decode(visit, &w.Visit)
		}
		w.Active, w.Busy = active, claimed > stamp(now)
		if active {
			w.Due = parseTime(due)
		}
		list = append(list, w)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing watches: %w", err)
	}
	return list, nil
}

// Watches lists all, by id.
func (d *DB) Watches(ctx context.Context) ([]Watched, error) {
	return d.watches(ctx, sql(watchColumns+` WHERE removed = '' ORDER BY id`))
}

// RemovedWatches lists those that can be taken back, the last removed first.
func (d *DB) RemovedWatches(ctx context.Context) ([]Watched, error) {
	return d.watches(ctx, sql(watchColumns+` WHERE removed <> '' ORDER BY removed DESC, id`))
}

// Watch is one, or vigie.ErrNotFound.
func (d *DB) Watch(ctx context.Context, id string) (Watched, error) {
	list, err := d.watches(ctx, sql(watchColumns+` WHERE id = ? AND removed = ''`, id))
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("watch %s: %w", id, vigie.ErrNotFound)
	}
	if err != nil {
		return Watched{}, err
	}
	return list[0], nil
}

// AddWatch keeps a new watch, due at once; one that was removed makes room for it.
// ErrUnique: its id is taken, or that address is watched for that kind already.
func (d *DB) AddWatch(ctx context.Context, w vigie.Watch) error {
	body, err := json.Marshal(w)
	if err == nil {
		_, err = d.engine.Exec(ctx, sql(`DELETE FROM watches WHERE removed <> '' AND (id = ? OR address = ? AND kind = ?)`, w.ID, w.Address, w.Kind), sql(`INSERT INTO watches (id, address, kind, active, due, claimant, claimed, body, visit) VALUES (?, ?, ?, ?, ?, '', '', ?, '{}')`,
			w.ID, w.Address, w.Kind, truth(w.Active), stamp(d.clock()), string(body)))
	}
	if err != nil {
		return fmt.Errorf("adding watch %s: %w", w.ID, err)
	}
	return nil
}

// SaveWatch keeps what an editor changed. The next visit is due at once and reads
// everything anew: other rules may let in what was left out. A visit under way
// leaves nothing behind.
func (d *DB) SaveWatch(ctx context.Context, w vigie.Watch) error {
	body, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("saving watch %s: %w", w.ID, err)
	}
	n, err := d.engine.Exec(ctx,
		sql(`UPDATE watches SET address = ?, kind = ?, active = ?, due = ?, body = ?, claimant = '', claimed = '', visit = json_remove(visit, '$.etag', '$.last_modified', '$.moved', '$.gone', '$.failures', '$.why') WHERE id = ? AND removed = ''`,
			w.Address, w.Kind, truth(w.Active), stamp(d.clock()), string(body), w.ID),
		sql(`DELETE FROM watch_pages WHERE watch IN (SELECT id FROM watches WHERE id = ? AND removed = '')`, w.ID))
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("saving watch %s: %w", w.ID, err)
	}
	return nil
}

// SwitchWatch turns one on, due at once, or off; what its last visits left stays
// but for failures.
func (d *DB) SwitchWatch(ctx context.Context, id string, on bool) error {
	n, err := d.engine.Exec(ctx, sql(`UPDATE watches SET active = ?, due = ?, visit = json_remove(visit, '$.gone', '$.failures') WHERE id = ? AND removed = ''`, truth(on), stamp(d.clock()), id))
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("switching watch %s: %w", id, err)
	}
	return nil
}

// RemoveWatch ends one: it is visited no more and a visit under way leaves nothing
// behind. What it brought stays, and so do its runs; TakeBackWatch undoes it.
func (d *DB) RemoveWatch(ctx context.Context, id string) error {
	return d.putAway(ctx, "removing", id, sql(`UPDATE watches SET removed = ?, was_active = active, active = 0, claimant = '', claimed = '' WHERE id = ? AND removed = ''`, stamp(d.clock()), id))
}

// TakeBackWatch keeps one again that was removed, as it was: due at once if it was
// switched on. vigie.ErrNotFound: none of that id was removed.
func (d *DB) TakeBackWatch(ctx context.Context, id string) error {
	return d.putAway(ctx, "taking back", id, sql(`UPDATE watches SET removed = '', active = was_active, due = ? WHERE id = ? AND removed <> ''`, stamp(d.clock()), id))
}

func (d *DB) putAway(ctx context.Context, doing, id string, change SQL) error {
	n, err := d.engine.Exec(ctx, change)
	if err == nil && n == 0 {
		err = vigie.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s watch %s: %w", doing, id, err)
	}
	return nil
}

// DueWatches lists those to be visited now that nobody visits, the longest due
// first.
func (d *DB) DueWatches(ctx context.Context, now time.Time, limit int) ([]Watched, error) {
	return d.watches(ctx, sql(watchColumns+` WHERE active = 1 AND due <= ?1 AND claimed <= ?1 ORDER BY due, id LIMIT ?2`, stamp(now), int64(limit)))
}

// Claim takes a watch for a visit, until a time: whoever wins it visits, and the
// others find it taken. Somebody who dies loses it then. Due only: it must be
// active and due still.
func (d *DB) Claim(ctx context.Context, id, who string, now, until time.Time, dueOnly bool) (bool, error) {
	n, err := d.engine.Exec(ctx, sql(`UPDATE watches SET claimant = ?1, claimed = ?2 WHERE id = ?3 AND (claimed <= ?4 OR claimant = ?1) AND (?5 = 0 OR active = 1 AND due <= ?4)`,
		who, stamp(until), id, stamp(now), truth(dueOnly)))
	if err != nil {
		return false, fmt.Errorf("claiming watch %s: %w", id, err)
	}
	return n == 1, nil
}

// EndVisit gives a claimed watch back with what the visit left and when the next
// is due. A watch whose address is gone is switched off. One that was claimed by
// another meanwhile, changed by an editor or removed is left alone.
func (d *DB) EndVisit(ctx context.Context, id, who string, v vigie.Visit, due time.Time) error {
	visit, err := json.Marshal(v)
	if err == nil {
		_, err = d.engine.Exec(ctx, sql(`UPDATE watches SET visit = ?1, due = ?2, active = CASE WHEN ?3 THEN 0 ELSE active END, claimant = '', claimed = '' WHERE id = ?4 AND claimant = ?5`,
			string(visit), stamp(due), truth(v.Gone), id, who))
	}
	if err != nil {
		return fmt.Errorf("ending the visit of %s: %w", id, err)
	}
	return nil
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// PageLook is a page that was fetched for an item that only teased, and why
// nothing came of it.
type PageLook struct {
	Key, Hash string // of the item
	At        time.Time
	Tries     int
	Why       string // in words
}

// keepLooks is how long they are remembered: few feeds list an item for longer.
const keepLooks = 60 * 24 * time.Hour

// PageLooks are those of a watch, by the key of the item.
func (d *DB) PageLooks(ctx context.Context, watch string) (map[string]PageLook, error) {
	looks := map[string]PageLook{}
	err := d.engine.Query(ctx, []SQL{sql(`SELECT key, hash, at, tries, why FROM watch_pages WHERE watch = ?`, watch)}, func(_ int, row Row) error {
		var l PageLook
		var at string
		err := row.Scan(&l.Key, &l.Hash, &at, &l.Tries, &l.Why)
		l.At = parseTime(at)
		looks[l.Key] = l
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("remembering the pages of watch %s: %w", watch, err)
	}
	return looks, nil
}

// KeepPageLook remembers one, and forgets those of long ago. A watch that was
// removed meanwhile remembers nothing.
func (d *DB) KeepPageLook(ctx context.Context, watch string, l PageLook) error {
	_, err := d.engine.Exec(ctx,
		sql(`INSERT INTO watch_pages (watch, key, hash, at, tries, why) SELECT id, ?2, ?3, ?4, ?5, ?6 FROM watches WHERE id = ?1 AND removed = ''
			ON CONFLICT (watch, key) DO UPDATE SET hash = excluded.hash, at = excluded.at, tries = excluded.tries, why = excluded.why`,
			watch, l.Key, l.Hash, stamp(l.At), int64(l.Tries), l.Why),
		sql(`DELETE FROM watch_pages WHERE watch = ? AND at < ?`, watch, stamp(l.At.Add(-keepLooks))))
	if err != nil {
		return fmt.Errorf("remembering a page of watch %s: %w", watch, err)
	}
	return nil
}

// LastRuns are the last runs of every watch, by its id, the last first, at most
// that many of each.
func (d *DB) LastRuns(ctx context.Context, each int) (map[string][]vigie.Run, error) {
	byWatch := map[string][]vigie.Run{}
	list, err := d.runs(ctx, sql(`SELECT r.body, r.undone, r.undone_by FROM watches w CROSS JOIN runs r
		WHERE r.id IN (SELECT id FROM runs WHERE body ->> '$.watch' = w.id ORDER BY started DESC LIMIT ?)
		ORDER BY w.id, r.started DESC, r.id DESC`, int64(each)))
	for _, r := range list {
		byWatch[r.Watch] = append(byWatch[r.Watch], r)
	}
	if err != nil {
		return nil, fmt.Errorf("listing the last runs of watches: %w", err)
	}
	return byWatch, nil
}

// LastRead is the last run of a watch that really read something, or none: an
// answer that nothing changed refers to it.
func (d *DB) LastRead(ctx context.Context, watch string) (run vigie.Run, ok bool, err error) {
	list, err := d.runs(ctx, sql(`SELECT body, undone, undone_by FROM runs WHERE body ->> '$.watch' = ? AND body ->> '$.completed' = 1 AND body ->> '$.unchanged' IS NULL ORDER BY started DESC LIMIT 1`, watch))
	if err != nil {
		return run, false, fmt.Errorf("looking for the last reading of watch %s: %w", watch, err)
	}
	if len(list) == 1 {
		return list[0], true, nil
	}
	return run, false, nil
}

// keepUnchanged is how long a run that met nothing changed is kept: one that read
// something is kept for ever.
const keepUnchanged = 30 * 24 * time.Hour

// ForgetRuns deletes the visits of watches, older than a month, that met nothing
// changed, and says how many.
func (d *DB) ForgetRuns(ctx context.Context, now time.Time) (int, error) {
	n, err := d.engine.Exec(ctx, sql(`DELETE FROM runs WHERE body ->> '$.watch' IS NOT NULL AND body ->> '$.unchanged' = 1 AND started < ?`, stamp(now.Add(-keepUnchanged))))
	if err != nil {
		return 0, fmt.Errorf("forgetting old visits: %w", err)
	}
	return int(n), nil
}
