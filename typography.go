package vigie

import "strings"

// noBreak keeps French high punctuation and guillemets with their words.
var noBreak = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!")

// sentence is a text of ours for readers, its French spaces made unbreakable.
func sentence(fr, en string) Text { return Text{FR: noBreak.Replace(fr), EN: en} }
