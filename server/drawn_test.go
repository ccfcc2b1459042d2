//go:build !race

package main

// drawnQueries is how many are drawn: see TestTenThousandQueriesAgreeWithANaiveFilter.
const drawnQueries = 10_000
