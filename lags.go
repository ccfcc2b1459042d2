package vigie

// Lag is the time between two events of a case, in days. Both bounds are absent
// when an end is unknown; they differ when a date is not exact.
type Lag struct {
	From string `json:"from"` // occurred, discovered, claim, first_word
	To   string `json:"to"`   // discovered, first_word, customers_told, regulator_told
	Min  *int   `json:"min,omitempty"`
	Max  *int   `json:"max,omitempty"`
}
