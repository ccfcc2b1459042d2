//go:build race

package main

const drawnQueries = 1_000
