package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"vigie/db"
	"vigie/web"
)

// exportCommand asks the server of this very program for an address, in process:
// so a file that it writes holds the bytes that the address answers.
type exportCommand struct {
	Format string `default:"ndjson" help:"Format, as the extension of an address: ${formats}. JSON and feeds are one page, as at their address; the others are whole."`
	Of     string `default:"incidents" help:"What to write, as the address without its extension: incidents, timeline, companies, vocabulary, incidents/temu-2024-09, companies/boulanger…"`
	Query  string `arg:"" optional:"" help:"As in an address: 'company=temu&evidence=reported'; or as in the search box: 'fuite sector:grocery'."`
}

func (c *exportCommand) Run(ctx context.Context, s *Settings, streams *streams) error {
	f, ok := web.FormatNamed(c.Format)
	if !ok || f.Page {
		return fmt.Errorf("%w: no format %q; there are: %s", errUsage, c.Format, formatNames())
	}
	query := c.Query
	if query != "" && !strings.Contains(query, "=") {
		query = url.Values{"q": {query}}.Encode()
	}
	return s.with(ctx, func(store *db.DB) error {
		if s.BaseURL == "" {
			s.BaseURL = "http://" + s.Addr
		}
		handler, err := newServer(store, s)
		if err != nil {
			return err
		}
		address := s.BaseURL + "/" + strings.Trim(c.Of, "/") + "." + f.Name + suffix(query)
		return download(ctx, handler, address, streams.out)
	})
}

func formatNames() string {
	var names []string
	for _, f := range web.Formats {
		if !f.Page {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// redirects is how often an address may send on: to the canonical form of its
// query, to the case that replaced the one asked for.
const redirects = 5

// download writes what an address answers.
func download(ctx context.Context, handler http.Handler, address string, out io.Writer) error {
	for range redirects {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		answer := &answered{header: http.Header{}, out: out}
		if err := answer.from(handler, r); err != nil {
			return err
		}
		to, err := r.URL.Parse(answer.header.Get("Location"))
		if err != nil || answer.status < 300 || answer.status > 399 {
			return err
		}
		address = to.String()
	}
	return fmt.Errorf("%s leads nowhere", address)
}

// answered is an answer of our own server: a body that succeeds is handed on as it
// is made, any other is kept to be told.
type answered struct {
	header http.Header
	status int
	out    io.Writer
	told   bytes.Buffer
	broken error // of out
}

func (a *answered) from(handler http.Handler, r *http.Request) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = errors.New("the download broke off: it is not whole")
		}
	}()
	handler.ServeHTTP(a, r)
	if a.broken != nil {
		return fmt.Errorf("writing the export: %w", a.broken)
	}
	if a.status < 400 {
		return nil
	}
	var p web.ProblemDetails
	if err := json.Unmarshal(a.told.Bytes(), &p); err != nil {
		return fmt.Errorf("the address answered %d", a.status)
	}
	if a.status == http.StatusBadRequest {
		return fmt.Errorf("%w: %s", errUsage, p.Detail)
	}
	return errors.New(p.Detail)
}

// Header, WriteHeader and Write make it an http.ResponseWriter.
func (a *answered) Header() http.Header { return a.header }

func (a *answered) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answered) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.status != http.StatusOK {
		return a.told.Write(p)
	}
	n, err := a.out.Write(p)
	if err != nil {
		a.broken = err
	}
	return n, err
}

func suffix(query string) string {
	if query == "" {
		return ""
	}
	return "?" + query
}
