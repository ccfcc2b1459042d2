# Two commands are enough: make run, make test. They need Go, a C compiler and make.
# go-sqlite3 has full-text search only with its tag; without it the build stops and says so. The other leaves out
# a codec of Gin that nobody here uses and that takes half a minute to compile.
TAGS    := sqlite_fts5,nomsgpack
GO      ?= go
GOFLAGS += -tags=$(TAGS)
# SQLite without symbols for a debugger compiles in two thirds of the time.
export CGO_CFLAGS := -O2
export CGO_ENABLED := 1
export GOFLAGS

# Everything that goes into the program, so that a second `make run` builds nothing.
SOURCES := go.mod go.sum $(shell find . -name '*.go' -not -name '*_test.go' -not -path './.git/*') \
           $(shell find db/migrations web/templates web/static web/words data/incidents data/reading data/*.json -type f 2>/dev/null)

.PHONY: run test bench fuzz golden check build

run: bin/vigie
	./bin/vigie serve $(ARGS)

build: bin/vigie

bin/vigie: $(SOURCES)
	@echo "building Vigie (the first time takes a minute: SQLite is compiled)"
	$(GO) build -o $@ ./server

# The race detector where goroutines meet: the store, and those tests of the server in which several
# clients, programs or visits meet. All of the server under it takes three times as long.
MEETINGS := Twenty|Twice|Hub|Program|Dump|Poll|Visit|Stopped|Died|Clients|TheCache|Story|Download
test:
	$(GO) vet ./...
	$(GO) test -timeout 20m $(TESTFLAGS) . ./importers/... ./web/... ./server/...
	$(GO) test -race $(TESTFLAGS) ./db/...
	$(GO) test -race $(TESTFLAGS) -run '$(MEETINGS)' ./server

# Ratios measured side by side in one run; never timed tests.
bench:
	$(GO) test -run '^$$' -bench . -benchtime $(or $(BENCHTIME),1s) ./...

# Each fuzz target for a while: make fuzz FUZZTIME=5m
fuzz:
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "== $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(or $(FUZZTIME),30s) -fuzzminimizetime 10x $$p || exit 1; \
	  done; done

# Write the golden files anew; read the diff before you commit it.
golden:
	$(GO) test . ./importers ./web -args -update

# The linters of .golangci.yml, and the formatting.
check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "gofmt -w these files"; exit 1; }
	golangci-lint run ./...
