// Package fetch is the only part of importers that opens connections. It gets
// one page, refusing private addresses, long bodies and endless redirects.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"vigie/importers"
)

// Options of a Client; zero values are the defaults in brackets.
type Options struct {
	AllowPrivate bool             // reach private and loopback addresses: tests and intranets
	Timeout      time.Duration    // of the whole request [20 s]
	MaxBody      int64            // bytes, once decompressed [importers.MaxBody]
	MaxRedirects int              // [5]; below 0, none
	UserAgent    string           // [Vigie …]
	Now          func() time.Time // stamps Retrieved [time.Now]
}

// Errors that say why a page was not got. ErrStatus is wrapped with the status.
var (
	ErrAddress  = errors.New("not an address of the web")
	ErrPrivate  = errors.New("a private address, which Vigie does not visit")
	ErrTooLong  = errors.New("the page is too long")
	ErrRedirect = errors.New("too many redirects")
	ErrStatus   = errors.New("the site answered with an error")
	ErrTimeout  = errors.New("the site did not answer in time")
	ErrRobots   = errors.New("the site asks programs not to read this (robots.txt)")
)

// Client fetches pages. It may be used by many at once.
type Client struct {
	http *http.Client
	opts Options
}

// New makes a client.
func New(opts Options) *Client {
	if opts.Timeout <= 0 {
		opts.Timeout = 20 * time.Second
	}
	if opts.MaxBody <= 0 {
		opts.MaxBody = importers.MaxBody
	}
	if opts.MaxRedirects == 0 {
		opts.MaxRedirects = 5
	}
	if opts.UserAgent == "" {
		opts.UserAgent = "Vigie (ledger of cyberattacks on retailers; reads pages its editors ask for)"
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	dialer := &net.Dialer{Timeout: opts.Timeout, KeepAlive: 15 * time.Second}
	if !opts.AllowPrivate {
		// after DNS and before connect, so that a name cannot change its mind between
		dialer.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  opts.Timeout,
		MaxResponseHeaderBytes: 256 << 10,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConnsPerHost:    2,
		ForceAttemptHTTP2:      true,
	} // no Proxy: a proxy would dial for us, past the guard
	return &Client{opts: opts, http: &http.Client{Transport: transport, Timeout: opts.Timeout, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > max(0, opts.MaxRedirects) {
			return ErrRedirect
		}
		if err := checked(req.URL); err != nil {
			return err
		}
		if ask, ok := req.Context().Value(hopKey{}).(hop); ok {
			return ask(req.Context(), req.URL)
		}
		return nil
	}}}
}

// HTTP is the guarded client itself, for outgoing pings.
func (c *Client) HTTP() *http.Client { return c.http }

// Get fetches a page. Its errors are plain sentences that wrap those above.
func (c *Client) Get(ctx context.Context, address string) (importers.Document, error) {
	answer, err := c.Ask(ctx, Ask{Address: address})
	return answer.Document, err
}

func (c *Client) tooLong() error {
	return fmt.Errorf("%w: more than %d bytes", ErrTooLong, c.opts.MaxBody)
}

// longestAddress is more than most servers take; one without a bound would be held
// against every rule of a robots.txt.
const longestAddress = 8000

// checked refuses what is no web address before any connection: hidden services
// are never visited.
func checked(u *url.URL) error {
	if len(u.Path)+len(u.RawQuery) > longestAddress {
		return ErrAddress
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if (u.Scheme != "http" && u.Scheme != "https") || host == "" || u.User != nil || strings.HasSuffix(host, ".onion") {
		return ErrAddress
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() != "" {
		return ErrAddress
	}
	return nil
}

// plain puts the errors of the network into words.
func plain(err error) error {
	var timeout interface{ Timeout() bool }
	var dns *net.DNSError
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return ErrPrivate
	case errors.Is(err, ErrRedirect), errors.Is(err, ErrAddress), errors.Is(err, ErrStatus), errors.Is(err, ErrTooLong), errors.Is(err, ErrRobots), errors.Is(err, ErrUnread):
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			return wrapped.Err
		}
		return err
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("no site by the name %s", dns.Name)
	case errors.As(err, &timeout) && timeout.Timeout():
		return ErrTimeout
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
