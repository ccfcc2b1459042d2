package vigie

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// ledger reads a ledger in short form, one statement a line:
//
//	s1 attacker:seller 2024-09-06 claims+offers_for_sale fig=27561592/records
//
// id, role and name, date or -, acts, then ans= wd= sup= pub= seen= src= fig=.
func ledger(t testing.TB, lines string) *Incident {
	t.Helper()
	in := &Incident{ID: "shop-2024-09", State: Published, Company: "shop", Kind: "data_breach"}
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		words := strings.Fields(line)
		if len(words) < 4 {
			t.Fatalf("short form %q", line)
		}
		role, name, _ := strings.Cut(words[1], ":")
		src := Source{ID: "r" + words[0][1:], Publisher: "The Paper", Title: line, Seen: SeenFull}
		s := Statement{ID: words[0], By: Speaker{Role: Role(role), Name: name}, Sources: []string{src.ID}}
		if words[2] != "-" {
			s.On = Date(words[2])
		}
		for _, a := range strings.Split(words[3], "+") {
			s.Acts = append(s.Acts, Act(a))
		}
		for _, w := range words[4:] {
			key, value, _ := strings.Cut(w, "=")
			list := strings.Split(value, ",")
			switch key {
			case "ans":
				s.Answers = list
			case "wd":
				s.Withdraws = list
			case "sup":
				s.Supersedes = list
			case "pub":
				s.Public = Date(value)
			case "seen":
				src.Seen = Seen(value)
			case "src":
				src.Published = Date(value)
			case "fig":
				part := strings.Split(value+"///", "/")
				n, err := strconv.ParseInt(part[0], 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				f := Figure{Min: n, Max: n, Unit: Unit(part[1]), Qualifier: Exact, Scope: Text{part[3], part[3]}}
				if part[2] != "" {
					f.Qualifier = Qualifier(part[2])
				}
				if f.Qualifier == Vague {
					f.Max = 0
				}
				s.Figures = append(s.Figures, f)
			default:
				t.Fatalf("short form %q: %s", line, key)
			}
		}
		in.Statements, in.Sources = append(in.Statements, s), append(in.Sources, src)
	}
	return in
}

type ruling struct {
	name   string
	asOf   Day
	ledger string
	want   string // evidence position word, the statement of the figure of record / of the one it contrasts with
}

// rulings are cases of the record in short form (dates and figures are theirs),
// and a few made-up ones where no known case turns on the rule.
var rulings = []ruling{
	{"Temu 2024: the seller claims, Zataz saw the sale, Temu denies", "", `
		s1 attacker:seller 2024-09-16/2024-09-17 claims+offers_for_sale fig=87000000/records
		s2 press:Zataz 2024-09 reports fig=87000000/accounts
		s3 company:Temu 2024-09-17 denies ans=s1`,
		"reported denies contested s2"},
	{"Temu on 16 September: the claim may be of the 17th, nothing was surely known", "2024-09-16", `
		s1 attacker:seller 2024-09-16/2024-09-17 claims+offers_for_sale fig=87000000/records
		s3 company:Temu 2024-09-17 denies ans=s1`,
		"- no_statement -"},
	{"Boulanger 2024: confirms and disputes the number, which is not partial", "", `
		s1 attacker:seller 2024-09-06 claims+offers_for_sale fig=27561592/records
		s2 company:Boulanger 2024-09-08 confirms
		s3 company:Boulanger 2024-09-09 notifies_customers fig=100000/customers/vague
		s4 researcher:HIBP 2025-04-08 corroborates ans=s1 fig=2077078/accounts`,
		"confirmed confirms confirmed s3/s1"},
	{"Truffaut 2024: reported; a refusal known from an address moves nothing", "", `
		s1 attacker:seller 2024-09 claims
		s2 press:Phonandroid 2024-09 reports
		s3 company:Truffaut 2024-09 no_comment seen=address`,
		"reported no_statement claimed"},
	{"M&S 2025: confirms; its silence on the ransom changes nothing", "", `
		s1 company:M&S 2025-04-22 confirms
		s2 company:M&S 2025-05-13 notifies_customers
		s3 company:M&S 2025-07-08 no_comment`,
		"confirmed confirms confirmed"},
	{"eBay 2014: declining one question later is not a new position", "", `
		s1 company:eBay 2014-05-21 confirms
		s2 company:eBay 2014-05-23 no_comment`,
		"confirmed confirms confirmed"},
	{"Carrefour January 2025: investigates, then denies", "", `
		s1 attacker:seller 2025-01-02 claims+offers_for_sale fig=13000000/customers
		s2 company:Carrefour 2025-01-03 investigating
		s3 company:Carrefour 2025-01-06 denies ans=s1`,
		"alleged denies contested s1"},
	{"Carrefour on 4 January 2025: investigating, no stand yet", "2025-01-04", `
		s1 attacker:seller 2025-01-02 claims+offers_for_sale fig=13000000/customers
		s2 company:Carrefour 2025-01-03 investigating
		s3 company:Carrefour 2025-01-06 denies ans=s1`,
		"alleged investigating claimed s1"},
	{"a warning e-mail sent in error, then withdrawn", "", `
		s1 company:Shop 2024-05-01 notifies_customers
		s2 company:Shop 2024-05-02 corrects+apologises wd=s1`,
		"refuted responded refuted"},
	{"the same on the day of the e-mail: it had not been withdrawn", "2024-05-01", `
		s1 company:Shop 2024-05-01 notifies_customers
		s2 company:Shop 2024-05-02 corrects+apologises wd=s1`,
		"confirmed confirms confirmed"},
	{"Netshoes 2017: checked, counted by a prosecutor, denied", "", `
		s1 attacker:hacker 2017-12-07 leaks
		s2 company:Netshoes 2017-12-08 denies ans=s1
		s3 researcher:HIBP 2017-12-10 corroborates ans=s1 fig=499836/accounts
		s4 authority:prosecutor 2018-01-25 finds fig=1999704/customers`,
		"confirmed denies confirmed s4/s3"},
	{"a post on a leak site alone", "", `
		s1 attacker:gang 2025-03-01 claims+leaks`,
		"alleged no_statement claimed"},
	{"Hot Topic 2024: checked by Have I Been Pwned, no word of the company known", "", `
		s1 attacker:Satanic 2024-10-21 claims+offers_for_sale fig=350000000/users
		s2 researcher:HIBP 2024-11-09 corroborates ans=s1 fig=56904909/accounts`,
		"corroborated no_statement claimed s2/s1"},
	{"a finding stays when its authority later says another number without finding it", "", `
		s1 company:Shop 2024-05-01 confirms fig=10/customers
		s2 regulator:CNIL 2024-06-01 finds fig=100/customers
		s3 regulator:CNIL 2024-07-01 reports fig=120/customers`,
		"confirmed confirms confirmed s2/s1"},
	{"a part contradicts no whole, and a vague figure means its whole order of magnitude", "", `
		s1 company:Shop 2024-05-01 confirms fig=100000/customers/vague
		s2 attacker:gang 2024-05-01 claims fig=900000/customers
		s3 regulator:APD 2024-06-01 reports fig=500/customers/exact/Belgium`,
		"confirmed confirms confirmed s1"},
	{"a seller who has no name still gave the figure", "", `
		s1 attacker 2020-05-03 claims+offers_for_sale fig=91000000/users`,
		"alleged no_statement claimed s1"},
	{"a check for and a check against: reported, both listed", "", `
		s1 attacker:seller 2024-05-01 claims
		s2 researcher:A 2024-05-02 corroborates ans=s1
		s3 researcher:B 2024-05-03 refutes ans=s1`,
		"reported no_statement claimed"},
	{"Flipkart 2022: the data wrongly attributed, says who checked", "", `
		s1 attacker:seller 2022-05-01 claims
		s2 researcher:HIBP 2022-05-03 refutes ans=s1`,
		"refuted no_statement refuted"},
	{"refuting the denial supports the claim", "", `
		s1 attacker:seller 2024-05-01 claims
		s2 company:Shop 2024-05-02 denies ans=s1
		s3 researcher:A 2024-05-03 refutes ans=s2`,
		"corroborated denies contested"},
	{"an authority's last word refutes what the company had admitted", "", `
		s1 company:Shop 2024-05-01 confirms
		s2 authority:agency 2024-06-01 refutes ans=s1`,
		"refuted confirms refuted"},
	{"Dixons Carphone: the sanction stands though a court cut the fine", "", `
		s1 company:Dixons 2018-06-13 denies
		s2 regulator:ICO 2020-01-09 sanctions fig=14000000/people`,
		"confirmed denies confirmed s2"},
	{"a finding taken back by a later judgment no longer counts", "", `
		s1 press:Paper 2020-01-01 reports
		s2 regulator:agency 2020-02-01 finds
		s3 court:court 2021-02-01 corrects+closes_inquiry sup=s2`,
		"reported no_statement claimed"},
	{"an inquiry opened by the regulator", "", `
		s1 attacker:gang 2024-05-01 claims
		s2 regulator:CNIL 2024-05-09 opens_inquiry`,
		"reported no_statement claimed"},
	{"only an authority opens an inquiry: a union that says it does moves nothing", "", `
		s1 attacker:gang 2024-05-01 claims
		s2 other:union 2024-05-03 opens_inquiry`,
		"alleged no_statement claimed"},
	{"Conad 2024: an attack admitted, no customer data", "", `
		s1 attacker:Lynx 2024-11-01 claims+leaks
		s2 company:Conad 2024-11-20 partially_confirms ans=s1`,
		"confirmed partially_confirms partially_confirmed"},
	{"a supplier names the shop whose data it lost", "", `
		s1 supplier:Host 2024-05-01 confirms`,
		"confirmed no_statement confirmed"},
	{"the seller takes it back: shown, and moves nothing", "", `
		s1 attacker:seller 2024-05-01 claims fig=1000/customers
		s2 attacker:seller 2024-05-09 retracts wd=s1`,
		"alleged no_statement claimed s1"},
	{"a company that only promises help has responded", "", `
		s1 attacker:gang 2024-05-01 claims
		s2 company:Shop 2024-05-02 remedies`,
		"alleged responded claimed"},
	{"the less precise date yields: the confirmation is of the 20th, the denial of some day in May", "", `
		s1 company:Shop 2024-05 denies
		s2 company:Shop 2024-05-20 confirms`,
		"confirmed confirms confirmed"},
	{"an undated confirmation yields to a dated denial", "", `
		s1 company:Shop 2024-05-20 denies
		s2 company:Shop - confirms`,
		"confirmed denies confirmed"},
	{"an undated word is known from its source's exact day", "2024-05-10", `
		s1 attacker:gang 2024-05-01 claims
		s2 company:Shop - denies src=2024-05-10`,
		"alleged denies contested"},
	{"a filing said in March became public in May", "2024-04-01", `
		s1 company:Shop 2024-03-01 confirms pub=2024-05-02`,
		"- no_statement -"},
	{"the whole goes before a part, people before accounts, the last before the first", "", `
		s1 company:Shop 2024-05-01 confirms fig=5000/customers fig=9000/accounts fig=2000/customers/exact/Hong-Kong
		s2 company:Shop 2024-06-01 confirms fig=6000/customers fig=9000/accounts`,
		"confirmed confirms confirmed s2"},
}

func ruled(in *Incident, asOf Day, rules []Rule) string {
	j := judge(in, asOf, rules)
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	out := dash(string(j.standing.Evidence)) + " " + dash(string(j.standing.Position)) + " " + dash(j.standing.Word)
	if len(j.figures) > 0 {
		out += " " + j.figures[0].Statement
		if far, ok := contrast(j.figures); ok {
			out += "/" + far.Statement
		}
	}
	return out
}

func TestRulings(t *testing.T) {
	for _, c := range rulings {
		t.Run(c.name, func(t *testing.T) {
			if got := ruled(ledger(t, c.ledger), c.asOf, Rules); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDeletingAnyRowOfTheRuleTableBreaksACase(t *testing.T) {
	for i, r := range Rules {
		without := slices.Delete(slices.Clone(Rules), i, i+1)
		broken := slices.ContainsFunc(rulings, func(c ruling) bool {
			return ruled(ledger(t, c.ledger), c.asOf, without) != c.want
		})
		if !broken {
			t.Errorf("no case turns on %s", r.ID)
		}
		if r.Text.FR == "" || r.Text.EN == "" {
			t.Errorf("%s is not printed in both languages", r.ID)
		}
	}
}

func TestManyWithdrawalsAreReadInTime(t *testing.T) {
	in := &Incident{ID: "shop-2024-09", Company: "shop", Sources: []Source{{ID: "r1", Seen: SeenFull}}}
	for n := range 60 {
		s := Statement{ID: fmt.Sprintf("s%d", n+1), By: Speaker{Role: Respondent}, Acts: []Act{Corrects}, On: "2024-05-01", Sources: []string{"r1"}}
		for m := range n {
			s.Withdraws = append(s.Withdraws, fmt.Sprintf("s%d", m+1))
		}
		in.Statements = append(in.Statements, s)
	}
	if p := in.Standing("").Position; p != Responded { // each withdrawal, worked out once
		t.Errorf("position %s", p)
	}
}

func TestEveryRulingSaysWhy(t *testing.T) {
	for _, c := range rulings {
		s := ledger(t, c.ledger).Standing(c.asOf)
		if s.Evidence != "" && (len(s.Because) < 2 || len(s.Because[0].Statements) == 0) {
			t.Errorf("%s: because %v", c.name, s.Because)
		}
		for _, b := range s.Because {
			if b.Rule == "" {
				t.Errorf("%s: a reason without its rule", c.name)
			}
		}
	}
}

// anyLedger draws a ledger of up to eight statements that may answer, withdraw
// and supersede earlier ones.
func anyLedger(t *rapid.T) *Incident {
	in := &Incident{ID: "shop-2024-09", State: Published, Company: "shop", Kind: "data_breach"}
	dates := []Date{"", "2024", "2024-05", "2024-05-01", "2024-05-02", "2024-05-20", "2024-05-01/2024-05-09", "2024-06~", "2025-01-03"}
	roles := []Role{Attacker, Press, Researcher, Respondent, Supplier, Regulator, Authority, Court, Other}
	for i := range rapid.IntRange(1, 8).Draw(t, "statements") {
		id := fmt.Sprintf("s%d", i+1)
		s := Statement{ID: id, Sources: []string{"r" + id[1:]}, On: rapid.SampledFrom(dates).Draw(t, "on"),
			By: Speaker{Role: rapid.SampledFrom(roles).Draw(t, "role"), Name: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "name")}}
		for range rapid.IntRange(1, 2).Draw(t, "acts") {
			s.Acts = append(s.Acts, rapid.SampledFrom(Acts).Draw(t, "act").Act)
		}
		if i > 0 {
			earlier := func(label string) []string {
				if rapid.IntRange(0, 3).Draw(t, label) > 0 {
					return nil
				}
				return []string{fmt.Sprintf("s%d", rapid.IntRange(1, i).Draw(t, label+" which"))}
			}
			s.Answers, s.Withdraws, s.Supersedes = earlier("answers"), earlier("withdraws"), earlier("supersedes")
		}
		if rapid.Bool().Draw(t, "figure") {
			n := rapid.Int64Range(1, 1e9).Draw(t, "amount")
			s.Figures = []Figure{{Min: n, Max: n, Unit: rapid.SampledFrom([]Unit{"customers", "accounts", "records"}).Draw(t, "unit"), Qualifier: Exact}}
		}
		in.Statements = append(in.Statements, s)
		in.Sources = append(in.Sources, Source{ID: "r" + id[1:], Publisher: "P", Title: "T",
			Seen:      rapid.SampledFrom([]Seen{SeenFull, SeenFull, SeenHeadline}).Draw(t, "seen"),
			Published: rapid.SampledFrom([]Date{"", "2024-05-03", "2024-05"}).Draw(t, "published")})
	}
	return in
}

func TestTheStandingDoesNotDependOnTheOrderOfEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyLedger(t)
		shuffled := *in
		shuffled.Statements = slices.Clone(in.Statements)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled.Statements), func(i, j int) {
			shuffled.Statements[i], shuffled.Statements[j] = shuffled.Statements[j], shuffled.Statements[i]
		})
		for _, day := range []Day{"", "2024-05-01", "2024-05-31", "2024-12-31"} {
			if a, b := fmt.Sprint(in.Standing(day), in.Figures(day), in.Headline("Shop", day)), fmt.Sprint(shuffled.Standing(day), shuffled.Figures(day), shuffled.Headline("Shop", day)); stripPointers(a) != stripPointers(b) {
				t.Fatalf("as of %q:\n%s\n%s", day, a, b)
			}
		}
	})
}

// stripPointers takes out the addresses that %v prints of the statements inside.
func stripPointers(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" {}[]", r) })
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return strings.HasPrefix(w, "0x") }), " ")
}

func TestWhatIsKnownLaterNeverChangesADay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyLedger(t)
		day := Day(rapid.SampledFrom([]string{"2024-04-30", "2024-05-01", "2024-05-02", "2024-05-31", "2024-12-31"}).Draw(t, "day"))
		before := *in
		before.Statements = slices.DeleteFunc(slices.Clone(in.Statements), func(s Statement) bool { return !in.Known(&s, day) })
		if a, b := fmt.Sprint(in.Standing(day)), fmt.Sprint(before.Standing(day)); a != b {
			t.Fatalf("as of %s: %s with what came later, %s without", day, a, b)
		}
		known := in.AsOf(day)
		if a, b := ruled(in, day, Rules), ruled(&known, day, Rules); a != b {
			t.Fatalf("as of %s the case says %s, its statements %s", day, b, a)
		}
	})
}

func TestSinceIsTheDayTheAxisLastMoved(t *testing.T) {
	in := ledger(t, `
		s1 attacker:seller 2025-01-02 claims
		s2 company:Shop 2025-01-03 investigating
		s3 company:Shop 2025-01-06 denies ans=s1
		s4 researcher:A 2025-02-01 corroborates ans=s1`)
	if got := in.Standing("").Since; got != (Since{Evidence: "2025-02-01", Position: "2025-01-06"}) {
		t.Errorf("since %v", got)
	}
	if got := in.Standing("2025-01-31").Since; got != (Since{Evidence: "2025-01-02", Position: "2025-01-06"}) {
		t.Errorf("on 31 January, since %v", got)
	}
	var moves []string
	for _, d := range in.Standings() {
		moves = append(moves, fmt.Sprintf("%s %s %s", d.Day, d.Standing.Evidence, d.Standing.Position))
	}
	want := []string{"2025-01-02 alleged no_statement", "2025-01-03 alleged investigating", "2025-01-06 alleged denies", "2025-02-01 corroborated denies"}
	if !slices.Equal(moves, want) {
		t.Errorf("moved %q, want %q", moves, want)
	}
	if m := in.Move("s3"); m.Before.Position != IsInvestigating || m.After.Position != DeniesIt {
		t.Errorf("s3 moved the position from %s to %s", m.Before.Position, m.After.Position)
	}
	back := ledger(t, `
		s1 company:Shop 2024-05-01 notifies_customers
		s2 company:Shop 2024-05-02 corrects wd=s1`)
	if m := back.Move("s2"); m.Before.Evidence != Confirmed || m.After.Evidence != Refuted || m.Before.Word != "confirmed" {
		t.Errorf("the withdrawal moved the evidence from %s (%s) to %s", m.Before.Evidence, m.Before.Word, m.After.Evidence)
	}
	back = ledger(t, `
		s1 company:Shop 2024-05-01 investigating
		s2 company:Shop 2024-05-02 denies
		s3 company:Shop 2024-05-03 corrects wd=s2`)
	if m := back.Move("s3"); m.Before.Position != DeniesIt || m.After.Position != IsInvestigating {
		t.Errorf("the denial taken back moved the position from %s to %s", m.Before.Position, m.After.Position)
	}
	in.Statements = append(in.Statements, Statement{ID: "s5", By: Speaker{Role: Attacker, Name: "seller"}, Acts: []Act{Claims}, On: "2025-01-06", Sources: []string{"r1"}})
	if m := in.Move("s5"); !m.Before.sameAxes(m.After) {
		t.Errorf("what was said the same day and decided nothing moved %v to %v", m.Before, m.After)
	}
}
