// Package main is the program: it decides who may do what, and when. It joins
// the rooms that do not know one another (db remembers, importers reads, web
// shows) and is the only user of Gin. Nobody imports it.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"vigie/importers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// errUsage is a fault of the command line that its grammar cannot see.
var errUsage = errors.New("usage")

// run is the whole program but for the process: what the tests call.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var cli commandLine
	code := -1
	parser, err := kong.New(&cli,
		kong.Name("vigie"),
		kong.Description("The public ledger of cyberattacks on retailers: who said what, when, and where we read it."),
		kong.Writers(out, errs),
		kong.Exit(func(c int) { code = c }), // --help ends here
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Vars{"kinds": strings.Join(importers.Kinds(), ", "), "formats": formatNames()},
	)
	if err != nil {
		fmt.Fprintln(errs, "vigie:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(flagsAsWritten(args))
	if code >= 0 {
		return code
	}
	if err != nil {
		fmt.Fprintf(errs, "vigie: %v\nTry: vigie --help\n", err)
		return exitUsage
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	switch err := parsed.Run(&cli.Settings, &streams{in, out, errs}); {
	case errors.Is(err, errUsage):
		fmt.Fprintln(errs, "vigie:", err)
		return exitUsage
	case err != nil:
		fmt.Fprintln(errs, "vigie:", err)
		return exitFailed
	}
	return exitDone
}

// flagsAsWritten lets -help be written with one hyphen, as Go programs do.
func flagsAsWritten(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; a == "-help" {
			out[i] = "--help"
		}
	}
	return out
}

// build names the revision of this program, as far as it is known.
var build = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	if revision == "" {
		return info.Main.Version
	}
	return revision + dirty
})

// built is when this very program was; long ago when that cannot be told.
var built = sync.OnceValue(func() time.Time {
	name, err := os.Executable()
	if err != nil {
		return time.Time{}
	}
	info, err := os.Stat(name)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
})

// program is the hash of this very program, empty when it cannot be read.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
})

// fingerprint names this very program and what it was told to show: it goes into
// every ETag, so that pages of another build, or of another legal notice, are
// never taken for unchanged.
func fingerprint(s *Settings) string {
	shown := *s
	shown.Cache = 0 // the bytes are the same with and without
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %+v", program(), build(), shown))
	return hex.EncodeToString(sum[:8])
}
