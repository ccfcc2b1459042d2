package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vigie"
)

// Filter chooses candidates; the zero one is the open queue, what is likely to
// matter most first.
type Filter struct {
	Status  string // open when empty; "any" for all
	Run     string
	Kind    string
	Watch   string // id of the watch whose runs brought it
	Lang    string
	Words   string // each begins a word of the title, names, publisher or first lines
	Changed bool   // only what upstream changed since it was decided on, whatever its status
	Latest  bool   // the last brought first
	Limit   int    // QueueLength when 0
	After   string // the id of the last candidate of the page before
}

// where is the condition of the filter on the table candidates, and its arguments.
func (f Filter) where() (string, []any) {
	var conditions []string
	var args []any
	add := func(condition string, arg ...any) {
		conditions = append(conditions, condition)
		args = append(args, arg...)
	}
	switch {
	case f.Changed:
		add(`changed <> ''`)
		if f.Status != "" && f.Status != "any" {
			add(`status = ?`, f.Status)
		}
	case f.Status == "":
		add(`status = ?`, Undecided)
	case f.Status != "any":
		add(`status = ?`, f.Status)
	}
	for column, value := range map[string]string{"run": f.Run, "kind": f.Kind, "lang": f.Lang} {
		if value != "" {
			add(column+` = ?`, value)
		}
	}
	if f.Watch != "" {
		add(`run IN (SELECT id FROM runs WHERE body ->> '$.watch' IS NOT NULL AND body ->> '$.watch' = ?)`, f.Watch)
	}
	for _, word := range vigie.Words(f.Words) {
		add(`instr(said, ?) > 0`, " "+word)
	}
	if len(conditions) == 0 {
		return "1", nil
	}
	return strings.Join(conditions, " AND "), args
}

// Queue lists candidates: the weightiest first, of one weight the latest.
func (d *DB) Queue(ctx context.Context, f Filter) ([]vigie.Candidate, error) {
	if f.Limit <= 0 {
		f.Limit = QueueLength
	}
	return d.candidates(ctx, f.page())
}

func (f Filter) page() SQL {
	where, args := f.where()
	columns, order := `weight, at, id`, ` ORDER BY weight DESC, at DESC, id DESC`
	if f.Latest {
		columns, order = `at, id`, ` ORDER BY at DESC, id DESC`
	}
	if f.After != "" {
		where += ` AND (` + columns + `) < (SELECT ` + columns + ` FROM candidates WHERE id = ?)`
		args = append(args, f.After)
	}
	return sql(candidateColumns+` WHERE `+where+order+` LIMIT ?`, append(args, int64(f.Limit))...)
}

// Counted are the sizes of a queue, each list the largest first.
type Counted struct {
	Total   int           // that the filter chooses
	Changed int           // decided, and changed upstream since: the whole desk
	Status  []vigie.Facet // whatever the status asked, under the other filters; so for each list below
	Kind    []vigie.Facet
	Lang    []vigie.Facet
	Watch   []vigie.Facet // ids of watches
}

// CountQueue counts what a filter chooses and what each other choice would.
func (d *DB) CountQueue(ctx context.Context, f Filter) (n Counted, err error) {
	where, args := f.where()
	batch := []SQL{
		sql(`SELECT '', count(*) FROM candidates WHERE `+where, args...),
		sql(`SELECT '', count(*) FROM candidates WHERE changed <> ''`),
	}
	lists := []struct {
		into *[]vigie.Facet
		by   string
		less func(Filter) Filter
	}{
		{&n.Status, "status", func(f Filter) Filter { f.Status = "any"; return f }},
		{&n.Kind, "kind", func(f Filter) Filter { f.Kind = ""; return f }},
		{&n.Lang, "lang", func(f Filter) Filter { f.Lang = ""; return f }},
		{&n.Watch, "(SELECT r.body ->> '$.watch' FROM runs r WHERE r.id = candidates.run)", func(f Filter) Filter { f.Watch = ""; return f }},
	}
	for _, l := range lists {
		where, args := l.less(f).where()
		batch = append(batch, sql(`SELECT coalesce(`+l.by+`, '') AS value, count(*) AS n FROM candidates WHERE `+where+` GROUP BY value ORDER BY n DESC, value`, args...))
	}
	err = d.engine.Query(ctx, batch, func(i int, row Row) error {
		var value string
		var count int64
		if err := row.Scan(&value, &count); err != nil {
			return err
		}
		switch {
		case i == 0:
			n.Total = int(count)
		case i == 1:
			n.Changed = int(count)
		case value != "":
			*lists[i-2].into = append(*lists[i-2].into, vigie.Facet{Value: value, Count: int(count)})
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("counting the queue: %w", err)
	}
	return n, nil
}

// alikeMost bounds how much news of one name is compared.
const alikeMost = 200

// Alike lists the open candidates that share a victim's name with one of those
// given, and those themselves: what the Cluster of importers is to group.
func (d *DB) Alike(ctx context.Context, list []vigie.Candidate) ([]vigie.Candidate, error) {
	var ids, keys []string
	for _, c := range list {
		ids = append(ids, c.ID)
		keys = append(keys, nameKeys(c.Reading.Victims)...)
	}
	slices.Sort(keys)
	var batch []SQL
	for _, key := range slices.Compact(keys) {
		batch = append(batch, sql(`SELECT c.id FROM candidate_names n JOIN candidates c ON c.id = n.candidate WHERE n.name = ? AND c.status = 'open' ORDER BY c.at DESC LIMIT ?`, key, int64(alikeMost)))
	}
	err := d.engine.Query(ctx, batch, func(_ int, row Row) error {
		var id string
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("looking for news of the same names: %w", err)
	}
	return d.candidates(ctx, sql(candidateColumns+` WHERE id IN (SELECT value FROM json_each(?)) ORDER BY weight DESC, at DESC, id DESC`, jsonList(ids)))
}

// nameKeys are the keys of names (vigie.NameKey), and of their beginnings of
// several words, since Quillory France is Quillory.
func nameKeys(names []string) []string {
	var keys []string
	for _, name := range names {
		words := vigie.NameWords(name)
		for n := range words {
			if key := strings.Join(words[:n+1], ""); n+1 == len(words) || len(key) >= 4 {
				keys = append(keys, key)
			}
		}
		if len(words) > 1 {
			keys = append(keys, words[len(words)-1])
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// reweigh gives the candidates that were brought by an older program what the queue
// is sorted and searched by.
func (d *DB) reweigh(ctx context.Context) error {
	list, err := d.candidates(ctx, sql(candidateColumns+` WHERE forgotten = 0`))
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, 500) {
		var batch []SQL
		for _, c := range part {
			m, err := d.meet(ctx, c)
			if err != nil {
				return err
			}
			c.Weight = c.Importance(m.company)
			batch = append(batch, write(c, m.before.decided, true)...)
		}
		if _, err := d.engine.Exec(ctx, batch...); err != nil {
			return err
		}
	}
	_, err = d.engine.Exec(ctx, sql(`DELETE FROM due WHERE work = 'weigh'`))
	return err
}
