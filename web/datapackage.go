package web

import (
	"errors"
	"io"
	"iter"

	"vigie"
)

// DataPackage is what a data package is made of. All of it is of one edition, that
// of the context: the caller sees to it. Each stream is read once.
type DataPackage struct {
	Incidents iter.Seq2[vigie.Record, error]
	Items     iter.Seq2[vigie.Item, error] // events of every case, those that are gone included
	Companies []CompanyRow
}

// WriteDataPackage writes the whole record as a zip: the tables as CSV and
// datapackage.json, a Frictionless Data Package 2.0, which describes them.
func WriteDataPackage(w io.Writer, c Context, p DataPackage) error {
	return errors.ErrUnsupported
}
