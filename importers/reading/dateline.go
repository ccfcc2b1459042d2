package reading

import "strings"

// headLines is how many lines of a text may print when it was published.
const headLines = 6

// findDateline reads when the text was published where its head prints it:
// "Publié le 9 avril 2025", a day alone on its line, "LONDON, March 12, 2025 –".
// It gives the whole day that the reader of the page did not know, or knew less
// exactly. A day within a sentence is one of the story.
func (t *text) findDateline() {
	if t.published.Exact() {
		return
	}
	lines := 0
	for i := 0; i < len(t.sents) && lines < headLines; i++ {
		if i > 0 && t.sents[i-1].para == t.sents[i].para {
			continue
		}
		lines++
		last := i
		for last+1 < len(t.sents) && t.sents[last+1].para == t.sents[i].para {
			last++
		}
		d, from, to, ok := t.printedDay(t.sents[i].from, t.sents[i].to, t.sents[last].to)
		if !ok || d.year == 0 {
			continue
		}
		if c := d.on(""); c.Exact() && (!t.published.Known() || t.published.Overlaps(c)) {
			t.published, t.dateline = c, t.span(from, to)
			return
		}
	}
}

// printedDay finds the day of publication on a line whose first sentence is words
// [from, end) and which ends before word close.
func (t *text) printedDay(from, end, close int) (d day, first, last int, ok bool) {
	head := t.lex.phrases[t.lang]
	for k := from; k < close && k < from+16; k++ {
		// a word for publishing, at the start of the line or after a mark: what follows
		// a noun ("un communiqué publié le…") is that thing's day
		if k > from && !strings.ContainsAny(t.words[k].before, "|•·–—-:()") && !t.words[k-1].digit {
			continue
		}
		for _, p := range head.exact[t.words[k].fold] {
			if p.group != "days/published" {
				continue
			}
			h, found := t.match(p, k)
			if !found || h.to >= close {
				continue
			}
			if d, last, ok := t.dayAt(h.to, close); ok {
				return d, h.to, last, true
			}
		}
	}
	k := from
	if w := t.words[k].fold; w == "by" || w == "par" { // "By Jo Marsh, 12 March 2025"
		for j := k + 1; j < end && j < k+8 && close-from < 16; j++ {
			if d, last, ok := t.dayAt(j, close); ok {
				return d, j, last, last == end || t.closes(last, close)
			}
		}
		return d, 0, 0, false
	}
	for k < end && k < from+3 && t.words[k].cap && t.lex.months[t.words[k].fold] == 0 && !t.lex.set("weekdays")[t.words[k].fold] && !t.lex.set("definite_day")[t.words[k].fold] {
		k++ // the town
	}
	town := k > from
	if town && (k >= end || !strings.ContainsAny(t.words[k].before, ",(")) {
		return d, 0, 0, false
	}
	if k < end && t.lex.set("definite_day")[t.words[k].fold] {
		k++
	}
	if k >= end {
		return d, 0, 0, false
	}
	d, last, ok = t.dayAt(k, end)
	return d, k, last, ok && (last == end && !town || t.closes(last, close))
}

// closes tells whether what follows a day, from word k on, leaves it alone: a
// dash or a bar, or only the hour to the end of the line.
func (t *text) closes(k, end int) bool {
	if k >= len(t.words) {
		return true
	}
	if b := t.words[k].before; strings.ContainsAny(b, "|•·–—(\n") || strings.Contains(b, " - ") || strings.Contains(b, ") -") {
		return true
	}
	for j := k; j < end && j < k+10; j++ {
		w := &t.words[j]
		if clock, h := strings.CutPrefix(w.fold, "h"); h && strings.Trim(clock, "0123456789") == "" { // 18h30
			continue
		}
		if !w.digit && !t.lex.set("hours")[w.fold] {
			return false
		}
	}
	return end-k <= 10
}
