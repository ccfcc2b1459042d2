package vigie_test

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"vigie"
)

// shapes collects the JSON keys of every struct that a type reaches, by the
// struct's name. Keys of an embedded struct stand under its own name.
func shapes(of reflect.Type, into map[string][]string) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		shapes(of.Elem(), into)
		return
	case reflect.Map:
		shapes(of.Key(), into)
		shapes(of.Elem(), into)
		return
	case reflect.Struct:
	default:
		return
	}
	if _, done := into[of.Name()]; done || of == reflect.TypeFor[time.Time]() {
		return
	}
	into[of.Name()] = nil
	for i := range of.NumField() {
		f := of.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || key == "-":
			continue
		case f.Anonymous && key == "":
		case key == "":
			into[of.Name()] = append(into[of.Name()], f.Name)
		default:
			into[of.Name()] = append(into[of.Name()], key)
		}
		shapes(f.Type, into)
	}
}

func TestEveryKeyOfTheRecordIsExplained(t *testing.T) {
	body, err := os.ReadFile("data/FIELDS.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, section := map[string]bool{}, ""                             // section/key
	record, _, found := strings.Cut(string(body), "\n# The formats\n") // the rest is tested in web
	if !found {
		t.Error("data/FIELDS.md does not say where the formats begin")
	}
	for _, line := range strings.Split(record, "\n") {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			section = name
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		key := strings.Trim(strings.TrimSpace(cells[0]), "`")
		if rows[section+"/"+key] {
			t.Errorf("%s of %s is explained twice", key, section)
		}
		rows[section+"/"+key] = true
		if len(cells) != 5 {
			t.Errorf("%s of %s: meaning, form, precision and absence are asked, %d cells found", key, section, len(cells))
		}
		for _, c := range cells {
			if strings.TrimSpace(c) == "" {
				t.Errorf("%s of %s has an empty cell", key, section)
			}
		}
	}
	known := map[string][]string{}
	for _, of := range []reflect.Type{reflect.TypeFor[vigie.Record](), reflect.TypeFor[vigie.Company](), reflect.TypeFor[vigie.Wave](), reflect.TypeFor[vigie.Derived](), reflect.TypeFor[vigie.Answer](), reflect.TypeFor[vigie.Timeline]()} {
		shapes(of, known)
	}
	for name, keys := range known {
		for _, key := range keys {
			if !rows[name+"/"+key] {
				t.Errorf("data/FIELDS.md does not explain %q of %s", key, name)
			}
			delete(rows, name+"/"+key)
		}
	}
	for row := range rows {
		t.Errorf("data/FIELDS.md explains %s, which is no key", row)
	}
}
