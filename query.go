package vigie

// Query is what a page, a feed or an export is asked: the same query works on
// every address. It has one canonical form (see Values).
type Query struct {
	Q              string   // words of the search box
	Company        []string // every list: any of these values; a value "-x" excludes x
	Group          []string
	Sector         []string
	Country        []string
	CompanyCountry []string
	Kind           []string
	Data           []string
	Evidence       []string
	Position       []string
	Role           []string
	Act            []string
	Actor          []string
	Unit           []string
	Wave           []string
	Incident       []string // set by addresses under /incidents/{id}, never a parameter
	Year           []string
	After          Date // first public word on or after; on a timeline, the statement's day
	Before         Date
	AffectedMin    int64 // of the figure of record; 0 is unbounded
	AffectedMax    int64
	UpdatedSince   int64 // an edition; 0 is from the beginning
	Sort           string
	Limit          int // 1–200; 0 is the default of the address
	Cursor         string
	Version        int
	AsOf           Day
}
