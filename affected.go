package vigie

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// The range of affected=: 1000000.., ..5000, 1k..2.5M, or one number. Nought is
// no bound: no figure of the record is nought, an unknown one is absent.
var (
	countPattern = regexp.MustCompile(`^(\d{1,16})(?:\.(\d{1,9}))?([kKmM]?)$`)
	maxCount     = big.NewInt(1<<53 - 1)
	thousands    = map[string]int64{"": 1, "k": 1_000, "m": 1_000_000}
)

func readAffected(q *Query, s string) *QueryProblem {
	low, high, ranged := strings.Cut(s, "..")
	from, okFrom := readCount(low)
	to, okTo := readCount(high)
	if !ranged {
		to, okTo = from, okFrom
	}
	if !okFrom || !okTo || from == 0 && to == 0 || !ranged && low == "" {
		return problem("affected", "malformed",
			fmt.Sprintf("« %s » n’est pas une plage : écrire 1000000.. ou 1k..2.5M ou ..5000", shown(s)),
			fmt.Sprintf("%q is not a range: write 1000000.. or 1k..2.5M or ..5000", shown(s)))
	}
	if to != 0 && from > to {
		return problem("affected", "malformed",
			fmt.Sprintf("la plage « %s » finit avant de commencer", shown(s)), fmt.Sprintf("the range %q ends before it begins", shown(s)))
	}
	q.AffectedMin, q.AffectedMax = from, to
	return nil
}

// readCount reads one end of a range; an empty one is no bound, 0.
func readCount(s string) (n int64, ok bool) {
	if s == "" {
		return 0, true
	}
	m := countPattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	value, ok := new(big.Rat).SetString(m[1] + "." + m[2] + "0")
	if !ok {
		return 0, false
	}
	value.Mul(value, new(big.Rat).SetInt64(thousands[strings.ToLower(m[3])]))
	if !value.IsInt() || value.Sign() == 0 || value.Num().Cmp(maxCount) > 0 {
		return 0, false
	}
	return value.Num().Int64(), true
}

func writeAffected(q *Query) string {
	end := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	switch from, to := end(q.AffectedMin), end(q.AffectedMax); {
	case from == "" && to == "":
		return ""
	case from == to:
		return from
	default:
		return from + ".." + to
	}
}
