package web

import (
	"io"

	"vigie"
)

type feed struct{}

func incidentFeed(write func(io.Writer, feed) error) func(io.Writer, Context, vigie.Answer) error {
	return func(w io.Writer, c Context, a vigie.Answer) error { return write(w, feed{}) }
}
func timelineFeed(write func(io.Writer, feed) error) func(io.Writer, Context, vigie.Timeline) error {
	return func(w io.Writer, c Context, t vigie.Timeline) error { return write(w, feed{}) }
}
func writeRSS(io.Writer, feed) error      { return nil }
func writeAtom(io.Writer, feed) error     { return nil }
func writeJSONFeed(io.Writer, feed) error { return nil }
