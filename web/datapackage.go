package web

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigie"
)

// The whole record as a Frictionless Data Package 2.0 (datapackage.org): the tables
// of CSV in a zip, and last datapackage.json, which describes them and has their
// hashes. Tables are packed as they are made; what waits is on disk.

// DataPackage is what a data package is made of. All of it is of one edition, that
// of the context: the caller sees to it. Each stream is read once.
type DataPackage struct {
	Incidents iter.Seq2[vigie.Record, error]
	Items     iter.Seq2[vigie.Item, error] // events of every case, those that are gone included
	Companies []CompanyRow
}

// WriteDataPackage writes the package.
func WriteDataPackage(w io.Writer, c Context, parts DataPackage) (err error) {
	c.BOM = false
	p := &packing{c: c, zip: zip.NewWriter(w)}
	waiting, err := os.CreateTemp("", "vigie-*.csv") // the sources of the cases, told while those are written
	if err != nil {
		return fmt.Errorf("making the data package: %w", err)
	}
	defer func() { err = cmp.Or(err, waiting.Close(), os.Remove(waiting.Name())) }()
	gone := map[string]vigie.Record{}
	for _, make := range []func() error{
		func() error { return pack(p, companiesTable, companyColumns, c.companyOf, each(parts.Companies)) },
		func() error { return p.cases(parts.Incidents, waiting) },
		func() error { return p.copied(sourcesTable, waiting) },
		func() error { return pack(p, timelineTable, eventColumns, c.event, without(parts.Items, gone)) },
		func() error { return pack(p, goneTable, goneColumns, c.tellerOfCase, ordered(gone)) },
		func() error { return pack(p, vocabularyTable, codeColumns, asIs, each(allCodes())) },
		p.describe,
	} {
		if err := make(); err != nil {
			return fmt.Errorf("making the data package: %w", err)
		}
	}
	return nil
}

// packing is a data package being written.
type packing struct {
	c         Context
	zip       *zip.Writer
	resources []resource
}

// packed is a table on its way into the zip: counted and hashed.
type packed struct {
	to    io.Writer
	sum   hash.Hash
	bytes int64
}

func (t *packed) Write(b []byte) (int, error) {
	n, err := t.to.Write(b)
	t.sum.Write(b[:n])
	t.bytes += int64(n)
	return n, err
}

// file begins a file of the zip. Its date is that of the record: no clock is read.
func (p *packing) file(name string) (io.Writer, error) {
	return p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.c.orEpoch(time.Time{})})
}

// table writes a table and describes it.
func (p *packing) table(of table, fields []field, write func(io.Writer) error) error {
	to, err := p.file(of.name + ".csv")
	if err != nil {
		return err
	}
	t := &packed{to: to, sum: sha256.New()}
	if err := write(t); err != nil {
		return err
	}
	p.resources = append(p.resources, of.resource(p.c.Lang, fields, t.bytes, hex.EncodeToString(t.sum.Sum(nil))))
	return nil
}

func pack[N, R any](p *packing, of table, columns []column[R], rowOf func(N) R, nouns iter.Seq2[N, error]) error {
	return p.table(of, fieldsOf(of, columns, p.c.Lang), func(w io.Writer) error {
		return writeRows(w, p.c, "the table "+of.name, columns, rowOf, nouns)
	})
}

// cases packs the table of cases; the sources of each go to a file that waits.
func (p *packing) cases(records iter.Seq2[vigie.Record, error], waiting io.Writer) error {
	sources, stop := feedRows(waiting, p.c, "the sources", sourceColumns)
	err := pack(p, casesTable, caseColumns, p.c.tellerOfCase, func(yield func(vigie.Record, error) bool) {
		for r, err := range records {
			if err == nil {
				t := p.c.tellerOfCase(r)
				for _, src := range r.Sources {
					if err == nil {
						err = sources(reading{t, src})
					}
				}
			}
			if !yield(r, err) {
				return
			}
		}
	})
	return cmp.Or(err, stop())
}

// copied packs a table that waits in a file.
func (p *packing) copied(of table, waiting *os.File) error {
	if _, err := waiting.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return p.table(of, fieldsOf(of, sourceColumns, p.c.Lang), func(w io.Writer) error {
		_, err := io.Copy(w, waiting)
		return err
	})
}

// without leaves out the events of cases that are gone, and notes those cases: a row
// of the table of events is of a row of the table of cases.
func without(items iter.Seq2[vigie.Item, error], gone map[string]vigie.Record) iter.Seq2[vigie.Item, error] {
	return func(yield func(vigie.Item, error) bool) {
		for item, err := range items {
			if err == nil && item.Case != nil && item.Case.State != vigie.Published {
				gone[item.Incident] = *item.Case
				continue
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

func ordered(records map[string]vigie.Record) iter.Seq2[vigie.Record, error] {
	list := make([]vigie.Record, 0, len(records))
	return func(yield func(vigie.Record, error) bool) {
		for _, r := range records {
			list = append(list, r)
		}
		slices.SortFunc(list, func(a, b vigie.Record) int { return strings.Compare(a.ID, b.ID) })
		each(list)(yield)
	}
}

// goneColumns is the table of cases that are no more: their addresses tell why.
var goneColumns = []column[teller]{
	{"id", vigie.Text{FR: "Identité permanente du dossier", EN: "Permanent identity of the case"}, func(t teller) any { return t.r.ID }},
	{"state", vigie.Text{FR: "retracted (retiré) ou merged (réuni à un autre)", EN: "retracted, or merged into another"}, func(t teller) any { return string(t.r.State) }},
	{"merged_into", vigie.Text{FR: "Le dossier qui l’a remplacé", EN: "The case that replaced it"}, func(t teller) any { return t.r.MergedInto }},
	{"reason", vigie.Text{FR: "Pourquoi", EN: "Why"}, func(t teller) any { return clean(t.r.Reason) }},
	{"version", vigie.Text{FR: "Version de la fiche", EN: "Version of the record"}, func(t teller) any { return t.derived().Version }},
}

// describe writes datapackage.json and ends the zip.
func (p *packing) describe() error {
	to, err := p.file("datapackage.json")
	if err != nil {
		return err
	}
	c := p.c
	d := descriptor{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "vigie", ID: vigie.URN("dump:" + strconv.FormatInt(c.Edition, 10)), Title: c.siteName(),
		Description: c.origin(), Homepage: c.HTML, Version: strconv.FormatInt(c.Edition, 10), Created: c.orEpoch(time.Time{}).Format(time.RFC3339),
		Contributors: []contributor{{Title: c.publisher(), Roles: []string{"publisher"}}}, Keywords: []string{"cyberattacks", "data breaches", "retail"},
		Sources: []origin{{Title: packageWords.Sources.In(c.Lang)}}, Resources: p.resources,
	}
	if name := oneLine(c.Site.Licence); name != "" {
		l := licence{Name: strings.Join(strings.FieldsFunc(name, func(r rune) bool { return !strings.ContainsRune(licenceName, r) }), "-"), Title: name}
		l.Path, _ = linkable(c.Site.LicenceURL)
		d.Licences = []licence{l}
	}
	if err := writeJSON(to, "the description of the data package", d); err != nil {
		return err
	}
	return p.zip.Close()
}

const licenceName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._" // of an Open Definition licence id

var packageWords = struct{ Sources vigie.Text }{vigie.Text{
	FR: "Déclarations publiques ; les sources de chacune sont dans sources.csv", EN: "Public statements; the sources of each are in sources.csv",
}}
