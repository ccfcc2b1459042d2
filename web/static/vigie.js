// Everything works without this file. It only spares a few gestures.
"use strict";

// Copy buttons: hidden until we know that copying is possible.
if (navigator.clipboard) {
  const told = document.body.appendChild(document.createElement("p")); // to those who listen
  told.className = "unseen";
  told.setAttribute("role", "status");
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent.trim());
      } catch { // not allowed here: it is chosen, to be copied by hand
        if (text.select) return text.select();
        return getSelection().selectAllChildren(text);
      }
      button.textContent = told.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; told.textContent = ""; }, 2000);
    });
  }
}

// A long table is narrowed to the rows whose names hold what is typed; its letters lead through it without this.
for (const box of document.querySelectorAll("[data-narrows]")) {
  const table = document.getElementById(box.dataset.narrows);
  const count = document.getElementById(box.getAttribute("aria-describedby"));
  const plain = (text) => text.normalize("NFD").replace(/\p{M}|[’']/gu, "").toLowerCase();
  const narrow = () => {
    const asked = plain(box.value.trim());
    let shown = 0, all = 0;
    for (const part of table.tBodies) {
      const rows = [...part.rows].filter((row) => !row.classList.contains("letter"));
      for (const row of rows) row.hidden = ![...row.cells].slice(0, 2).some((cell) => plain(cell.textContent).includes(asked));
      part.hidden = rows.every((row) => row.hidden);
      shown += rows.filter((row) => !row.hidden).length;
      all += rows.length;
    }
    count.textContent = asked ? shown + " / " + all : "";
  };
  box.addEventListener("input", narrow);
  if (box.value) narrow(); // kept by the browser when one comes back
}

// "/" goes to the search box, as in most reference sites.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-search]");
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  }
});

// What is typed in a form of the desk is kept in this browser until it is saved (desk.js). A save
// leads to a page for everybody: that is where its draft is dropped.
const shelf = {
  prefix: "vigie draft ",
  longest: 60 * 24 * 3600 * 1000,
  get(key) { try { return JSON.parse(localStorage.getItem(this.prefix + key)); } catch { return null; } },
  put(key, value) { try { localStorage.setItem(this.prefix + key, JSON.stringify(value)); } catch { /* full or forbidden: the guard below remains */ } },
  drop(key) { try { localStorage.removeItem(this.prefix + key); } catch { /* nothing was kept */ } },
  keys() {
    try {
      return Object.keys(localStorage).filter((k) => k.startsWith(this.prefix)).map((k) => k.slice(this.prefix.length));
    } catch { return []; }
  },
};
for (const key of shelf.keys()) {
  if (!(Date.now() - (shelf.get(key)?.at ?? 0) < shelf.longest)) shelf.drop(key);
}

// The server says that a save succeeded by the address it sends the browser to.
const waiting = "vigie saving";
const returned = location.hash === "#saved";
if (returned) {
  try {
    const key = sessionStorage.getItem(waiting);
    const name = key?.slice(0, key.lastIndexOf(" ") + 1); // drafts begun on older versions are done with too
    if (name) shelf.keys().filter((k) => k.startsWith(name) && !k.slice(name.length).includes(" ")).forEach((k) => shelf.drop(k));
    sessionStorage.removeItem(waiting);
  } catch { /* no storage, nothing kept */ }
  history.replaceState(history.state, "", location.pathname + location.search);
}

// A link to a row inside a closed section opens it.
const open = () => {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* a sign that stands for itself */ }
  const target = name && document.getElementById(name);
  for (let at = target; at; at = at.parentElement) {
    if (at.tagName === "DETAILS") at.open = true;
  }
  if (target) target.scrollIntoView();
};
addEventListener("hashchange", open);
if (location.hash) open();
