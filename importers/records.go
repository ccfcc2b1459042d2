package importers

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"vigie"
)

// record is an incident as it leaves Vigie: derived and edition are recomputed,
// and ignored on the way in.
type record struct {
	vigie.Incident
	Derived json.RawMessage `json:"derived"`
	Edition json.RawMessage `json:"edition"`
}

// Records reads our own incidents: one JSON object, an array of them, the answer
// of /incidents.json, or NDJSON. A record with an unknown key is an error that
// names it, and the reading goes on; what is not JSON ends it.
func Records(r io.Reader) iter.Seq2[vigie.Incident, error] {
	return func(yield func(vigie.Incident, error) bool) {
		in := bufio.NewReader(r)
		if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
			_, _ = in.Discard(3) // just peeked at
		}
		dec := json.NewDecoder(in)
		n := 0
		one := func(raw json.RawMessage) bool {
			n++
			incident, err := strict(raw)
			if err != nil {
				err = fmt.Errorf("record %d: %w", n, err)
			}
			return yield(incident, err)
		}
		for {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err == io.EOF {
				return
			} else if err != nil {
				yield(vigie.Incident{}, notJSON(n, err))
				return
			}
			list, ok := listed(raw)
			if !ok {
				if !one(raw) {
					return
				}
				continue
			}
			for _, item := range list {
				if !one(item) {
					return
				}
			}
		}
	}
}

// listed opens an array, or an answer that holds one.
func listed(raw json.RawMessage) ([]json.RawMessage, bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		return list, true
	}
	var answer struct {
		ID        *string            `json:"id"`
		Incidents *[]json.RawMessage `json:"incidents"`
	}
	if json.Unmarshal(raw, &answer) == nil && answer.ID == nil && answer.Incidents != nil {
		return *answer.Incidents, true
	}
	return nil, false
}

func strict(raw json.RawMessage) (vigie.Incident, error) {
	var rec record
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&rec); err != nil {
		return vigie.Incident{}, err
	}
	if rec.ID == "" {
		return vigie.Incident{}, errors.New(`no "id"`)
	}
	return rec.Incident, nil
}
