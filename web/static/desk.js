// The desk works without this file too: it keeps drafts, follows what is typed and answers to keys.
// It is sent only to those who are signed in.
"use strict";

const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const later = (wait, act) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
};

const takenUp = "vigie taken up";
// tabName tells this tab from another that is open on the same address.
const tabName = () => {
  try {
    let tab = sessionStorage.getItem("vigie tab");
    if (!tab) sessionStorage.setItem("vigie tab", tab = Math.random().toString(36).slice(2, 8));
    return tab;
  } catch { return "0"; }
};

// An editor who leaves with unsaved work is asked first. What is typed in a form with a
// name of its own is kept (the shelf of vigie.js), and offered on return.
for (const form of document.querySelectorAll("[data-guard]")) {
  let changed = "unsaved" in form.dataset;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) changed = false; });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  const name = form.dataset.draft;
  if (!name) continue;
  // Each tab that begins something new keeps its own: two new cases are two drafts.
  const tab = form.dataset.base === "0" ? "#" + tabName() : "";
  const key = name + tab + " " + form.dataset.base;
  const keep = () => { shelf.put(key, { at: Date.now(), base: form.dataset.base, fields: fieldsOf(form) }); };
  form.touched = () => { changed = true; keep(); }; // a button of the form changed it in place
  if (changed) {
    keep();
    try {
      const taken = sessionStorage.getItem(takenUp);
      if (taken && taken !== key) shelf.drop(taken);
      sessionStorage.removeItem(takenUp);
    } catch { /* it stays until it is dropped by hand */ }
  } else offer(form, name, key);
  form.addEventListener("input", later(400, () => { if (changed) keep(); }));
  addEventListener("pagehide", () => { if (changed) keep(); });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    keep();
    try {
      if (["save", "queue", "enter"].includes(event.submitter?.value)) sessionStorage.setItem(waiting, key);
    } catch { /* the draft stays until it is dropped by hand */ }
  });
}

// offer shows that there is a draft: of this version, or of an older one. To take it up is
// to send it to the server as if a row were asked for, so the form comes back as it was.
function offer(form, name, key) {
  const drafts = shelf.keys().filter((k) => (k.startsWith(name + " ") || k.startsWith(name + "#")) && !k.slice(name.length + 1).split(" ").slice(k[name.length] === "#" ? 2 : 1).length)
    .map((k) => [k, shelf.get(k)]).filter(([, draft]) => Array.isArray(draft?.fields))
    .sort((a, b) => (b[0] === key) - (a[0] === key) || b[1].at - a[1].at);
  if (!drafts.length) return;
  const [found, draft] = drafts[0];
  if (found === key && JSON.stringify(draft.fields) === JSON.stringify(fieldsOf(form))) {
    shelf.drop(key);
    return;
  }
  const when = new Date(draft.at).toLocaleString(document.documentElement.lang);
  const words = String(draft.base) === form.dataset.base ? form.dataset.kept : form.dataset.keptOlder;
  const notice = document.createElement("div");
  notice.className = "kept";
  notice.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.replace("{0}", when).replace("{1}", draft.base);
  const button = (label, act) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "plain";
    b.textContent = label;
    b.addEventListener("click", act);
    return b;
  };
  notice.append(text, button(form.dataset.take, () => {
    const back = document.createElement("form");
    back.method = "post";
    back.action = form.getAttribute("action");
    back.hidden = true;
    for (const [field, value] of [...draft.fields.filter(([f]) => f !== "action"), ["action", "preview"]]) {
      const input = document.createElement("textarea"); // keeps the lines of a text
      input.name = field;
      input.value = value;
      back.append(input);
    }
    try { sessionStorage.setItem(takenUp, found); } catch { /* it is offered again */ }
    document.body.append(back);
    back.submit();
  }), button(form.dataset.drop, () => {
    shelf.drop(found);
    notice.remove();
  }));
  form.closest("main").querySelector("h1").after(notice);
}

// The preview follows what is typed, and so does what each row reads like. (A field named id
// hides the form's own: ask for the attribute.)
const previewed = (form) => {
  const place = document.querySelector(`[data-preview-of="${form.getAttribute("id")}"]`);
  let asked;
  return async () => {
    asked?.abort();
    asked = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(fieldsOf(form)), signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      place.innerHTML = await answer.text();
      readOut(form, place);
    } catch (error) {
      if (error.name === "AbortError") return;
      place.textContent = form.dataset.lost;
    }
    place.removeAttribute("aria-busy");
  };
};
// readOut puts beside each row and date what the server reads in it.
const readOut = (form, place) => {
  const read = new Map([...place.querySelectorAll("[data-reads-of]")].map((e) => [e.dataset.readsOf, e.textContent]));
  for (const at of form.querySelectorAll("[data-reads]")) at.textContent = read.get(at.dataset.reads) ?? "";
  for (const from of place.querySelectorAll("[data-brief-of]")) {
    form.querySelector(`[data-brief="${from.dataset.briefOf}"]`)?.replaceChildren(...from.childNodes);
  }
};
for (const form of document.querySelectorAll("[data-preview]")) {
  form.look = previewed(form);
  form.addEventListener("input", later(500, form.look));
  document.querySelector("[data-preview-button]").hidden = true;
  form.look();
}

// The buttons of the ledger send the form and get it back, as they do without this file; here only
// the form is exchanged, and the page stays where it is.
const worked = /^(rows|quick|copy|up|down|sort|take)(:|$)/;
const work = async (form, action) => {
  const body = new URLSearchParams(fieldsOf(form).filter(([name]) => name !== "action"));
  body.set("action", action);
  const opened = new Set([...form.querySelectorAll("details[data-key][open]")].map((d) => d.dataset.key));
  const from = document.activeElement;
  form.setAttribute("aria-busy", "true");
  form.inert = true; // what would be typed until the answer is there would be lost with the old rows
  const free = () => {
    form.inert = false;
    form.removeAttribute("aria-busy");
  };
  let answer;
  try {
    answer = await fetch(form.getAttribute("action"), { method: "POST", body });
  } catch { // no network: the page stays as it is
    free();
    from?.focus();
    const said = form.querySelector("[data-said]");
    if (said) said.textContent = form.dataset.unreached;
    said?.scrollIntoView({ block: "nearest" });
    form.touched?.();
    return;
  }
  try {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.getAttribute("id"));
    if (!fresh) throw new Error(answer.status);
    form.replaceChildren(...fresh.childNodes);
    free();
    for (const row of form.querySelectorAll("details[data-key]")) row.open ||= opened.has(row.dataset.key);
    ready(form);
    form.touched?.();
    form.look?.();
    const to = form.querySelector("[autofocus]") ?? form.querySelector("#conflict, [data-quick] input");
    openTo(to);
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
  } catch { // signed out, or refused: let the browser say so
    free();
    const button = document.createElement("button");
    button.name = "action";
    button.value = action;
    button.hidden = true;
    button.formNoValidate = true;
    button.dataset.plain = "";
    form.append(button);
    button.click();
  }
};
const openTo = (target) => {
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
};
// ready arms what is in a form that was just drawn: the search among kinds of data.
const ready = (form) => {
  for (const box of form.querySelectorAll("[data-sift]")) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    const plainly = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    box.addEventListener("input", (event) => {
      event.stopPropagation(); // it is not part of the case
      for (const row of box.closest("details").querySelectorAll(".data-row")) row.hidden = !plainly(row.firstElementChild.textContent).includes(plainly(box.value.trim()));
    });
  }
};
for (const form of document.querySelectorAll("form.edit")) {
  ready(form);
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    let action = button?.name === "action" ? button.value : "";
    if (action === "enter" && document.activeElement?.closest("[data-quick]")) action = "quick";
    if (!worked.test(action) || "plain" in button.dataset) return;
    event.preventDefault();
    work(form, action);
  }, { capture: true });
  // One kind of data is not both exposed and not: the last tick holds.
  form.addEventListener("change", (event) => {
    const row = event.target.closest?.(".data-row");
    if (!row || !event.target.checked) return;
    for (const box of row.querySelectorAll(":checked")) if (box !== event.target) box.checked = false;
  });
}
// A problem leads to its field: the row opens, and the keyboard is there.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".problems a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  openTo(target);
  const field = target.matches("input:not([type=hidden]), select, textarea") ? target : target.querySelector("input:not([type=hidden]), select, textarea, summary") ?? target;
  field.focus();
  field.scrollIntoView({ block: "center" });
});
// Alt and N goes to the row that adds a statement.
document.addEventListener("keydown", (event) => {
  const quick = document.querySelector("[data-quick] input:not([type=hidden])");
  if (!quick || !event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyN" && event.key.toLowerCase() !== "n") return;
  event.preventDefault();
  quick.focus();
  quick.closest("[data-quick]").scrollIntoView({ block: "nearest" });
});

// "c" says that a case was checked today: the only one of the page, or in a list the one
// of the row where the keyboard is. The first time, in a list, it only goes to the first.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const all = [...document.querySelectorAll("[data-checked]")].filter((form) => form.dataset.checked === event.key);
  if (!all.length) return;
  const here = event.target.closest("tr")?.querySelector("[data-checked]") ?? (all.length === 1 && !all[0].closest("tr") ? all[0] : null);
  event.preventDefault();
  if (here) here.requestSubmit();
  else (all[0].closest("tr")?.querySelector("a") ?? all[0].querySelector("button")).focus();
});

// A value that was read and its words light up together, whichever the pointer or the
// keyboard is on. Without this, each is a link to the other.
const reads = [...document.querySelectorAll("[data-read]")];
const light = (from) => {
  const values = from ? from.dataset.read.split(" ") : [];
  for (const to of reads) to.classList.toggle("lit", to.dataset.read.split(" ").some((v) => values.includes(v)));
};
for (const here of reads) {
  here.addEventListener("pointerenter", () => light(here));
  here.addEventListener("focus", () => light(here));
  for (const end of ["pointerleave", "blur"]) here.addEventListener(end, () => light(null));
}

// The keys of the desk. They are those of the table in the help, and are silent while
// something is typed, with a modifier, and under an open dialog.
const queue = document.querySelector("[data-queue]");
const rows = [...document.querySelectorAll("[data-row]")];
const rejecting = document.querySelector("[data-reasons]");
const help = document.getElementById("keys");
const typable = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const place = "vigie queue place";
const rowOf = (at) => at.closest?.("[data-row]");
const go = (row) => {
  row?.querySelector("[data-row-link]").focus();
  row?.scrollIntoView({ block: "nearest" });
};
// mark keeps where the keyboard was, for when this queue is shown again.
const mark = (n) => {
  try { sessionStorage.setItem(place, `${location.pathname}${location.search} ${Math.max(n, 0)}`); } catch { /* the keyboard begins at the top */ }
};
let left; // the row that the keyboard was on last
for (const row of rows) {
  row.addEventListener("focusin", () => { left = row; });
  row.addEventListener("click", (event) => { if (event.target.closest("a")) mark(rows.indexOf(row)); });
}

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
if (queue) {
  const told = queue.querySelector("[data-ticked]");
  const boxes = [...queue.querySelectorAll("[name=candidate]")];
  const count = () => {
    const n = boxes.filter((b) => b.checked).length;
    if (told) told.textContent = n ? told.dataset.some.replace("{0}", n) : told.dataset.none;
  };
  queue.addEventListener("change", count);
  queue.tickAll = () => {
    const all = boxes.every((b) => b.checked);
    for (const b of boxes) b.checked = !all;
    count();
  };
  const button = queue.querySelector("[data-all]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", queue.tickAll);
  }
  // After a decision the page comes again: the keyboard is where it was, on the next row.
  queue.addEventListener("submit", () => mark(rows.findIndex((row) => row.querySelector(":checked"))));
}
if (queue || rows.length === 0 && document.querySelector(".sift")) {
  try {
    const [path, n] = (sessionStorage.getItem(place) ?? "").split(" ");
    const shown = location.pathname + location.search;
    if (returned && path && path !== shown) location.replace(path); // back from a case to the queue that was left
    else {
      sessionStorage.removeItem(place);
      if (path === shown) go(rows[Math.min(Number(n), rows.length - 1)]);
    }
  } catch { /* no storage: the keyboard begins at the top */ }
}

const step = (by) => {
  if (!rows.length) return document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const at = rows.indexOf(rowOf(document.activeElement) ?? (left || null));
  if (by > 0 && at === rows.length - 1) return document.querySelector(".more a")?.focus();
  go(rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]);
};
const here = () => rowOf(document.activeElement) ?? (left || null);
const leave = (to) => {
  mark(rows.indexOf(here()));
  location.href = to;
};
const deskKeys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => here()?.querySelector("[data-row-link]").click(),
  x: () => here()?.querySelector("[name=candidate]")?.click(),
  X: () => queue?.tickAll(),
  a() {
    if (here()) leave(here().dataset.attach);
    else (document.querySelector(".suspect.same [data-attach]") ?? document.getElementById("decide"))?.[document.querySelector(".suspect.same") ? "click" : "focus"]();
  },
  n() {
    if (here()) leave(here().dataset.new);
    else document.querySelector("[data-new]")?.click();
  },
  r() {
    if (!rejecting) return;
    const row = here();
    if (queue && row && !queue.querySelector("[name=candidate]:checked")) row.querySelector("[name=candidate]")?.click();
    rejecting.querySelector("button").focus();
  },
  u() {
    const form = document.querySelector("[data-undo]");
    form?.requestSubmit(form.querySelector("button"));
  },
  "?": () => help.showModal(),
};
// Control (or Command) and Enter saves from any field of a case that comes from the desk.
document.addEventListener("keydown", (event) => {
  const save = document.querySelector("[data-save]");
  if (save && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
    event.preventDefault();
    save.click();
  }
});

if (help) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  const at = document.activeElement;
  if (event.key === "Escape") {
    if (at.closest(typable) || rejecting?.contains(at)) left ? go(left) : at.blur();
    return;
  }
  if (at.closest(typable)) return;
  if (rejecting?.contains(at) && /^[1-9]$/.test(event.key)) {
    const button = rejecting.querySelectorAll("[name=why]")[event.key - 1];
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  const act = Object.hasOwn(deskKeys, event.key) && deskKeys[event.key];
  if (!act || event.repeat && !"jk".includes(event.key)) return;
  event.preventDefault();
  act();
});
