package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"vigie/db"
)

func TestWhatTimeMendsSaysWhenToAskAgain(t *testing.T) {
	h := loaded(t)
	for err, want := range map[error]string{errNotYet: "60", context.DeadlineExceeded: "30", db.ErrFull: ""} {
		w := httptest.NewRecorder()
		c, _ := gin.CreateTestContext(w)
		r := httptest.NewRequest(http.MethodGet, "/dump/vigie.zip", nil)
		c.Request = h.server.readAddress(r).into(r)
		h.server.fail(c, fmt.Errorf("asked: %w", err))
		if got := w.Header().Get("Retry-After"); w.Code != http.StatusServiceUnavailable || got != want {
			t.Errorf("%v: %d, Retry-After %q, want %q", err, w.Code, got, want)
		}
	}
}
