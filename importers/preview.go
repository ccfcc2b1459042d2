package importers

import (
	"cmp"
	"fmt"
	"strings"

	"vigie"
)

// Preview says in a few lines what a candidate would bring to the desk, for those
// who try a reader or a column map before they import.
func Preview(c vigie.Candidate) string {
	var b strings.Builder
	r := &c.Reading
	line := func(label, format string, args ...any) {
		if s := strings.TrimSpace(fmt.Sprintf(format, args...)); s != "" {
			fmt.Fprintf(&b, "  %-9s %s\n", label, s)
		}
	}
	fmt.Fprintf(&b, "%s\n", cmp.Or(strings.Join(r.Victims, " / "), c.Source.Title, c.Key))
	line("kind", "%s", r.Kind)
	line("published", "%s", r.Published)
	if in := c.Draft; in != nil {
		line("occurred", "%s", in.Occurred)
		line("learnt", "%s", in.Discovered)
		line("countries", "%s", strings.Join(in.Countries, " "))
	}
	for _, a := range r.Affected {
		line("figure", "%s %s (%s)", vigie.Number(a.Value, vigie.English), a.Unit, a.Qualifier)
	}
	line("data", "%s", strings.Join(r.DataTypes, " "))
	line("actor", "%s", strings.Join(r.Actor, ", "))
	if in := c.Draft; in != nil {
		for i := range in.Statements {
			s := &in.Statements[i]
			acts := make([]string, len(s.Acts))
			for n, a := range s.Acts {
				acts[n] = string(a)
			}
			line("says", "%s: %s", s.By.Role, strings.Join(acts, ", "))
		}
		for _, src := range in.Sources {
			line("source", "%s", strings.Join(strings.Fields(src.Publisher+" "+src.Title+" "+src.URL), " "))
		}
	}
	line("key", "%s", c.Key)
	return b.String()
}
