package reading

import "strings"

// heads finds headings, and ties the items of a list to the line that
// introduces it.
func (t *text) heads() {
	head, outer := -1, -1
	for i := range t.sents {
		s := &t.sents[i]
		end := t.after(s.to - 1)
		alone := (i == 0 || t.sents[i-1].para != s.para) && (i+1 == len(t.sents) || t.sents[i+1].para != s.para)
		colon := strings.HasPrefix(strings.TrimLeft(end, " \u00a0\u202f)»”\""), ":")
		s.heading = alone && i > 0 && !s.item && s.to-s.from <= 14 && (colon || strings.HasPrefix(strings.TrimLeft(end, " \u00a0\u202f"), "?") || !strings.ContainsAny(end[:len(end)-len(strings.TrimLeft(end, ".!?…;,»”\") "))], ".!?…;,"))
		switch {
		case s.item || (i > 0 && t.sents[i-1].item && t.sents[i-1].para == s.para):
			if outer >= 0 && t.labelled(s) { // an item with a word for itself ends the list within the list
				head, outer = outer, -1
			}
			if s.head = head; colon && s.item && i+1 < len(t.sents) && t.sents[i+1].item && outer < 0 {
				head, outer = i, head
			}
		case colon && alone || colon && i+1 < len(t.sents) && t.sents[i+1].para != s.para:
			head, outer = i, -1
		default:
			head, outer = -1, -1
		}
	}
	t.bareLists()
}

// bareLists finds the lists that print no mark before their items: lines in small
// letters or ended by a semicolon, under a line that ends with a colon; and three
// short lines or more under a heading.
func (t *text) bareLists() {
	head := -1
	for i := range t.sents {
		s := &t.sents[i]
		end := strings.TrimLeft(t.after(s.to-1), " \u00a0\u202f)»”\"")
		first := i == 0 || t.sents[i-1].para != s.para
		opens := i > 0 && (strings.HasPrefix(end, ":") || i+2 < len(t.sents) && t.semicolon(i+1) && t.semicolon(i+2))
		switch {
		case s.item || !first && head < 0 && !opens:
			head = -1
		case first && head >= 0 && s.to-s.from <= 30 && (strings.HasPrefix(end, ";") || !t.words[s.from].cap && !t.words[s.from].digit && !strings.HasPrefix(end, ":") || s.to-s.from <= 30 && strings.HasPrefix(end, ".") && !strings.Contains(end[1:], ".") && strings.Contains(t.words[s.from].before, ";") || s.heading && s.to-s.from <= 5 && !strings.ContainsAny(t.words[s.from].before, ";.")):
			s.item, s.heading, s.head = true, false, head
		case !first && head >= 0 && t.sents[i-1].head == head:
			s.head = head
		case opens:
			head = i
		default:
			head = -1
		}
	}
	for i := t.title; i < len(t.sents); i++ {
		j := i
		for j < len(t.sents) && t.sents[j].heading && t.sents[j].to-t.sents[j].from <= 9 {
			j++
		}
		if j < len(t.sents) {
			j-- // the heading of what follows
		}
		if j-i < 4 {
			continue
		}
		for k := i + 1; k < j; k++ {
			t.sents[k].item, t.sents[k].heading, t.sents[k].head = true, false, i
		}
		i = j
	}
}

// labelled tells whether a line begins with its own label: "Impact : …".
func (t *text) labelled(s *sentence) bool {
	for k := s.from + 1; k < s.to && k < s.from+6; k++ {
		if strings.Contains(t.words[k].before, ":") {
			return true
		}
	}
	return false
}

// semicolon tells whether sentence i is a short line that ends with a semicolon.
func (t *text) semicolon(i int) bool {
	s := &t.sents[i]
	return t.sents[i-1].para != s.para && s.to-s.from <= 30 && strings.HasPrefix(strings.TrimLeft(t.after(s.to-1), " \u00a0\u202f)»”\""), ";")
}
