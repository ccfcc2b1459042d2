package db

import (
	"errors"
	"testing"

	"vigie"
)

func TestTokensActForAnEditorAndGoWithThem(t *testing.T) {
	d := open(t)
	for _, name := range []string{"ada", "bob"} {
		if err := d.AddEditor(t.Context(), Editor{Name: name, Role: RoleAdmin, Hash: "opaque"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, token := range []Token{{Hash: "h1", Editor: "ada", Note: "nightly"}, {Hash: "h2", Editor: "ada"}, {Hash: "h3", Editor: "bob"}} {
		if err := d.AddToken(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.AddToken(t.Context(), Token{Hash: "h1", Editor: "bob"}); !errors.Is(err, ErrUnique) {
		t.Errorf("a hash twice: %v", err)
	}
	if err := d.AddToken(t.Context(), Token{Hash: "h9", Editor: "eve"}); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a token of nobody: %v", err)
	}
	token, editor, err := d.Token(t.Context(), "h1")
	if err != nil || token.Note != "nightly" || token.Created.IsZero() || editor.Name != "ada" || editor.Role != RoleAdmin {
		t.Errorf("got %+v of %+v, %v", token, editor, err)
	}
	if _, _, err := d.Token(t.Context(), "h9"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("an unknown hash: %v", err)
	}
	is(t, "of ada", len(must(d.Tokens(t.Context(), "ada"))(t)), 2)
	is(t, "of all", len(must(d.Tokens(t.Context(), ""))(t)), 3)
	if err := d.EndToken(t.Context(), "bob", "h1"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("bob removes ada's: %v", err)
	}
	if err := d.EndToken(t.Context(), "ada", "h1"); err != nil {
		t.Error(err)
	}
	if _, _, err := d.Token(t.Context(), "h1"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("a removed token: %v", err)
	}
	if err := d.RemoveEditor(t.Context(), "ada", "bob"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Token(t.Context(), "h2"); !errors.Is(err, vigie.ErrNotFound) {
		t.Errorf("the token of someone who left: %v", err)
	}
	is(t, "left", len(must(d.Tokens(t.Context(), ""))(t)), 1)
}
