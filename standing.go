package vigie

// Standing is what follows from the ledger, on two independent axes, and why.
type Standing struct {
	Evidence Evidence  `json:"evidence,omitempty"` // absent when nothing counts
	Position Position  `json:"position"`
	Word     string    `json:"word,omitempty"` // for formats with one slot: claimed, contested, partially_confirmed, confirmed, refuted
	Since    Since     `json:"since,omitzero"`
	Because  []Because `json:"because,omitempty"`
}

// Since is the day each axis took its present value, as the public could know it.
type Since struct {
	Evidence Day `json:"evidence,omitempty"`
	Position Day `json:"position,omitempty"`
}

// Because names a rule that decided and the statements it decided on.
type Because struct {
	Rule       string   `json:"rule"`
	Statements []string `json:"statements,omitempty"`
}

// SpokenFigure is a figure with the one who gave it. Figures of different
// speakers are never added up.
type SpokenFigure struct {
	Figure
	By        Speaker `json:"by"`
	Statement string  `json:"statement"`
	Seller    bool    `json:"seller,omitempty"`    // an attacker who offers the data for sale
	OfRecord  bool    `json:"of_record,omitempty"` // rule F's choice
}
