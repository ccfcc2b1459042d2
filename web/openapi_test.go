package web

import "testing"

func TestTheDescriptionOfTheAPIIsMade(t *testing.T) {
	if _, err := OpenAPI("http://127.0.0.1", Settings{}); err != nil {
		t.Error(err)
	}
}
