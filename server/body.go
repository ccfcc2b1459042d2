package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"vigie"
)

// sent reads the JSON that a program sent into v, strictly: nothing that was
// written is passed over in silence. What is wrong comes as vigie.Problems under
// errUnreadable, all at once.
func (s *Server) sent(c *gin.Context, v any) error {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if coding := c.GetHeader("Content-Encoding"); err != nil || kind != "application/json" || coding != "" && coding != "identity" {
		c.Header("Accept", "application/json") // RFC 9110 §15.5.16
		return errMediaType
	}
	body, err := io.ReadAll(c.Request.Body)
	var tooLong *http.MaxBytesError
	if err != nil && !errors.As(err, &tooLong) {
		err = fmt.Errorf("%w: %w", errBadForm, err) // it broke off
	}
	if err != nil {
		return err
	}
	if problems := strictly(body, v); len(problems) > 0 {
		return fmt.Errorf("%w: %w", errUnreadable, problems)
	}
	return nil
}

// strictly reads one JSON text into v. encoding/json takes unknown keys, keys
// given twice and in other capitals; a record sent by mistake must not.
func strictly(body []byte, v any) vigie.Problems {
	w := walk{body: body, dec: json.NewDecoder(bytes.NewReader(body))}
	if !utf8.Valid(body) {
		w.refuse("", "malformed", 0, "ce n’est pas de l’UTF-8", "it is not UTF-8")
		return w.problems
	}
	err := w.value(reflect.TypeOf(v).Elem(), "")
	if err == nil {
		if _, more := w.dec.Token(); more != io.EOF {
			w.refuse("", "malformed", w.dec.InputOffset(), "quelque chose suit le JSON", "something follows the JSON")
		}
	} else {
		w.refuse("", "malformed", offsetOf(err, int64(len(body))), "ce n’est pas du JSON", "it is not JSON")
	}
	if len(w.problems) > 0 {
		return w.problems
	}
	var other *json.UnmarshalTypeError
	if err := json.Unmarshal(body, v); errors.As(err, &other) {
		w.refuse(other.Field, "malformed", other.Offset, "cette valeur n’est pas de la forme attendue", "this value is not of the form expected: a "+other.Value)
	} else if err != nil {
		w.refuse("", "malformed", offsetOf(err, 0), "cette valeur n’est pas de la forme attendue", "this value is not of the form expected")
	}
	return w.problems
}

func offsetOf(err error, otherwise int64) int64 {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Offset
	}
	return otherwise
}

// walk goes through a JSON text beside the type that it is to be read into.
type walk struct {
	body     []byte
	dec      *json.Decoder
	problems vigie.Problems
}

func (w *walk) refuse(path, code string, offset int64, fr, en string) {
	line := 1 + bytes.Count(w.body[:min(max(offset, 0), int64(len(w.body)))], []byte("\n"))
	w.problems = append(w.problems, vigie.Problem{Path: path, Code: code, Message: vigie.Text{
		FR: fmt.Sprintf("ligne %d\u00a0: %s", line, fr), EN: fmt.Sprintf("line %d: %s", line, en)}})
}

// value passes over one value. Of a nil type nothing is known, and all is taken.
func (w *walk) value(t reflect.Type, path string) error {
	token, err := w.dec.Token()
	if err != nil {
		return err
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch token {
	case nil:
		if t != nil {
			w.refuse(path, "null", w.dec.InputOffset(), "ce qui n’est pas connu est absent : ôtez la clé", "what is unknown is absent: leave the key out")
		}
		return nil
	case json.Delim('{'):
		return w.object(t, path)
	case json.Delim('['):
		var of reflect.Type
		if t != nil && t.Kind() == reflect.Slice && t != reflect.TypeFor[json.RawMessage]() {
			of = t.Elem()
		}
		for i := 0; w.dec.More(); i++ {
			if err := w.value(of, inside(path, fmt.Sprint(i))); err != nil {
				return err
			}
		}
		_, err := w.dec.Token()
		return err
	}
	return nil
}

func (w *walk) object(t reflect.Type, path string) error {
	keys := keysOf(t)
	seen := map[string]bool{}
	for w.dec.More() {
		token, err := w.dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string) // a key is always a string
		of, known := keys[key]
		switch at := inside(path, key); {
		case keys == nil:
		case !known:
			w.refuse(at, "unknown_key", w.dec.InputOffset(), "cette clé n’existe pas", "there is no such key")
		case seen[key]:
			w.refuse(at, "repeated", w.dec.InputOffset(), "cette clé est donnée deux fois", "this key is given twice")
		}
		seen[key] = true
		if err := w.value(of, inside(path, key)); err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

func inside(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// keysOf are the JSON keys of a struct and their types, nil for anything else.
func keysOf(t reflect.Type) map[string]reflect.Type {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	keys := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && key == "":
			for key, of := range keysOf(f.Type) {
				keys[key] = of
			}
		case f.Type == reflect.TypeFor[json.RawMessage]():
			keys[key] = nil
		case key != "" && key != "-":
			keys[key] = f.Type
		}
	}
	return keys
}
