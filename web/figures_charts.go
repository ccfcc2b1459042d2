package web

import (
	"fmt"

	"vigie"
)

// FiguresPath is the page of figures; a chart as a file stands below it.
const FiguresPath = "/figures"

// ChartOf makes one chart. An unknown name is vigie.ErrNotFound.
func (web *Web) ChartOf(name string, about Charted) (Chart, error) {
	return Chart{}, fmt.Errorf("chart %q: %w", name, vigie.ErrNotFound)
}
