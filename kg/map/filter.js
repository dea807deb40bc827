// The state of the page, which is the hash of its address, and what it lets through.
const FIRST = {v: "mesa", n: null, p: null, s: null, m: 0, c: null, d: 1, w: 0, k: 0, x: "", a: "", b: "", u: 1, l: D.lang, t: ""};
let S = {...FIRST};

const hashOf = (change) => {
  const next = {...S, ...change}, parts = [];
  for (const key in FIRST) {
    const value = next[key];
    if (value === FIRST[key] || value == null) continue;
    parts.push(key + "=" + (key === "n" || key === "c" ? encodeURIComponent(N[value].key).replaceAll("%2F", "/") : encodeURIComponent(value)));
  }
  return "#" + parts.join("&");
};
const go = (change, replace) => {
  const hash = hashOf(change);
  if (hash === (location.hash || "#")) return;
  if (replace) { history.replaceState(null, "", hash); route(); } else location.hash = hash;
};
function parse() {
  const found = {...FIRST}, anchor = /^#f(\d+)$/.exec(location.hash);
  if (anchor) { if (N[anchor[1]]) found.n = +anchor[1]; return found; }
  for (const part of location.hash.slice(1).split("&")) {
    const [key, raw] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    if (!Object.hasOwn(FIRST, key)) continue;
    let value;
    try { value = decodeURIComponent(raw); } catch { continue; }
    if (key === "n" || key === "c") found[key] = KEYS.has(value) ? KEYS.get(value) : key === "n" ? -1 : null;
    else if (typeof FIRST[key] === "number" || key === "s") found[key] = Number.isInteger(+value) ? +value : FIRST[key];
    else found[key] = value;
  }
  if (!VIEWS.includes(found.v)) found.v = "mesa";
  if (!LANGS.includes(found.l)) found.l = D.lang;
  if (!D.tables[found.m]) found.m = 0;
  if (found.s != null && !D.story[found.s]) found.s = null;
  return found;
}
const VIEWS = ["mesa", "explore", "timeline", "matrix", "table"];

// Facets: what each fact counts under. A fact without a stance passes that facet whatever is ticked.
const FACTIDS = [...N.keys()].filter(isFact);
const list = (v) => (v == null ? [] : [].concat(v));
const FACETS = {
  stance: (f) => list(signOf(f)),
  class: (f) => [kind(f)],
  topic: (f) => { const topics = list(N[f].v && N[f].v.topic); return topics.length ? topics : [""]; },
  side: (f) => SIDES[f],
};
const VALUES = {stance: SIGNS};
for (const facet of ["class", "topic", "side"]) {
  const counted = new Map();
  for (const f of FACTIDS) for (const value of FACETS[facet](f)) counted.set(value, (counted.get(value) || 0) + 1);
  VALUES[facet] = [...counted.keys()].sort((x, y) => (x === "") - (y === "") || (facet === "class" ? FACTS.indexOf(x) - FACTS.indexOf(y) : counted.get(y) - counted.get(x) || (x < y ? -1 : 1)));
}
VALUES.side = VALUES.side.slice(0, 12);
if (VALUES.topic.length < 2) VALUES.topic = [];
const DAYS = [...new Set(FACTIDS.flatMap((f) => (N[f].d ? [N[f].d[0], N[f].d[1]] : [])).filter(Boolean))].sort();

let hidden = new Set(), shown = new Set(FACTIDS);
const inTime = (f) => {
  const d = N[f].d;
  if (!d) return S.u === 1;
  return (!S.a || (d[1] || "9999") >= S.a) && (!S.b || (d[0] || "0000") <= S.b);
};
const passes = (f, except) => (except === "time" || inTime(f)) && Object.keys(FACETS).every((facet) => {
  const values = FACETS[facet](f);
  return facet === except || !values.length || values.some((value) => !hidden.has(facet + "." + value));
});
const filtering = () => S.x !== "" || S.a !== "" || S.b !== "" || S.u !== 1;
function sift() {
  hidden = new Set(S.x ? S.x.split(",") : []);
  shown = new Set(filtering() ? FACTIDS.filter((f) => passes(f)) : FACTIDS);
}
const toggle = (entry) => {
  const next = new Set(hidden);
  if (!next.delete(entry)) next.add(entry);
  go({x: [...next].sort().join(",")}, true);
};

const facetLabel = (facet, value) => facet === "stance" ? t("sign." + value) : facet === "class" ? t("kind." + value)
  : facet === "topic" ? (value ? concept(value) : t("noTopic")) : value ? country(value) : t("third");
const stroke = (s) => h("svg", {viewBox: "0 0 44 17", "aria-hidden": "true"},
  h("path", {d: "M1 8.5h27", fill: "none", stroke: `var(--${s})`, "stroke-width": s === "propose" ? 1.4 : 2.2, "stroke-linecap": s === "about" ? "round" : null, "stroke-dasharray": {minus: "7 4", about: ".1 5"}[s]}),
  h("circle", {cx: 35, cy: 8.5, r: 7.5, fill: `var(--${s})`}),
  h("path", {d: FORMS[s], transform: "translate(35 8.5)", fill: s === "propose" ? "var(--disc)" : "none", stroke: s === "propose" ? "none" : "var(--disc)", "stroke-width": s === "about" ? 1.6 : 2, "stroke-linecap": "round"}));

// The legend is the filter. It is built once per language; afterwards only ticks and counts change, so that the focus stays.
function buildLegend() {
  const box = (facet, value) => h("label", {class: "check"}, h("input", {type: "checkbox", "data-x": facet + "." + value, onchange: () => toggle(facet + "." + value)}),
    facet === "stance" && h("i", {}, stroke(value)), h("span", {}, facetLabel(facet, value)), h("small", {}));
  const group = (facet) => VALUES[facet].length > 0 && h("fieldset", {}, h("legend", {}, t(facet)), VALUES[facet].map((value) => box(facet, value)));
  const handle = (key, label) => h("input", {type: "range", min: 0, max: DAYS.length - 1, "data-r": key, "aria-label": t(label), oninput: slide});
  const open = $("#legend details");
  fill($("#legend"), VALUES.stance.map((value) => box("stance", value)),
    h("details", {class: "filters", open: open && open.open}, h("summary", {}, t("filters")), h("div", {}, group("class"), group("side"), group("topic"),
      DAYS.length > 1 && h("fieldset", {class: "period"}, h("legend", {}, t("period"), " ", h("small", {id: "span"})), h("div", {class: "range"}, handle("a", "from"), handle("b", "to")),
        h("label", {class: "check"}, h("input", {type: "checkbox", id: "undated", onchange: () => go({u: 1 - S.u}, true)}), t("undated"))))),
    h("button", {type: "button", class: "pbtn", id: "reset", onclick: () => go({x: "", a: "", b: "", u: 1}, true)}, t("reset")));
}
function slide() {
  const [a, b] = ["a", "b"].map((key) => +$(`[data-r=${key}]`).value);
  const low = Math.min(a, b), high = Math.max(a, b);
  go({a: low === 0 ? "" : DAYS[low], b: high === DAYS.length - 1 ? "" : DAYS[high]}, true);
}
function updateLegend() {
  for (const input of $$("#legend [data-x]")) {
    const [facet, value] = [input.dataset.x.slice(0, input.dataset.x.indexOf(".")), input.dataset.x.slice(input.dataset.x.indexOf(".") + 1)];
    input.checked = !hidden.has(input.dataset.x);
    const count = FACTIDS.filter((f) => FACETS[facet](f).includes(value) && passes(f, facet)).length;
    $("small", input.parentNode).textContent = count;
  }
  $("#reset").hidden = !filtering();
  if (DAYS.length > 1) {
    $("#undated").checked = S.u === 1;
    const index = (day, otherwise) => { const i = DAYS.indexOf(day); return i < 0 ? otherwise : i; };
    const ends = {a: index(S.a, 0), b: index(S.b, DAYS.length - 1)};
    for (const key in ends) { const input = $(`[data-r=${key}]`); if (document.activeElement !== input) input.value = ends[key]; input.setAttribute("aria-valuetext", DAYS[ends[key]]); }
    $("#span").textContent = DAYS[ends.a] + " – " + DAYS[ends.b];
  }
}
