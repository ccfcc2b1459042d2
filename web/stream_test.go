package web

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"testing"

	"vigie"
)

const (
	manyRows = 10_000
	warm     = 2_000 // rows after which buffers have their size
)

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// manyOf yields rows made on the way, and tells by how many bytes a row the heap
// grew meanwhile.
func manyOf[T any](grown *int64, row func(i int) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var before int64
		for i := range manyRows {
			if i == warm {
				before = heap()
			}
			if !yield(row(i), nil) {
				return
			}
		}
		*grown = (heap() - before) / (manyRows - warm)
	}
}

// TestTenThousandRowsTakeTheMemoryOfAFew writes long answers in every format that
// streams. Markdown, STIX and workbooks remember which cases they told, by id; a
// workbook has its links besides.
func TestTenThousandRowsTakeTheMemoryOfAFew(t *testing.T) {
	in := contested()
	in.Statements = in.Statements[:1]
	one := recordOf(in, shop)
	said := one.Event(&one.Statements[0])
	ofCase := func(i int) vigie.Record {
		r := one
		r.ID = fmt.Sprintf("shop-%d-2031-03", i)
		return r
	}
	ofEvent := func(i int) vigie.Item {
		r, item := ofCase(i), said
		item.ID, item.Incident, item.Case = r.ID+"/s1", r.ID, &r
		return item
	}
	most := map[string]int64{"xlsx": 64 << 20 / (manyRows - warm), "md": 150, "stix": 150} // each sheet waits for 16 MB before it goes to disk
	const byId = 1_600                                                                     // of a timeline STIX remembers every object: their order is not that of the cases
	for _, f := range Formats {
		if f.Records != nil {
			t.Run("cases as "+f.Name, func(t *testing.T) {
				var grown int64
				if err := f.Records(io.Discard, asked(vigie.English, IncidentsPath, f.Name), manyOf(&grown, ofCase)); err != nil {
					t.Fatal(err)
				}
				if grown > max(50, most[f.Name]) {
					t.Errorf("each row left %d bytes behind", grown)
				}
			})
		}
		if f.Items != nil {
			t.Run("events as "+f.Name, func(t *testing.T) {
				var grown int64
				bound := max(50, most[f.Name])
				if f.Name == "stix" {
					bound = byId
				}
				if err := f.Items(io.Discard, asked(vigie.English, TimelinePath, f.Name), manyOf(&grown, ofEvent)); err != nil {
					t.Fatal(err)
				}
				if grown > bound {
					t.Errorf("each row left %d bytes behind", grown)
				}
			})
		}
	}
	t.Run("the data package", func(t *testing.T) {
		var cases, events int64
		p := DataPackage{Incidents: manyOf(&cases, ofCase), Items: manyOf(&events, ofEvent)}
		if err := WriteDataPackage(io.Discard, asked(vigie.English, "/dump", "zip"), p); err != nil {
			t.Fatal(err)
		}
		if max(cases, events) > 50 {
			t.Errorf("each case left %d bytes behind, each event %d", cases, events)
		}
	})
}
