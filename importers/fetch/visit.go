package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vigie/importers"
)

// Ask is a page that was perhaps got before, and what the site said of it then
// (RFC 9110 §13.1).
type Ask struct {
	Address      string
	ETag         string
	LastModified string
}

// short is the address as errors tell it, which are kept and shown.
func (a Ask) short() string {
	if len(a.Address) <= longestTold {
		return a.Address
	}
	return strings.ToValidUTF8(a.Address[:longestTold], "") + "…"
}

// longestTold is how many bytes of an address an error tells.
const longestTold = 300

// Answer is what a site said to an Ask.
type Answer struct {
	Document     importers.Document // without a body when nothing changed
	Unchanged    bool               // 304: it is as it was
	ETag         string             // for the next Ask
	LastModified string
	MaxAge       time.Duration // how long it asks not to be visited again (Cache-Control, less Age)
	Moved        string        // where it says that the address went for good (301, 308 all the way)
}

// StatusError is an answer that is no success. It is an ErrStatus.
type StatusError struct {
	Code       int
	Status     string        // "503 Service Unavailable"
	RetryAfter time.Duration // how long the site asks us to stay away, 0 when it does not say
}

func (e *StatusError) Error() string { return ErrStatus.Error() + ": " + e.Status }
func (e *StatusError) Unwrap() error { return ErrStatus }

// RetryAfter is how long the site asked us to stay away with its error, or of that
// what is left, else 0.
func RetryAfter(err error) time.Duration {
	var status *StatusError
	var away *awayError
	switch {
	case errors.As(err, &status):
		return status.RetryAfter
	case errors.As(err, &away):
		return away.left
	}
	return 0
}

// Gone tells whether the site says that nothing is there any more, and never will
// be (410).
func Gone(err error) bool {
	var status *StatusError
	return errors.As(err, &status) && status.Code == http.StatusGone
}

// Passing tells whether an error may be over the next time: the site was busy, or
// did not answer.
func Passing(err error) bool {
	var status *StatusError
	if errors.As(err, &status) {
		return status.Code >= 500 || status.Code == http.StatusTooManyRequests || status.Code == http.StatusRequestTimeout || status.Code == http.StatusTooEarly
	}
	for _, lasting := range []error{ErrAddress, ErrPrivate, ErrTooLong, ErrRedirect, ErrRobots} {
		if errors.Is(err, lasting) {
			return false
		}
	}
	return err != nil
}

// Ask fetches a page unless it is as it was. Errors are as those of Get.
func (c *Client) Ask(ctx context.Context, a Ask) (Answer, error) {
	answer, err := c.ask(ctx, a)
	if err != nil {
		return Answer{}, fmt.Errorf("fetching %s: %w", a.short(), plain(err))
	}
	return answer, nil
}

// hop is asked before every redirect is followed, when the context has one.
type hop func(ctx context.Context, to *url.URL) error

type hopKey struct{}

func (c *Client) ask(ctx context.Context, a Ask) (Answer, error) {
	u, err := url.Parse(strings.TrimSpace(a.Address))
	if err != nil {
		return Answer{}, ErrAddress
	}
	if err := checked(u); err != nil {
		return Answer{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Answer{}, ErrAddress
	}
	req.Header.Set("User-Agent", c.opts.UserAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.9, */*;q=0.5")
	req.Header.Set("Accept-Language", "fr, en;q=0.8")
	if a.ETag != "" {
		req.Header.Set("If-None-Match", a.ETag)
	}
	if a.LastModified != "" {
		req.Header.Set("If-Modified-Since", a.LastModified)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer res.Body.Close()
	now := c.opts.Now().UTC()
	answer := Answer{ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified"), MaxAge: maxAge(res.Header), Moved: moved(u, res)}
	if res.StatusCode == http.StatusNotModified && (a.ETag != "" || a.LastModified != "") {
		answer.Unchanged = true
		if answer.ETag == "" && answer.LastModified == "" {
			answer.ETag, answer.LastModified = a.ETag, a.LastModified
		}
		answer.Document = importers.Document{URL: res.Request.URL.String(), Retrieved: now}
		return answer, nil
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return Answer{}, &StatusError{Code: res.StatusCode, Status: res.Status, RetryAfter: retryAfter(res.Header, now)}
	}
	if res.ContentLength > c.opts.MaxBody {
		return Answer{}, c.tooLong()
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, c.opts.MaxBody+1))
	if err != nil {
		return Answer{}, err
	}
	if int64(len(body)) > c.opts.MaxBody {
		return Answer{}, c.tooLong()
	}
	answer.Document = importers.Document{URL: res.Request.URL.String(), ContentType: res.Header.Get("Content-Type"), Body: body, Retrieved: now}
	return answer, nil
}

// moved is where an address went for good: every redirect on the way said so.
func moved(asked *url.URL, res *http.Response) string {
	req := res.Request
	if req.Response == nil {
		return ""
	}
	for r := req.Response; r != nil; r = r.Request.Response {
		if r.StatusCode != http.StatusMovedPermanently && r.StatusCode != http.StatusPermanentRedirect {
			return ""
		}
	}
	if to := req.URL.String(); to != asked.String() {
		return to
	}
	return ""
}

// retryAfter reads the header of that name: seconds, or a date (RFC 9110
// §10.2.3). What is malformed says nothing.
func retryAfter(h http.Header, now time.Time) time.Duration {
	said := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(said, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if at, err := http.ParseTime(said); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// maxAge is how long an answer stays fresh: max-age less the Age it came with
// (RFC 9111 §4.2).
func maxAge(h http.Header) time.Duration {
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		seconds, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 32)
		age, _ := strconv.ParseInt(strings.TrimSpace(h.Get("Age")), 10, 32) // absent or malformed: none
		if err == nil {
			return max(0, time.Duration(seconds-max(0, age))*time.Second)
		}
	}
	return 0
}
