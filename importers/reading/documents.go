package reading

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// maxLine is the longest line of NDJSON taken, in bytes.
const maxLine = 8 << 20

// Documents reads NDJSON, one Document a line. A bad line is an error that names
// the line, and the reading goes on.
func Documents(r io.Reader) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		for line := 1; ; line++ {
			raw, err := readLine(in)
			if errors.Is(err, errLong) {
				if !yield(Document{}, fmt.Errorf("line %d: %w", line, err)) {
					return
				}
				continue
			}
			if raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))); len(raw) > 0 {
				var d Document
				problem := json.Unmarshal(raw, &d)
				if problem != nil {
					problem = fmt.Errorf("line %d is not a document {id, lang, title, date, text}: %w", line, problem)
				} else if problem = d.Date.Check(); problem != nil {
					problem = fmt.Errorf("line %d: %w", line, problem)
				}
				if !yield(d, problem) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Document{}, fmt.Errorf("reading line %d: %w", line, err))
				return
			}
		}
	}
}

var errLong = fmt.Errorf("longer than %d MiB", maxLine>>20)

// readLine reads to the end of the line; a line too long is read over and is an
// error.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case long && err == nil:
			return nil, errLong
		default:
			return line, err
		}
	}
}
