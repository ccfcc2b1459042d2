package web

import (
	"cmp"
	"strings"

	"vigie"
)

// Safe is a sentence that may be copied into an article: the generated headline, how
// sure it is, what the company says, and where and in which version to read it.
func (w *Words) Safe(p Incident) (string, error) {
	s := p.standing()
	parts := []string{strings.TrimSuffix(headline(p.Record, w.Lang), ".") + "."}
	say := func(key string, args ...any) error {
		sentence, err := w.Say(key, args...)
		parts = append(parts, sentence)
		return err
	}
	evidence := cmp.Or(string(s.Evidence), "none")
	if err := say("safe.evidence." + evidence); err != nil {
		return "", err
	}
	key, day := "safe.position."+string(s.Position), p.Since("P").On.In(w.Lang)
	if s.Position == vigie.NoStatement {
		day = p.Record.Checked.In(w.Lang)
	}
	if day == "" {
		key += ".undated"
	}
	if err := say(key, p.Company.Name, day); err != nil {
		return "", err
	}
	address := p.Base + PagePath(w.Lang, VersionPath(p.Record.ID, p.Shown()))
	if p.AsOf != "" {
		address = p.Base + PagePath(w.Lang, IncidentPath(p.Record.ID)) + "?as_of=" + string(p.AsOf)
	}
	err := say("safe.source", p.Site.Name, p.Record.ID, p.Shown(), address)
	return strings.Join(parts, " "), err
}
