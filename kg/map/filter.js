// The state of the page, which is the hash of its address, and what it lets through.
const FIRST = {v: "mesa", n: null, p: null, s: null, m: 0, c: null, d: 1, w: 0, k: 0, x: "", a: "", b: "", u: 1, l: D.lang, t: ""};
const VIEWS = ["mesa", "explore", "timeline", "matrix", "table"], KEYS = new Map(N.map((node, n) => [node.key, n]));
let S = {...FIRST}, hidden = new Set(), shown = new Set();

const hashOf = (change) => {
  const next = {...S, ...change};
  return "#" + Object.keys(FIRST).filter((key) => next[key] != null && next[key] !== FIRST[key])
    .map((key) => key + "=" + encodeURIComponent("nc".includes(key) ? N[next[key]]?.key : next[key]).replaceAll("%2F", "/")).join("&");
};
// A change that the back button undoes, or (replace) one that it does not.
function go(change, replace) {
  const hash = hashOf(change);
  if (hash === (location.hash || "#")) return;
  if (!replace) { location.hash = hash; return; }
  history.replaceState(null, "", hash);
  route();
}
function parse() {
  const found = {...FIRST}, anchor = /^#f(\d+)$/.exec(location.hash);
  if (anchor && N[anchor[1]]) found.n = +anchor[1];
  for (const part of location.hash.slice(1).split("&")) {
    const key = part.slice(0, 1), raw = part.slice(2);
    if (part[1] !== "=" || FIRST[key] === undefined) continue;
    let value = raw;
    try { value = decodeURIComponent(raw); } catch { continue; }
    if ("nc".includes(key)) found[key] = KEYS.get(value) ?? (key === "n" ? -1 : null);
    else found[key] = typeof FIRST[key] === "string" || key === "p" ? value : Math.trunc(+value) || 0;
  }
  if (!VIEWS.includes(found.v)) found.v = FIRST.v;
  if (!LANGS.includes(found.l)) found.l = D.lang;
  if (!D.tables[found.m]) found.m = 0;
  if (!D.story[found.s]) found.s = null;
  if (!Object.hasOwn(PRESETS, found.p)) found.p = null;
  return found;
}

// Facets: what each fact counts under. A fact without a stance passes that facet whatever is ticked.
const FACTIDS = IDS.filter(isFact);
const FACETS = {stance: (f) => (signOf(f) ? [signOf(f)] : []), class: (f) => [kind(f)], topic: (f) => (vals(f, "topic").length ? vals(f, "topic") : [""]), side: (f) => SIDES[f]};
const VALUES = {stance: SIGNS, class: FACTS};
for (const facet of ["topic", "side"]) {
  const counted = {};
  for (const f of FACTIDS) for (const value of FACETS[facet](f)) counted[value] = (counted[value] || 0) + 1;
  VALUES[facet] = Object.keys(counted).sort((x, y) => (x === "") - (y === "") || counted[y] - counted[x] || (x < y ? -1 : 1)).slice(0, 14);
}
const DAYS = uniq(FACTIDS.flatMap((f) => (N[f].d ? N[f].d.slice(0, 2) : []))).filter(Boolean).sort();
const inTime = (f) => { const d = N[f].d; return d ? (!S.a || (d[1] || "9999") >= S.a) && (!S.b || (d[0] || "0") <= S.b) : S.u === 1; };
const passes = (f, except) => inTime(f) && Object.keys(FACETS).every((facet) => {
  const values = FACETS[facet](f);
  return facet === except || !values.length || values.some((value) => !hidden.has(facet + "." + value));
});
const filtering = () => !!(S.x || S.a || S.b || S.u !== 1);
function sift() {
  hidden = new Set(S.x.split(",").filter(Boolean));
  shown = new Set(FACTIDS.filter((f) => passes(f)));
}
const seen = (n) => !isFact(n) || shown.has(n);

// The legend is the filter. It is built once per language; afterwards only ticks and counts change, so that the focus stays.
const LABEL = {stance: (v) => t("sign." + v), class: (v) => t("kind." + v), topic: (v) => (v ? concept(v) : t("noTopic")), side: (v) => (v ? country(v) : t("third"))};
const tick = (label, onchange, more) => h("label.check", h("input", {type: "checkbox", onchange, ...more}), label);
function buildLegend() {
  const box = (facet) => (value) => tick([facet === "stance" && sign(value, true), h("span", LABEL[facet](value)), h("small")], (event) => {
    if (!hidden.delete(event.target.dataset.f)) hidden.add(event.target.dataset.f);
    go({x: [...hidden].sort().join(",")}, true);
  }, {"data-f": facet + "." + value});
  const group = (facet) => VALUES[facet].length > 1 && h("fieldset", h("legend", t(facet)), VALUES[facet].map(box(facet)));
  const handle = (key, label) => h("input", {type: "range", min: 0, max: DAYS.length - 1, "data-r": key, "aria-label": t(label), oninput: slide});
  fill($("#legend"), VALUES.stance.map(box("stance")), h("details.filters", h("summary", t("filters")), h("div", group("class"), group("side"), group("topic"),
    h("fieldset.period", h("legend", t("period"), " ", h("small", {id: "span"})), DAYS.length > 1 && h("div.range", handle("a", "from"), handle("b", "to")),
      tick(t("undated"), () => go({u: 1 - S.u}, true), {id: "undated"})))), button(t("reset"), () => go({x: "", a: "", b: "", u: 1}, true), {id: "reset"}));
}
function slide() {
  const [a, b] = $$("#legend [data-r]").map((handle) => +handle.value).sort((x, y) => x - y);
  go({a: a ? DAYS[a] : "", b: b < DAYS.length - 1 ? DAYS[b] : ""}, true);
}
function updateLegend() {
  for (const box of $$("#legend [data-f]")) {
    const [facet, value] = box.dataset.f.split(/\.(.*)/);
    box.checked = !hidden.has(box.dataset.f);
    $("small", box.parentNode).textContent = FACTIDS.filter((f) => FACETS[facet](f).includes(value) && passes(f, facet)).length;
  }
  $("#reset").hidden = !filtering();
  $("#undated").checked = S.u === 1;
  if (DAYS.length < 2) return;
  const ends = [S.a || DAYS[0], S.b || DAYS.at(-1)];
  $$("#legend [data-r]").forEach((handle, i) => { handle.setAttribute("aria-valuetext", ends[i]); if (document.activeElement !== handle) handle.value = DAYS.indexOf(ends[i]); });
  $("#span").textContent = ends.join(" – ");
}
