package vigie

import "slices"

// ActRule says who may do an act by speaking.
type ActRule struct {
	Act   Act
	Roles []Role
}

var (
	attackers  = []Role{Attacker}
	anyone     = []Role{Attacker, Press, Researcher, Respondent, Supplier, Regulator, Authority, Court, Other}
	businesses = []Role{Respondent, Supplier} // a supplier has the company's acts
	officials  = []Role{Regulator, Authority, Court}
	// The independents: their word weighs on the evidence (rules E1, E2, E4–E6).
	independents = []Role{Press, Researcher, Regulator, Authority, Court, Other}
)

// Acts is the act × role table (rule C2), in the order of the vocabulary. The
// about page prints it and Validate holds every statement to it.
var Acts = []ActRule{
	{Claims, attackers},
	{OffersForSale, attackers},
	{Leaks, attackers},
	{DemandsRansom, attackers},
	{Retracts, attackers},
	{Reports, anyone},
	{Corroborates, anyone},
	{Refutes, anyone},
	{Denies, businesses},
	{PartiallyConfirms, businesses},
	{Confirms, businesses},
	{Investigating, businesses},
	{NoComment, businesses},
	{NotifiesCustomers, businesses},
	{NotifiesRegulator, businesses},
	{FilesComplaint, businesses},
	{Remedies, businesses},
	{Compensates, businesses},
	{Apologises, businesses},
	{Corrects, businesses},
	{Replies, businesses},
	{OpensInquiry, officials},
	{Arrests, officials},
	{Finds, officials},
	{Sanctions, officials},
	{Convicts, officials},
	{ClosesInquiry, officials},
}

// May tells whether a speaker in that role may do the act.
func May(r Role, a Act) bool {
	for _, rule := range Acts {
		if rule.Act == a {
			return slices.Contains(rule.Roles, r)
		}
	}
	return false
}

// Independent tells whether the role is neither of the parties: press,
// researcher, regulator, authority, court, other.
func (r Role) Independent() bool { return slices.Contains(independents, r) }

// Official tells whether the role is a regulator, an authority or a court.
func (r Role) Official() bool { return slices.Contains(officials, r) }
