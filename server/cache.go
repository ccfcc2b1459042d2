package main

import (
	"container/list"
	"context"
	"net/http"
	"sync"
	"sync/atomic"
)

// cache keeps finished answers as they left, compressed, with their headers. All of
// them are of one edition: the first question of another empties it. A key says all
// else that the bytes depend on (keyOf), so that an answer is good as long as it is
// kept; what is asked least lately goes first when the room is full.
//
// Whoever asks first for what is not there makes it, and the others wait for him:
// after an edition a thousand readers of feeds cost one feed.
type cache struct {
	room int64        // bytes, of the answers and what is said about them
	most int          // bytes of one answer; longer ones are streams and are not kept
	held atomic.Int64 // bytes of the answers that are being made

	waited atomic.Int64 // how often somebody waited for another

	sync.Mutex
	edition int64
	size    int64
	kept    map[string]*list.Element
	order   *list.List // of *finished, the latest asked first
	making  map[string]*making
}

// mostKept is the longest answer that is kept. The whole record in a file may have any length.
const mostKept = 2 << 20

// newCache is nil, which keeps nothing, when there is no room.
func newCache(room int64) *cache {
	if room <= 0 {
		return nil
	}
	return &cache{room: room, most: int(min(mostKept, room/8)), kept: map[string]*list.Element{}, order: list.New(), making: map[string]*making{}}
}

// finished is an answer that was made. One without header stands for an answer that
// is too long to be kept: nobody waits for it a second time.
type finished struct {
	key    string
	header http.Header // read only
	body   []byte      // likewise
	size   int64
}

func (a *finished) tooLong() bool { return a.header == nil }

// send answers with it.
func (a *finished) send(w http.ResponseWriter) {
	h := w.Header()
	clear(h)
	for name, values := range a.header {
		h[name] = values
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(a.body) // on an error the visitor went away
}

// overhead is about what an answer takes besides its bytes: its place in the list and the map.
const overhead = 512

func (a *finished) weigh() {
	a.size = int64(overhead + 2*len(a.key) + cap(a.body))
	for name, values := range a.header {
		a.size += int64(64 + len(name))
		for _, v := range values {
			a.size += int64(16 + len(v))
		}
	}
}

// making is an answer under way.
type making struct {
	done    chan struct{}
	answer  *finished // nil: it is not one to be kept
	private bool      // it was not made, for a reason of who made it: he left, or had it already
}

// find gives the answer to a key, nil when there is none. To the first who asks for
// it a making is given, which he must end; the others wait for him, until their
// context ends. Who may be told that he has the answer already (hasty) makes it
// without leave when the first was told so.
func (c *cache) find(ctx context.Context, edition int64, key string, hasty bool) (*finished, *making) {
	for {
		c.Lock()
		c.turn(edition)
		if e, ok := c.kept[key]; ok {
			c.order.MoveToFront(e)
			c.Unlock()
			return e.Value.(*finished), nil
		}
		m, ok := c.making[key]
		if !ok {
			m = &making{done: make(chan struct{})}
			c.making[key] = m
			c.Unlock()
			return nil, m
		}
		c.Unlock()
		c.waited.Add(1)
		select {
		case <-ctx.Done():
			return nil, nil
		case <-m.done:
		}
		if !m.private || hasty {
			return m.answer, nil
		}
	}
}

// turn makes room for another edition. Who makes answers of the one before still
// ends for those who wait, but they are not kept.
func (c *cache) turn(edition int64) {
	if c.edition == edition {
		return
	}
	c.edition, c.size = edition, 0
	c.order.Init()
	clear(c.kept)
	c.making = map[string]*making{}
}

// end tells those who wait, and keeps the answer if it is still of the edition.
func (c *cache) end(edition int64, key string, m *making, a *finished) {
	c.Lock()
	defer c.Unlock()
	if c.making[key] == m {
		delete(c.making, key)
	}
	if a != nil && c.edition == edition {
		c.keep(a)
	}
	m.answer = a
	close(m.done)
}

func (c *cache) keep(a *finished) {
	if e, ok := c.kept[a.key]; ok {
		c.drop(e)
	}
	a.weigh()
	for c.size+a.size > c.room && c.order.Len() > 0 {
		c.drop(c.order.Back())
	}
	c.kept[a.key] = c.order.PushFront(a)
	c.size += a.size
}

func (c *cache) drop(e *list.Element) {
	a := e.Value.(*finished)
	c.order.Remove(e)
	delete(c.kept, a.key)
	c.size -= a.size
}
