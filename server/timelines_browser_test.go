package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys alone: from the drawing of all years into one of its years, into a month, to a
// statement.
func TestATimelineIsZoomedWithTheKeysAlone(t *testing.T) {
	w := full(t).browser(t)
	w.open("/en/timeline")
	w.sees("#finding", "417 statements about 164 cases", "most: 2024")

	// Tab goes through the periods in time, and where it is can be seen.
	w.do("to the drawing", chromedp.Focus(chromedp.CSS(`.plot-box`)))
	var names []string
	for range 40 {
		w.do("tabbing", chromedp.KeyEvent(kb.Tab))
		names = append(names, w.says(`document.activeElement.querySelector("title")?.textContent || ""`))
		if strings.HasPrefix(names[len(names)-1], "2024:") {
			break
		}
	}
	told := strings.Join(names, "|")
	if !strings.Contains(told, "|2007: ") || strings.Index(told, "|2007: ") > strings.Index(told, "|2014: ") || !strings.Contains(names[len(names)-1], "2024: 103 statements") {
		t.Fatalf("Tab goes through %s", told)
	}
	if got := w.says(`getComputedStyle(document.activeElement.querySelector(".hit")).strokeWidth`); got != "3px" {
		t.Errorf("the year that has the focus is framed by %s", got)
	}
	w.leads("pressing Enter on 2024", chromedp.KeyEvent(kb.Enter))
	w.sees("#finding", "103 statements", "2024")
	w.sees(".crumbs", "The whole period", "2020s", "2024")
	if got := w.says(`location.pathname + location.search`); got != "/en/timeline?after=2024&before=2024" {
		t.Errorf("2024 is at %s", got)
	}

	w.do("to September", chromedp.Focus(chromedp.CSS(`.plot a[href*="after=2024-09"]`)))
	w.leads("pressing Enter on September", chromedp.KeyEvent(kb.Enter))
	w.sees("#finding", "26 statements about 6 cases, September 2024")
	if got := w.says(`document.querySelectorAll(".plot a.mark").length`); got != "26" {
		t.Errorf("%s marks for 26 statements", got)
	}
	w.do("to a denial", chromedp.Focus(chromedp.CSS(`.plot a.mark[aria-label^="Temu: denies"]`)))
	w.leads("pressing Enter on the denial", chromedp.KeyEvent(kb.Enter))
	if got := w.says(`location.pathname + location.hash`); !strings.HasPrefix(got, "/en/incidents/temu-2024-09#s") {
		t.Errorf("the denial is at %s", got)
	}
	w.open("/en/timeline?after=2024&before=2024")

	// The next year, then wider.
	w.presses(`.zoom-steps [rel="next"]`)
	w.sees(".crumbs b", "2025")
	w.presses(`.crumbs li:nth-child(2) a`)
	w.sees(".crumbs b", "2020s")
}

// On a phone the page is as wide as the phone: the drawing scrolls in its own box, which
// the keys reach.
func TestADrawnTimelineScrollsInItsOwnBox(t *testing.T) {
	w := full(t).browser(t)
	w.do("a phone", chromedp.EmulateViewport(360, 740))
	w.open("/fr/timeline?lanes=company")
	if got := w.says(`document.documentElement.scrollWidth <= 360 && document.querySelector(".plot-box").scrollWidth > 360 && document.querySelector(".plot-box").tabIndex === 0`); got != "true" {
		t.Error("the page is wider than the phone, or its drawing does not scroll by itself")
	}
	if got := w.says(`Math.min(...[...document.querySelectorAll(".plot text")].map((x) => parseFloat(getComputedStyle(x).fontSize)))`); got != "13" {
		t.Errorf("the smallest text is %s px", got)
	}
	if got := w.says(`[...document.querySelectorAll(".plot .fine")].filter((x) => x.getBoundingClientRect().width > 0).every((x, i, all) => i === 0 || all[i-1].getBoundingClientRect().right <= x.getBoundingClientRect().left)`); got != "true" {
		t.Error("names of years run into one another")
	}
}
