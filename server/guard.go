package main

import (
	"net/http"
	"strings"

	"vigie/web"
)

// policy lets a page load its own stylesheet, script and images, and nothing
// else from anywhere.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// cardPolicy is that of what stands in the pages of others: it runs and sends
// nothing, so that whoever frames it can lead nobody to press anything.
const cardPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"

// guard sets the headers that every answer has; path is the bare one.
func guard(h http.Header, base, path string) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if web.Embeddable(path) {
		h.Set("Content-Security-Policy", cardPolicy)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // with the next line, also in pages that are isolated
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	} else {
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	if strings.HasPrefix(base, "https://") {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
