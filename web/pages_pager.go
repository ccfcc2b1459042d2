package web

// Pager is where a page stands in its list, and the addresses around it.
type Pager struct {
	Prev, Next      string // "" where there is none
	From, To, Total int    // From 0: where it stands is not known
	Exact           bool   // false: there are more than Total
}

// NewPager says where shown rows stand that come after before others. A place that does
// not fit the total (it is in an address, which anybody may write) is not told.
func NewPager(prev, next string, before, shown, total int, exact bool) Pager {
	p := Pager{Prev: prev, Next: next, Total: total, Exact: exact}
	fits := before+shown <= total && (next != "" || before+shown == total || !exact) && (before == 0) == (prev == "")
	if shown > 0 && fits {
		p.From, p.To = before+1, before+shown
	}
	return p
}
