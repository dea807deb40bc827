// The data, the words and the small tools that every other part uses. Text from the data only ever becomes text nodes.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const [N, ROWS, D] = ["nodes", "edges", "data"].map((id) => JSON.parse($("#kg-" + id).textContent));
const E = ROWS.map(([from, to, r, p]) => ({from, to, r: D.relations[r], p}));
const LANGS = ["es", "en"], FACTS = ["proposal", "position", "event", "statement", "indicator"], SIGNS = ["propose", "plus", "about", "minus"];
const IDS = [...N.keys()], root = document.documentElement;
let lang = D.lang;

const say = (pair) => (pair ? pair[LANGS.indexOf(lang)] : "");
const t = (key, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), say(D.strings[key]) || "");
const concept = (id) => say(D.concepts[id]) || id;
const country = (side) => say(D.countries[side]) || side;
const name = (n) => (N[n].names && N[n].names[lang]) || N[n].label;
const kind = (n) => N[n].group;
const cap = (text) => text.replace(/[\p{L}\p{N}]/u, (letter) => letter.toUpperCase());
// The name where there is little room: a headline, except for actors and places.
const head = (n) => (/^(actor|place)$/.test(kind(n)) ? name(n) : N[n].s || cap(name(n)));
const list = (value) => (value == null ? [] : [].concat(value));
const vals = (n, key) => list(N[n].v && N[n].v[key]);
const val = (n, key) => vals(n, key)[0];
const is = (n, ...kinds) => kinds.includes(kind(n));
const isFact = (n) => FACTS.includes(kind(n));
const when = (n) => (N[n].d ? N[n].d[3 + LANGS.indexOf(lang)] + (N[n].d[2] ? ` (${t("dateInferred")})` : "") : "");
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const uniq = (items) => [...new Set(items)];

// Relations both ways: out(n, "holder") are the holders of position n, into(n, "holder") the positions that n holds.
const OUT = N.map(() => ({})), IN = N.map(() => ({})), E_OF = N.map(() => []);
E.forEach((e, i) => { (OUT[e.from][e.r] ||= []).push(e.to); (IN[e.to][e.r] ||= []).push(e.from); E_OF[e.from].push(i); });
const out = (n, ...relations) => uniq(relations.flatMap((relation) => OUT[n][relation] || []));
const into = (n, ...relations) => uniq(relations.flatMap((relation) => IN[n][relation] || []));

// The strokes: what each actor proposes or takes a stance on, as on the mesa.
const signOf = (f) => (is(f, "proposal") ? "propose" : is(f, "position") ? D.signs[val(f, "stance")] || "about" : "");
const STROKES = N.map(() => []);
for (const f of IDS) {
  if (is(f, "proposal")) for (const a of out(f, "proposer")) STROKES[f].push({a, f, s: "propose"});
  if (is(f, "position")) for (const target of out(f, "target")) for (const a of out(f, "holder")) STROKES[target].push({a, f, s: signOf(f)});
}
const verb = (f) => (is(f, "proposal") ? t("sign.propose") : t("stance." + val(f, "stance")) || concept(val(f, "stance")));
const sideOf = (n) => N[n].side || "";
const SIDES = N.map((_, n) => uniq((isFact(n) ? out(n, "proposer", "holder", "agent", "speaker", "claimant", "addressee", "patient", "participant") : [n]).map(sideOf)));
SIDES.forEach((sides) => sides.length || sides.push(""));

// Passages. Offsets count code points; a text with characters beyond the basic plane is cut code point by code point.
const cite = (c) => { const [at, begin, end, text, by, via, key] = D.cites[c], source = D.sources[at]; return {source, begin, end, text, by, via, key: key || `${source?.key}#char=${begin},${end}`}; };
const cut = (source, begin, end) => {
  source.points ||= /[\ud800-\udfff]/.test(source.text) ? [...source.text] : source.text;
  return [].concat(source.points.slice(begin, end)).join("");
};
const quote = (c) => { const p = cite(c); return p.text === 0 ? cut(p.source, p.begin, p.end) : p.text; };
const cites = (n) => N[n].c || [];
const best = (n) => (cites(n).length ? quote(N[n].b ?? cites(n)[0]) : "");
const sourceOf = (n) => (cites(n).length ? cite(cites(n)[0]).source : null);
const langOf = (n) => { const source = sourceOf(n); return source ? source.lang : "es"; };

// Elements: h("p.x", {onclick: f}, "text", child). Attributes that are null or false, and children that are empty, are left out.
const real = (children) => children.flat(9).filter(Boolean);
function h(tag, ...children) {
  const [type, ...classes] = tag.split("."), attributes = children[0]?.constructor === Object ? children.shift() : {};
  const el = document.createElementNS(`http://www.w3.org/${/^(svg|path|circle|rect|style|text)$/.test(type) ? "2000/svg" : "1999/xhtml"}`, type);
  if (classes.length) el.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (value != null && (value !== false || key.startsWith("aria"))) el.setAttribute(key, value);
  }
  el.append(...real(children));
  return el;
}
const fill = (el, ...children) => el.replaceChildren(...real(children));
const button = (label, onclick, more) => h("button", {type: "button", class: "pbtn", onclick, ...more}, label);
const sign = (s, line) => h("svg.sg", {viewBox: line ? "-44 -10 54 20" : "-10 -10 20 20", "aria-hidden": "true"},
  line && h("path", {class: "l-" + s, d: "M-42 0h32"}), h("circle", {r: 8, fill: `var(--${s})`}), h("path", {class: "f-" + s, d: D.forms[s]}));
const comma = (parts) => parts.flatMap((part, i) => (i ? [", ", part] : [part]));
const pick = (n) => go({n, p: null, s: null});
const link = (n, text) => h("a.lnk", {href: hashOf({n, p: null, s: null}), lang: is(n, "actor") ? null : langOf(n), onclick: (event) => { event.preventDefault(); pick(n); }}, text || name(n));
const links = (nodes) => comma(nodes.map((n) => link(n)));

// Who does what, as children of an element: "Claudia Sheinbaum rechaza …".
const verbOf = (f) => [" ", h("b", {class: "t-" + signOf(f)}, verb(f)), " "];
const TELL = {
  position: (f) => [links(out(f, "holder")), verbOf(f), links(out(f, "target"))],
  proposal: (f) => (out(f, "proposer").length ? [links(out(f, "proposer")), verbOf(f), link(f)] : link(f)),
  statement: (f) => [links(out(f, "speaker")), ": ", link(f, `«${val(f, "quote") || name(f)}»`)],
  indicator: (f) => [h("b", say(N[f].n)), " ", link(f, val(f, "measure") || name(f))],
};
const tell = (f) => (TELL[kind(f)] || link)(f);
const plain = (f) => real([tell(f)]).map((part) => part.textContent || part).join("");
