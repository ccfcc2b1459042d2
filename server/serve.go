package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"vigie/db"
)

type serveCommand struct{}

// Bounds of a connection: a visitor who sends or reads slower than this is let go.
const (
	headerTime   = 10 * time.Second
	requestTime  = 60 * time.Second
	shutdownTime = 10 * time.Second
)

// keepTexts is how long the text of a candidate stays after the decision.
const keepTexts = 30 * 24 * time.Hour

func (c *serveCommand) Run(ctx context.Context, s *Settings, io *streams) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	return s.with(ctx, func(store *db.DB) error {
		edition, err := store.Edition(ctx)
		if err != nil {
			return err
		}
		if edition == 0 {
			report, err := loadShipped(ctx, store)
			if err != nil {
				return fmt.Errorf("loading the shipped record: %w", err)
			}
			fmt.Fprintln(io.out, "Loaded the shipped record:", report)
		}
		if err := firstEditor(ctx, store, s, io); err != nil {
			return err
		}
		listener, err := net.Listen("tcp", s.Addr)
		if err != nil {
			return fmt.Errorf("listening: %w (another Vigie may be running; --addr chooses another address)", err)
		}
		if s.BaseURL == "" {
			s.BaseURL = "http://" + listener.Addr().String()
		}
		handler, err := newServer(store, s)
		if err != nil {
			return err
		}
		hub, err := newHub(s, store, handler.log, time.Now())
		if err != nil {
			return err
		}
		fmt.Fprintf(io.out, "Vigie is at %s\n", s.BaseURL)
		if hub != nil {
			go hub.watch(ctx)
		}
		go forget(ctx, store, handler.log)
		var visits sync.WaitGroup
		visits.Go(func() { handler.visits.watch(ctx) })
		served := serve(ctx, listener, handler)
		stop() // also when it was not asked to: visits under way are recorded before the ledger closes
		visits.Wait()
		return errors.Join(served, handler.Close())
	})
}

// forget deletes, once a day, the texts of third parties that were decided on
// long enough ago, of which the hash stays, and the letters of companies that were
// settled.
func forget(ctx context.Context, store *db.DB, log *slog.Logger) {
	for tick := time.NewTicker(24 * time.Hour); ; {
		if _, err := store.ForgetTexts(ctx, time.Now().Add(-keepTexts)); err != nil && ctx.Err() == nil {
			log.Error("forgetting texts that were decided on", "error", err)
		}
		if _, err := store.ForgetReplies(ctx, time.Now().Add(-keepReplies)); err != nil && ctx.Err() == nil {
			log.Error("forgetting replies that were settled", "error", err)
		}
		if _, err := store.ForgetRuns(ctx, time.Now()); err != nil && ctx.Err() == nil {
			log.Error("forgetting visits that met nothing new", "error", err)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// serve answers until the context ends, then lets requests under way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime, IdleTimeout: 2 * requestTime}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}
