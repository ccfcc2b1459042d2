package reading

import (
	"sort"

	"vigie"
)

// tidy sorts spans and drops repeated ones.
func tidy(spans []vigie.Span) []vigie.Span {
	sort.Slice(spans, func(a, b int) bool {
		if spans[a][0] != spans[b][0] {
			return spans[a][0] < spans[b][0]
		}
		return spans[a][1] < spans[b][1]
	})
	out := spans[:0:0]
	for i, s := range spans {
		if i == 0 || s != spans[i-1] {
			out = append(out, s)
		}
	}
	return out
}
