// Search, keys, languages, and the one function that makes the page agree with its address.
const INDEX = [...N.keys()].map((n) => ({n, label: fold(name(n)), other: fold([...Object.values(N[n].names || {}), ...list(N[n].v && N[n].v.alias)].join(" | ")), words: fold(val(n, "quote") || cites(n).map(quote).join(" "))}));
const input = $("#q"), hits = $("#hits");
let found = [], active = -1;
function search() {
  const q = fold(input.value.trim());
  const score = (entry) => entry.label === q ? 0 : entry.label.startsWith(q) ? 1 : entry.other.split(" | ").includes(q) ? 2 : entry.label.includes(" " + q) ? 3 : entry.label.includes(q) ? 4 : entry.other.includes(q) ? 5 : entry.words.includes(q) ? 6 : 9;
  found = q ? INDEX.map((entry) => [score(entry), entry]).filter(([s]) => s < 9).sort((x, y) => x[0] - y[0] || CLASSES.indexOf(kind(x[1].n)) - CLASSES.indexOf(kind(y[1].n)) || x[1].n - y[1].n).slice(0, 30) : [];
  active = found.length ? 0 : -1;
  fill(hits, found.map(([s, {n}], i) => h("li", {role: "option", id: "hit" + i, "aria-selected": String(i === active), onmousedown: (event) => { event.preventDefault(); pick(i); }},
    name(n), h("small", {}, t("one." + kind(n)), s === 6 ? ` · «${around(n, q)}»` : sideOf(n) && kind(n) === "actor" ? " · " + country(sideOf(n)) : ""))), q && !found.length && h("li", {role: "option", "aria-disabled": "true"}, t("noResults")));
  hits.hidden = !q;
  input.setAttribute("aria-expanded", String(!!q));
  mark();
}
function around(n, q) {
  const text = val(n, "quote") || cites(n).map(quote).join(" "), at = Math.max(0, fold(text).indexOf(q) - 20);
  return (at ? "…" : "") + text.slice(at, at + 90) + (at + 90 < text.length ? "…" : "");
}
function mark() {
  $$("li", hits).forEach((li, i) => { li.setAttribute("aria-selected", String(i === active)); if (i === active) li.scrollIntoView({block: "nearest"}); });
  if (active >= 0) input.setAttribute("aria-activedescendant", "hit" + active); else input.removeAttribute("aria-activedescendant");
}
function closeHits() { hits.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
function pick(i) {
  if (!found[i]) return;
  const n = found[i][1].n;
  closeHits();
  input.value = "";
  go({n, p: null, s: null, m: tableOf(n), ...(S.v === "explore" ? {c: n, d: S.d || 1} : {})});
  panel.focus({preventScroll: true});
}
input.addEventListener("input", search);
input.addEventListener("blur", closeHits);
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (found.length) { active = (active + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length; mark(); } }
  else if (event.key === "Enter") pick(active);
  else if (event.key === "Escape") { event.stopPropagation(); if (hits.hidden) input.blur(); input.value = ""; closeHits(); }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); input.select(); }
  else if (event.key === "Escape") {
    const menu = $("details[open]");
    if (menu) { menu.open = false; $("summary", menu).focus(); } else if (S.n != null || S.p || S.s != null) { shut(); if (last && last.isConnected) last.focus(); }
  } else if (S.s != null && !typing && event.target.getAttribute("role") !== "tab") {
    if (event.key === "ArrowRight" && S.s < D.story.length - 1) go({s: S.s + 1});
    if (event.key === "ArrowLeft" && S.s > 0) go({s: S.s - 1});
  }
});
let last = null;
document.addEventListener("click", (event) => {
  const item = event.target.closest("[data-n]");
  if (item && item.matches("a.row,a.pill,a.wire,a.figure")) { event.preventDefault(); last = item; byHand = true; go({n: +item.dataset.n, p: null, s: null}); }
  for (const menu of $$("details[open]")) if (!menu.contains(event.target)) menu.open = false;
});
let byHand = false;
$$("[role=tab]").forEach((tab, i, tabs) => {
  tab.addEventListener("click", () => go({v: VIEWS[i]}));
  tab.addEventListener("keydown", (event) => {
    const step = {ArrowRight: 1, ArrowLeft: tabs.length - 1}[event.key];
    const next = step ? (i + step) % tabs.length : event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : -1;
    if (next >= 0) { event.preventDefault(); tabs[next].focus(); go({v: VIEWS[next]}); }
  });
});
$$("[data-p]").forEach((button) => button.addEventListener("click", () => go({p: S.p === button.dataset.p ? null : button.dataset.p, n: null, s: null})));
$$("[data-x]").forEach((button) => button.addEventListener("click", () => { $("#export").open = false; save(button.dataset.x); }));
$$(".pairs button").forEach((button) => button.addEventListener("click", () => go({m: +button.dataset.t})));
$$("[data-more]").forEach((button) => button.addEventListener("click", () => {
  const holder = $(`[data-rest=${button.dataset.more}]`, button.closest(".mesa")), open = holder.hidden;
  holder.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) fillRest(holder);
}));
$("#tour").addEventListener("click", () => go({s: S.s == null ? 0 : null, n: null, p: null, v: "mesa"}));
for (const code of LANGS) $("#" + code).addEventListener("click", () => go({l: code}, true));
$("#theme").addEventListener("click", () => {
  const dark = S.t ? S.t === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  go({t: dark ? "light" : "dark"}, true);
});

// Every element that came with the page says its other language in data-o; switching swaps the two.
function speak() {
  if (lang === S.l) return;
  lang = S.l;
  document.documentElement.lang = lang;
  for (const element of $$("[data-o]")) [element.textContent, element.dataset.o] = [element.dataset.o, element.textContent];
  for (const [attribute, key] of [["aria-label", "oLabel"], ["placeholder", "oPlaceholder"]]) for (const element of $$(attribute === "placeholder" ? "[data-o-placeholder]" : "[data-o-label]")) {
    const now = element.getAttribute(attribute);
    element.setAttribute(attribute, element.dataset[key]);
    element.dataset[key] = now;
  }
  for (const wire of $$(".wire")) { const f = +wire.dataset.n; wire.setAttribute("aria-label", `${name(+wire.dataset.a)} — ${kind(f) === "proposal" ? t("sign.propose") : stance(f)} — ${name(+wire.dataset.r)}: «${firstQuote(f)}»`); }
  for (const title of $$(".row title,.pill title")) title.textContent = name(+title.parentNode.dataset.n);
  for (const entry of INDEX) entry.label = fold(name(entry.n));
  document.title = $("h1").textContent;
  buildLegend();
}
let before = null, paper = false;
function route() {
  const old = before;
  S = parse();
  before = S;
  const changed = (...keys) => !old || keys.some((key) => old[key] !== S[key]);
  if (S.t) document.documentElement.dataset.theme = S.t; else delete document.documentElement.dataset.theme;
  for (const code of LANGS) $("#" + code).setAttribute("aria-pressed", String(S.l === code));
  speak();
  sift();
  if (changed("x", "a", "b", "u", "l")) updateLegend();
  VIEWS.forEach((view) => {
    const tab = $("#t-" + view), on = view === S.v;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    $("#v-" + view).hidden = !on;
  });
  $$("[data-p]").forEach((button) => button.setAttribute("aria-pressed", String(S.p === button.dataset.p && S.n == null)));
  showTable();
  lightMesa();
  if (S.v === "mesa" && (changed("x", "a", "b", "u", "l", "v"))) drawCards();
  if (S.v === "timeline") drawTimeline();
  if (S.v === "matrix") drawMatrix();
  if (S.v === "table" && changed("v", "k", "x", "a", "b", "u", "l", "n")) drawList();
  if (S.v === "explore" && changed("v", "c", "d", "x", "a", "b", "u", "l", "t", S.c == null ? "n" : "c")) drawExplore(); else if (net) net.redraw();
  if (changed("n", "p", "s", "l", "v") || S.p) drawPanel(byHand);
  byHand = false;
  if (changed("n", "s") && old) { const lit = $(".board .on"); const box = lit && lit.getBoundingClientRect(); if (box && (box.bottom < 60 || box.top > innerHeight - 40)) lit.scrollIntoView({block: "center"}); }
}
let wait;
addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(() => S.v === "explore" && drawExplore(), 200); });
addEventListener("hashchange", route);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => S.v === "explore" && drawExplore());
addEventListener("beforeprint", () => { if (!$("#list tbody tr") || S.v !== "table") drawList(); });
document.documentElement.classList.add("js");
buildLegend();
route();
document.documentElement.dataset.ready = "1";
