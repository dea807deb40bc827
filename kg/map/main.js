// Search, keys, languages, and the one function that makes the page agree with its address.
const input = $("#q"), hits = $("#hits");
let index = null, found = [], active = -1, last = null, byHand = false, before = null, wait;
const words = (n) => val(n, "quote") || cites(n).map(quote).join(" ");
function search() {
  const q = fold(input.value.trim());
  index ||= IDS.map((n) => ({n, label: fold(name(n)), other: [...Object.values(N[n].names || {}), ...vals(n, "alias")].map(fold), words: fold(words(n))}));
  const tests = [(e) => e.label === q, (e) => e.label.startsWith(q), (e) => e.other.includes(q), (e) => e.label.includes(" " + q), (e) => e.label.includes(q), (e) => e.other.some((alias) => alias.includes(q)), (e) => e.words.includes(q)];
  found = q ? index.map((e) => [tests.findIndex((test) => test(e)), e.n]).filter(([score]) => score >= 0).sort((x, y) => x[0] - y[0] || CLASSES.indexOf(kind(x[1])) - CLASSES.indexOf(kind(y[1])) || x[1] - y[1]).slice(0, 30) : [];
  fill(hits, found.map(([score, n], i) => h("li", {role: "option", id: "hit" + i, onmousedown: (event) => { event.preventDefault(); take(i); }}, name(n), h("small", t("one." + kind(n)), score === 6 ? " · " + around(words(n), q) : sideOf(n) && " · " + country(sideOf(n))))),
    !found.length && h("li", {role: "option", "aria-disabled": true}, t("noResults")));
  mark(found.length ? 0 : -1);
  openHits(q);
}
const around = (text, q) => { const at = Math.max(0, fold(text).indexOf(q) - 20); return `…${text.slice(at, at + 90)}…`; };
function mark(i) {
  active = i;
  $$("li", hits).forEach((item, at) => { item.setAttribute("aria-selected", at === i); if (at === i) item.scrollIntoView({block: "nearest"}); });
  input.setAttribute("aria-activedescendant", i < 0 ? "" : "hit" + i);
}
function openHits(open) {
  hits.hidden = !open;
  input.setAttribute("aria-expanded", !!open);
}
function take(i) {
  if (!found[i]) return;
  const n = found[i][1];
  openHits(false);
  input.value = "";
  byHand = true;
  go({n, p: null, s: null, m: tableOf(n), ...(S.v === "explore" && {c: n, d: S.d || 1})});
}
input.addEventListener("input", search);
input.addEventListener("blur", () => openHits(false));
input.addEventListener("keydown", (event) => {
  const step = {ArrowDown: 1, ArrowUp: found.length - 1}[event.key];
  if (step != null) { event.preventDefault(); if (found.length) mark((active + step) % found.length); }
  if (event.key === "Enter") take(active);
  if (event.key === "Escape") { event.stopPropagation(); input.value = ""; openHits(false); }
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName), menu = $("details[open]");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); }
  else if (event.key === "Escape" && menu) { menu.open = false; $("summary", menu).focus(); }
  else if (event.key === "Escape" && (S.n != null || S.p || S.s != null)) { shut(); if (last && last.isConnected) last.focus(); }
  else if (S.s != null && !typing && !event.target.matches("[role=tab]")) {
    const step = S.s + ({ArrowRight: 1, ArrowLeft: -1}[event.key] || 0);
    if (step !== S.s && D.story[step]) go({s: step});
  }
});
document.addEventListener("click", (event) => {
  const item = event.target.closest("a[data-n]");
  for (const menu of $$("details[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!item) return;
  event.preventDefault();
  last = item;
  byHand = true;
  pick(+item.dataset.n);
});
const press = (selector, action) => $$(selector).forEach((el, i, all) => el.addEventListener("click", () => action(el, i, all)));
press("[role=tab]", (tab, i) => go({v: VIEWS[i]}));
$("[role=tablist]").addEventListener("keydown", (event) => {
  const step = {ArrowRight: 1, ArrowLeft: VIEWS.length - 1}[event.key];
  if (step) { const view = VIEWS[(VIEWS.indexOf(S.v) + step) % VIEWS.length]; go({v: view}); $("#t-" + view).focus(); }
});
press("[data-p]", ({dataset: {p}}) => go({p: S.p === p ? null : p, n: null, s: null}));
press("[data-x]", (el) => { $("#export").open = false; save(el.dataset.x); });
press(".pairs button", (el, i) => go({m: i}));
press("[data-more]", (el) => {
  const holder = $(`[data-rest=${el.dataset.more}]`, el.closest(".mesa"));
  holder.hidden = !holder.hidden;
  el.setAttribute("aria-expanded", !holder.hidden);
  drawCards();
});
press("#tour", () => go({s: S.s == null ? 0 : null, n: null, p: null, v: "mesa"}));
press(".seg button", (el) => go({l: el.id}, true));
press("#theme", () => go({t: (S.t || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark" ? "light" : "dark"}, true));

// Every element that came with the page says its other language in data-o…; switching swaps the two.
function speak() {
  lang = root.lang = S.l;
  index = null;
  const swap = (key, get, set) => $$(`[data-${key}]`).forEach((el) => { const now = get(el); set(el, el.getAttribute("data-" + key)); el.setAttribute("data-" + key, now); });
  swap("o", (el) => el.textContent, (el, text) => { el.textContent = text; });
  for (const name of ["aria-label", "placeholder", "y"]) swap("o-" + name, (el) => el.getAttribute(name), (el, text) => el.setAttribute(name, text));
  for (const title of $$(".board title")) { const {n, a, r} = title.parentNode.dataset; title.textContent = a ? `${name(a)} — ${verb(n)} — ${name(r)}: «${best(n)}»` : name(n); }
  document.title = $("h1").textContent;
  buildLegend();
}
function route() {
  const old = before || {};
  before = S = parse();
  const changed = (...keys) => keys.some((key) => old[key] !== S[key]), filter = changed("x", "a", "b", "u", "l");
  if (S.t) root.dataset.theme = S.t; else delete root.dataset.theme;
  if (lang !== S.l) speak();
  sift();
  if (filter) updateLegend();
  for (const view of VIEWS) {
    $("#t-" + view).setAttribute("aria-selected", view === S.v);
    $("#t-" + view).tabIndex = view === S.v ? 0 : -1;
    $("#v-" + view).hidden = view !== S.v;
  }
  const pressed = (selector, is) => $$(selector).forEach((el, i) => el.setAttribute("aria-pressed", is(el, i)));
  pressed(".seg button", (el) => el.id === S.l);
  pressed("[data-p]", (el) => el.dataset.p === S.p && S.n == null);
  pressed(".pairs button", (el, i) => i === S.m);
  if ($(".pairs")) $(".pairs").hidden = S.v !== "mesa" && S.v !== "matrix";
  for (const mesa of $$(".mesa")) mesa.hidden = +mesa.dataset.t !== S.m;
  lightMesa();
  if (S.v === "mesa" && (filter || changed("v"))) drawCards();
  if (S.v === "timeline") drawTimeline();
  if (S.v === "matrix") drawMatrix();
  if (S.v === "table" && (filter || changed("v", "k", "n"))) drawList();
  if (S.v === "explore" && (filter || changed("v", "c", "d", "t") || (S.c == null && changed("n")))) drawExplore();
  if (changed("n", "p", "s", "l", "v") || (filter && S.p)) drawPanel(byHand);
  byHand = false;
  const first = changed("n", "s", "p") && $(".mesa:not([hidden]) .on");
  if (first && (first.getBoundingClientRect().bottom < 60 || first.getBoundingClientRect().top > innerHeight)) first.scrollIntoView({block: "center"});
}
const redraw = () => { clearTimeout(wait); wait = setTimeout(() => S.v === "explore" && drawExplore(), 200); };
addEventListener("resize", redraw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("hashchange", route);
addEventListener("beforeprint", drawList);
root.classList.add("js");
buildLegend();
route();
// Pictures drawn by vis measure their words, which takes the page's own letters.
const letters = ["400", "600"].map((weight) => `${weight} 13px "Mesa Sans"`);
if (!letters.every((face) => document.fonts.check(face))) Promise.all(letters.map((face) => document.fonts.load(face))).then(() => S.v === "explore" && drawExplore());
(window.requestIdleCallback || setTimeout)(library);
root.dataset.ready = Math.round(performance.now());
