// The search answers while one types. Without this file the same page answers by its form and its
// links: every answer here is that page, fetched at its own address and put in place of the one shown.
"use strict";

{
  const form = document.querySelector("form[data-live]");
  const box = form.elements.q;
  const kept = form.querySelector("[data-kept]");
  const place = document.getElementById(form.dataset.live);
  const told = document.getElementById("told"); // to those who listen
  const trouble = document.getElementById("trouble"); // to all
  const pause = 150; // ms after the last key before we ask
  const patience = 600; // ms before a word half written is called wrong
  const pages = new Map(); // those seen lately, so that "back" is at once
  const remembered = 20;
  let asking = new AbortController();
  let timer = 0;
  let listening = 0;

  const here = () => location.pathname + location.search;
  let shown = here(); // the address of the answer on the page
  let typing = !location.search; // whether this step of the history is of what is being typed: the next answer takes its place
  const keyed = (within, key) => [...within.querySelectorAll("[data-key]")].filter((x) => x.dataset.key === key);

  // What is open, and where the reader is, are the reader's: a new answer leaves both as they were.
  const fill = (page) => {
    const answer = page.getElementById(place.id);
    const opened = [...place.querySelectorAll("details[open][data-key]")].map((x) => x.dataset.key);
    const focus = place.contains(document.activeElement) ? document.activeElement : null;
    place.replaceChildren(...answer.childNodes);
    for (const key of opened) for (const x of keyed(place, key)) if (x.tagName === "DETAILS") x.open = true;
    if (focus) {
      const key = focus.dataset.key ?? "";
      const twin = [key, key.replace(/^-/, "")].flatMap((k) => (k ? keyed(place, k) : [])).find((x) => x.tagName === focus.tagName && x.getClientRects().length);
      (twin || document.getElementById("results")).focus({ preventScroll: true });
    }
    document.title = page.title;
    // The same search in other formats and in the other language.
    const links = 'link[rel="alternate"], link[rel="canonical"]';
    document.head.querySelectorAll(links).forEach((x) => x.remove());
    document.head.append(...page.head.querySelectorAll(links));
    for (const part of [".tongues", ".foot-formats"]) document.querySelector(part)?.replaceWith(page.querySelector(part) ?? "");
  };

  const say = (text) => {
    clearTimeout(listening);
    listening = setTimeout(() => { told.textContent = text; }, 500); // not at every key
  };

  const complain = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
    if (sentence) {
      box.setAttribute("aria-invalid", "true");
      box.setAttribute("aria-describedby", "trouble");
      say(sentence);
    } else {
      box.removeAttribute("aria-invalid");
      box.removeAttribute("aria-describedby");
    }
  };

  const wait = (ms, signal) => new Promise((done, stop) => {
    setTimeout(done, ms);
    signal.addEventListener("abort", () => stop(signal.reason));
  });

  // Asks for a page, and gives the document and the address that it has in the end; an error is
  // given as the sentence of its page.
  const ask = async (address, signal) => {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const at = new URL(answer.url);
    if (answer.ok && page.getElementById(place.id)) return { text, page, at: at.pathname + at.search };
    return { sentence: page.querySelector("main .lead")?.textContent.trim() || form.dataset.lost };
  };

  // how: "replace" while typing, "push" for what "back" should undo, "" when going back. What is typed
  // over an answer that one stopped at is a new step: "back" leads to that answer. Tells whether it
  // is shown.
  const show = async (address, how) => {
    asking.abort();
    clearTimeout(timer);
    const mine = asking = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const found = await ask(address, mine.signal);
      if (found.sentence) {
        if (how === "replace") await wait(patience, mine.signal);
        complain(found.sentence);
        return false;
      }
      if (mine.signal.aborted) return false;
      pages.delete(found.at);
      pages.set(found.at, found.text);
      if (pages.size > remembered) pages.delete(pages.keys().next().value);
      if (how && found.at !== here()) {
        history[how === "replace" && typing ? "replaceState" : "pushState"](null, "", found.at);
        typing = how === "replace";
      } else if (how !== "replace") {
        typing = false;
      }
      shown = here();
      complain("");
      adopt(found.page, how);
      return true;
    } catch (error) {
      if (error.name !== "AbortError") complain(form.dataset.lost);
      return false;
    } finally {
      if (mine === asking) place.removeAttribute("aria-busy");
    }
  };

  // The box is the writer's while he writes: only an answer to something else fills it.
  const adopt = (page, how) => {
    if (how !== "replace") {
      const written = page.querySelector("form[data-live]");
      kept.replaceChildren(...written.querySelector("[data-kept]").childNodes);
      if (box.value !== written.elements.q.value) box.value = written.elements.q.value;
    }
    fill(page);
    say(document.getElementById("results").textContent.trim());
  };

  const asked = () => {
    const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    const query = new URLSearchParams(fields).toString();
    return form.action + (query && "?" + query);
  };

  const typed = () => {
    clearTimeout(timer);
    asking.abort(); // what was asked is no longer the question
    timer = setTimeout(() => show(asked(), "replace"), pause);
  };
  box.addEventListener("input", (event) => { if (!event.isComposing) typed(); });
  box.addEventListener("compositionend", typed);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(asked(), "push");
    if (matchMedia("(pointer: coarse)").matches) document.getElementById("results").focus(); // the keyboard leaves the answer
  });

  // Filters, chips, orders, offers and pages are links to this same page with another query.
  place.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    event.preventDefault();
    const turned = link.rel === "next" || link.rel === "prev";
    if (await show(link.href, "push") && turned) {
      const results = document.getElementById("results");
      results.focus({ preventScroll: true });
      results.scrollIntoView();
    }
  });

  addEventListener("popstate", () => {
    asking.abort();
    clearTimeout(timer);
    typing = false;
    if (here() === shown) return; // a place within the page
    const seen = pages.get(here());
    if (!seen) return show(here(), "");
    shown = here();
    place.removeAttribute("aria-busy");
    complain("");
    adopt(new DOMParser().parseFromString(seen, "text/html"), "");
  });
  pages.set(here(), document.documentElement.outerHTML);

  // Where the stylesheet cannot keep the drawer open as a column, it is opened here.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 56.01rem)").matches) {
    document.getElementById("filters")?.setAttribute("open", "");
  }
}
