package importers

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// MaxItem is how many bytes one record of a list may have.
const MaxItem = 8 << 20

// ErrLongItem means that one record of a list is longer than MaxItem.
var ErrLongItem = fmt.Errorf("a record longer than %d MiB", MaxItem>>20)

// ErrEmpty means that a document holds nothing at all: what brought it failed. An
// empty list says of itself that it is one.
var ErrEmpty = errors.New("nothing at all, not even an empty list")

// ErrBroken is wrapped by the last error of a list that breaks off: what stood
// after it was not read. Any other error is of one record.
var ErrBroken = errors.New("the rest of the list was not read")

// Open reads the document from its beginning, once: the stream of a list that was
// not read whole into memory, else the body.
func (d Document) Open() io.Reader {
	if d.Stream != nil {
		return d.Stream
	}
	return bytes.NewReader(d.Body)
}

// items are the records of a JSON document, one held at a time: the members of an
// array, the lines of NDJSON, several arrays after one another, or one object. In
// an answer that holds its list in a field, such as {"data": […]}, fields name it.
// What is not JSON ends the reading with an error.
func items(doc Document, fields ...string) iter.Seq2[json.RawMessage, error] {
	return func(yield func(json.RawMessage, error) bool) {
		in := bufio.NewReader(doc.Open())
		if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
			_, _ = in.Discard(3) // just peeked at
		}
		if empty(in) {
			yield(nil, ErrEmpty)
			return
		}
		meter := &meter{in: in}
		dec := json.NewDecoder(meter)
		streaming := begins(in, '[')
		if streaming {
			_, _ = dec.Token() // the bracket just seen
		}
		for n := 0; ; {
			var item json.RawMessage
			var err error
			if streaming && !dec.More() {
				if _, err = dec.Token(); errors.Is(err, io.EOF) {
					err = io.ErrUnexpectedEOF // the array was cut off
				}
				streaming = false
			} else {
				err = dec.Decode(&item)
			}
			meter.read = 0
			if errors.Is(err, io.EOF) && !streaming {
				return
			}
			if err != nil {
				yield(nil, notJSON(n, err))
				return
			}
			if item == nil { // where the array ends
				continue
			}
			for _, item := range inside(item, fields, streaming) {
				n++
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// notJSON is why a list ends after so many records.
func notJSON(n int, err error) error {
	if n == 0 {
		return fmt.Errorf("after record 0: not JSON: %w", err)
	}
	return fmt.Errorf("after record %d: not JSON: %w; %w", n, err, ErrBroken)
}

// begins tells whether that is the first byte that is no blank.
func begins(in *bufio.Reader, with byte) bool {
	first, err := afterBlanks(in)
	return err == nil && first == with
}

// empty tells whether there is nothing but blanks.
func empty(in *bufio.Reader) bool {
	_, err := afterBlanks(in)
	return errors.Is(err, io.EOF)
}

// afterBlanks looks at the first byte that is no blank, and leaves it there.
func afterBlanks(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.Peek(1)
		switch {
		case err != nil:
			return 0, err
		case b[0] == ' ', b[0] == '\t', b[0] == '\r', b[0] == '\n':
			_, _ = in.Discard(1) // just peeked at
		default:
			return b[0], nil
		}
	}
}

// inside opens an array, or an answer that holds its list in one of the fields.
// What is a member of an array already is a record, whatever it looks like.
func inside(item json.RawMessage, fields []string, member bool) []json.RawMessage {
	var list []json.RawMessage
	if member {
		return []json.RawMessage{item}
	}
	if json.Unmarshal(item, &list) == nil && list != nil {
		return list
	}
	if len(fields) > 0 {
		var answer map[string]json.RawMessage
		if json.Unmarshal(item, &answer) == nil {
			for _, f := range fields {
				var list []json.RawMessage
				if json.Unmarshal(answer[f], &list) == nil && list != nil {
					return list
				}
			}
		}
	}
	return []json.RawMessage{item}
}

// meter ends a reading that goes on and on without a record coming to its end.
type meter struct {
	in   io.Reader
	read int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.read > MaxItem {
		return 0, ErrLongItem
	}
	n, err := m.in.Read(p)
	m.read += n
	return n, err
}
