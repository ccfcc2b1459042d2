// What the tests of the looks ask of a page: put into it before its own scripts run.
"use strict";
(() => {
  const seen = { shift: 0, faults: [], focused: [] };
  const say = (what) => { if (seen.faults.length < 10) seen.faults.push(what); };
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) seen.shift += e.value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("securitypolicyviolation", (e) => say(`policy: ${e.violatedDirective} ${e.blockedURI}`));
  addEventListener("error", (e) => say(`error: ${e.message || e.target.src || e.target.href}`), true);
  addEventListener("unhandledrejection", (e) => say(`rejected: ${e.reason}`));
  const error = console.error;
  console.error = (...words) => { say(`console: ${words.join(" ")}`); error(...words); };
  const name = (e) => {
    const path = [];
    for (let n = e; n && n.tagName && path.length < 4; n = n.parentElement) path.unshift(n.tagName.toLowerCase() + (n.id ? "#" + n.id : n.className && n.className.baseVal === undefined ? "." + String(n.className).trim().split(/\s+/).join(".") : ""));
    return path.join(">") + ` “${(e.textContent || e.value || "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  addEventListener("focusin", (e) => seen.focused.push(e.target));
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const reachable = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], audio, video, iframe")]
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden" && shown(e) && !e.closest("[inert]"));
  const unseen = (e) => { // for ears alone, or not yet focused
    for (let n = e; n && n !== document.body; n = n.parentElement) {
      const s = getComputedStyle(n);
      if (s.clipPath.startsWith("inset(50%") || s.clip === "rect(0px, 0px, 0px, 0px)" || n.clientWidth === 1 && n.clientHeight === 1) return true;
    }
    return false;
  };
  const scrolls = (e) => {
    for (let n = e; n && n !== document.documentElement; n = n.parentElement) if (/auto|scroll/.test(getComputedStyle(n).overflowX)) return true;
    return false;
  };
  window.vigieProbe = {
    said: () => {
      const strangers = performance.getEntriesByType("resource").map((e) => e.name).filter((n) => new URL(n).origin !== location.origin && !n.startsWith("data:"));
      const out = [...seen.faults];
      if (seen.shift > 0) out.push(`the layout shifts by ${seen.shift.toFixed(4)}`);
      for (const s of strangers) out.push(`a request to ${s}`);
      const lang = location.pathname.split("/").find((p) => p === "fr" || p === "en");
      const root = document.documentElement;
      if (root.lang !== lang) out.push(`the page is in ${root.lang}, the address in ${lang}`);
      for (const e of document.querySelectorAll("[lang]")) if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(e.lang)) out.push(`lang="${e.lang}" on ${name(e)}`);
      if (document.querySelectorAll("h1").length !== 1) out.push(`${document.querySelectorAll("h1").length} titles h1`);
      return out;
    },
    wide: () => {
      const out = [];
      const root = document.documentElement;
      if (root.scrollWidth > innerWidth) {
        let worst = null, right = innerWidth;
        for (const e of document.body.querySelectorAll("*")) {
          const r = e.getBoundingClientRect();
          if (r.right > right + .5 && !scrolls(e.parentElement)) { worst = e; right = r.right; }
        }
        out.push(`${root.scrollWidth} px wide in a window of ${innerWidth}: ${worst ? name(worst) : "?"}`);
      }
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      const told = new Set();
      for (let t = walker.nextNode(); t; t = walker.nextNode()) {
        const e = t.parentElement;
        if (!t.data.trim() || /^(SCRIPT|STYLE|TITLE|DESC|OPTION|TEXTAREA)$/i.test(e.tagName) || !shown(e) || unseen(e)) continue;
        let box = e;
        const drawing = e.closest("svg");
        if (drawing) box = drawing;
        else while (box.parentElement && /^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement;
        if (told.has(box)) continue;
        const edge = box.getBoundingClientRect();
        range.selectNodeContents(t);
        for (const r of range.getClientRects()) {
          if (r.width && (r.right > edge.right + 1.5 || r.left < edge.left - 1.5 || drawing && r.bottom > edge.bottom + 1.5) && !(box !== e ? scrolls(box) && !drawing : scrolls(e))) {
            told.add(box);
            out.push(`${drawing ? "cut in its drawing" : "beyond its box"}: “${t.data.trim().slice(0, 40)}” in ${name(box)} (${Math.round(r.left)}–${Math.round(r.right)} of ${Math.round(edge.left)}–${Math.round(edge.right)})`);
            break;
          }
        }
        for (let n = e; n && n !== document.body && !told.has(n); n = n.parentElement) {
          const s = getComputedStyle(n);
          if (/hidden|clip/.test(s.overflowX) && n.scrollWidth > n.clientWidth + 1 && n.clientWidth > 1 && !/^(INPUT|SELECT)$/.test(n.tagName)) {
            told.add(n);
            out.push(`clipped: ${name(n)} (${n.scrollWidth} of ${n.clientWidth})`);
          }
        }
      }
      return out.slice(0, 6);
    },
    focus: () => {
      const out = [];
      const look = (e) => { const s = getComputedStyle(e); return [s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 ? s.outlineColor + s.outlineWidth : "", s.boxShadow, s.borderColor, s.backgroundColor, s.stroke, s.strokeWidth, s.fill].join("|"); };
      const looks = (e) => [e, ...(e.ownerSVGElement ? e.querySelectorAll("*") : [])].map(look).join("\n"); // in a drawing the mark itself may show it
      for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) out.push(`an order of its own: ${name(e)}`);
      for (const e of reachable()) {
        const before = looks(e);
        e.focus({ focusVisible: true, preventScroll: true });
        if (document.activeElement !== e) { out.push(`takes no focus: ${name(e)}`); continue; }
        if (looks(e) === before) out.push(`its focus is not seen: ${name(e)}`);
        e.blur();
      }
      return out.slice(0, 6);
    },
    small: () => { // anything one presses is at least 24 px high, or stands in a line of text (WCAG 2.2, 2.5.8)
      const out = [];
      for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, summary, .button")) {
        const r = e.getBoundingClientRect();
        const label = e.closest("label");
        const high = Math.max(r.height, label ? label.getBoundingClientRect().height : 0);
        if (shown(e) && !unseen(e) && high < 23.5) out.push(`${Math.round(high)} px high: ${name(e)}`);
      }
      return out.slice(0, 6);
    },
    still: () => {
      const out = document.getAnimations().map((a) => `moves: ${name(a.effect.target)}`);
      for (const e of document.querySelectorAll("*")) {
        const s = getComputedStyle(e);
        if (s.transitionDuration.split(",").some((d) => parseFloat(d) > 0.001) || s.animationName !== "none" && parseFloat(s.animationDuration) > 0.001 || s.scrollBehavior === "smooth") out.push(`would move: ${name(e)}`);
      }
      return out.slice(0, 6);
    },
    dark: () => {
      const light = (c) => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return .2126 * r + .7152 * g + .0722 * b; };
      const root = document.documentElement, s = getComputedStyle(root);
      return light(s.backgroundColor) < light(s.color) ? [] : ["it is light for who prefers dark"];
    },
    forced: () => {
      const out = matchMedia("(forced-colors: active)").matches ? [] : ["colours are not forced"];
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      for (const e of document.querySelectorAll("svg text, .shape, .logo")) {
        if (!shown(e)) continue;
        const s = getComputedStyle(e);
        const ink = e.tagName === "text" ? s.fill : s.color;
        if (ink === ground) out.push(`not seen: ${name(e)}`);
      }
      return out.slice(0, 6);
    },
    reachable: () => reachable().map(name),
    walked: () => { const was = seen.focused.map(name); seen.focused = []; return was; },
    text: () => (document.querySelector("main") || document.body).textContent.replace(/\s+/g, " ").trim(),
  };
})();
