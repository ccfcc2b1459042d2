package vigie

// The codes that rules depend on. The complete lists, with their order and
// labels in both languages, are in data/vocabulary.json (see Vocabulary); a test
// keeps the two in step.
type (
	State     string // where a case stands in our own keeping
	Role      string // in what capacity a speaker speaks
	Act       string // what a statement does
	Kind      string // what is alleged or found
	Evidence  string // did it happen: first axis of the standing
	Position  string // what the company says: second axis
	Unit      string // what a figure counts
	Qualifier string // how firmly a figure counts
	Channel   string // how a statement was made
	Seen      string // how much of a source we read
)

// States of a case.
const (
	Draft     State = "draft"
	Published State = "published"
	Merged    State = "merged"
	Retracted State = "retracted"
)

// Roles of a speaker.
const (
	Attacker   Role = "attacker"
	Press      Role = "press"
	Researcher Role = "researcher"
	Respondent Role = "company"
	Supplier   Role = "supplier"
	Regulator  Role = "regulator"
	Authority  Role = "authority"
	Court      Role = "court"
	Other      Role = "other"
)

// Acts of a statement. Acts (the table) says who may do which.
const (
	Claims            Act = "claims"
	OffersForSale     Act = "offers_for_sale"
	Leaks             Act = "leaks"
	DemandsRansom     Act = "demands_ransom"
	Retracts          Act = "retracts"
	Reports           Act = "reports"
	Corroborates      Act = "corroborates"
	Refutes           Act = "refutes"
	Denies            Act = "denies"
	PartiallyConfirms Act = "partially_confirms"
	Confirms          Act = "confirms"
	Investigating     Act = "investigating"
	NoComment         Act = "no_comment"
	NotifiesCustomers Act = "notifies_customers"
	NotifiesRegulator Act = "notifies_regulator"
	FilesComplaint    Act = "files_complaint"
	Remedies          Act = "remedies"
	Compensates       Act = "compensates"
	Apologises        Act = "apologises"
	Corrects          Act = "corrects"
	Replies           Act = "replies"
	OpensInquiry      Act = "opens_inquiry"
	Arrests           Act = "arrests"
	Finds             Act = "finds"
	Sanctions         Act = "sanctions"
	Convicts          Act = "convicts"
	ClosesInquiry     Act = "closes_inquiry"
)

// Evidence, from nothing to most: the empty string is "nothing counted".
const (
	Alleged      Evidence = "alleged"
	Reported     Evidence = "reported"
	Corroborated Evidence = "corroborated"
	Confirmed    Evidence = "confirmed"
	Refuted      Evidence = "refuted"
)

// Positions of the company.
const (
	NoStatement         Position = "no_statement"
	Responded           Position = "responded"
	IsInvestigating     Position = "investigating"
	DeclinesComment     Position = "no_comment"
	DeniesIt            Position = "denies"
	PartiallyConfirmsIt Position = "partially_confirms"
	ConfirmsIt          Position = "confirms"
)

// Qualifiers of a figure.
const (
	Exact    Qualifier = "exact"
	About    Qualifier = "about"
	MoreThan Qualifier = "more_than"
	UpTo     Qualifier = "up_to"
	Partial  Qualifier = "partial"
	Vague    Qualifier = "vague"
)

// How much of a source we read. A statement known only from a headline or an
// address is shown, flagged, and moves nothing (rule C3).
const (
	SeenFull     Seen = "full"
	SeenExcerpt  Seen = "excerpt"
	SeenHeadline Seen = "headline"
	SeenAddress  Seen = "address"
)
