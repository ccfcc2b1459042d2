package web

import "vigie"

// Runs is what the imports did.
type Runs struct {
	Frame
	Runs []vigie.Run
	Next string
}

// RunPage is one import. Undoing it posts action=undo and sure=1 to its own address.
type RunPage struct {
	Frame
	Run     vigie.Run
	Running bool          // it may still be at work
	Counts  []vigie.Facet // what became of its candidates, by status
	Decided []RunDecided  // those that an editor decided on: undoing leaves them
	Failed  vigie.Text    // why it was not undone
}

// RunDecided is a candidate of the run that was decided on, and the cases that it went into.
type RunDecided struct {
	Candidate vigie.Candidate
	Decisions []vigie.Decision
}

// Waiting is how many candidates of the run nobody decided on.
func (p RunPage) Waiting() int {
	for _, f := range p.Counts {
		if f.Value == "open" {
			return f.Count
		}
	}
	return 0
}
