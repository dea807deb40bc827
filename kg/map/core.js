// The data, the words and the small tools that every other part uses. Text from the data only ever becomes text nodes.
const $ = (selector, root) => (root || document).querySelector(selector);
const $$ = (selector, root) => [...(root || document).querySelectorAll(selector)];
const data = (id) => JSON.parse($(id).textContent);
const N = data("#kg-nodes"), E = data("#kg-edges"), D = data("#kg-data");
const LANGS = ["es", "en"], FACTS = ["proposal", "position", "event", "statement", "indicator"], SIGNS = ["propose", "plus", "about", "minus"];
const FORMS = {plus: "M-4 0h8M0-4v8", minus: "M-4 0h8", about: "M-4-1.6q2-2.4 4 0t4 0M-4 2.4q2-2.4 4 0t4 0", propose: "M-2-3.8l5 3.8-5 3.8z"};
let lang = D.lang;

const say = (pair) => pair[LANGS.indexOf(lang)];
const t = (key, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), say(D.strings[key] || [key, key]));
const concept = (name) => (name ? say(D.concepts[name] || [name, name]) : "");
const country = (side) => say(D.countries[side] || [side, side]);
const name = (n) => (N[n].names && N[n].names[lang]) || N[n].label;
const val = (n, key) => { const v = N[n].v && N[n].v[key]; return Array.isArray(v) ? v[0] : v; };
const kind = (n) => N[n].group;
const isFact = (n) => FACTS.includes(kind(n));
const when = (n) => (N[n].d ? N[n].d[3 + LANGS.indexOf(lang)] : "");
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

// Relations both ways: out(n, "holder") are the holders of position n, into(n, "holder") the positions that n holds.
const OUT = N.map(() => ({})), IN = N.map(() => ({}));
for (const e of E) { (OUT[e.from][e.r] ||= []).push(e.to); (IN[e.to][e.r] ||= []).push(e.from); }
const out = (n, relation) => OUT[n][relation] || [];
const into = (n, relation) => IN[n][relation] || [];

// The stroke of each actor towards what it proposes or takes a stance on, as on the mesa.
const signOf = (f) => (kind(f) === "proposal" ? "propose" : kind(f) === "position" ? D.signs[val(f, "stance")] || "about" : null);
const STROKES = N.map(() => []);
for (const f of N.keys()) {
  if (kind(f) === "proposal") for (const a of out(f, "proposer")) STROKES[f].push({a, f, sign: "propose"});
  if (kind(f) === "position") for (const target of out(f, "target")) for (const a of out(f, "holder")) STROKES[target].push({a, f, sign: signOf(f)});
}
const DISPUTED = new Set(D.disputed), KEYS = new Map(N.map((node, i) => [node.key, i]));
const stance = (f) => { const s = val(f, "stance"); return D.strings["stance." + s] ? t("stance." + s) : concept(s); };
const sideOf = (n) => N[n].side || "";
const ROLES = ["proposer", "holder", "agent", "speaker", "claimant", "addressee", "patient", "participant"];
const SIDES = N.map((node, n) => {
  const found = isFact(n) ? ROLES.flatMap((role) => out(n, role)).map(sideOf) : [sideOf(n)];
  return [...new Set(found.length ? found : [""])];
});

// Passages. Offsets count code points; a text with characters beyond the basic plane is cut code point by code point.
const cite = (c) => { const [source, begin, end, quote, by, via, key] = D.cites[c]; return {source, begin, end, quote, by, via, key}; };
const cut = (source, begin, end) => {
  const s = D.sources[source];
  s.points ||= /[\ud800-\udfff]/.test(s.text) ? [...s.text] : s.text;
  const part = s.points.slice(begin, end);
  return typeof part === "string" ? part : part.join("");
};
const quote = (c) => { const p = cite(c); return p.quote === 0 ? cut(p.source, p.begin, p.end) : p.quote; };
const cites = (n) => N[n].c || [];
const firstQuote = (n) => (cites(n).length ? quote(cites(n)[0]) : "");
const langOf = (n) => { const c = cites(n)[0], s = c == null ? null : D.sources[cite(c).source]; return s ? s.lang : "es"; };

// Elements: h("p", {class: "x", onclick: f}, "text", child). Attributes that are null or false are left out.
function h(tag, attributes, ...children) {
  const element = tag === "svg" || tag === "path" || tag === "circle" ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child != null && child !== false && child !== ""));
  return element;
}
const fill = (element, ...children) => element.replaceChildren(...children.flat(9).filter((c) => c != null && c !== false && c !== ""));
const sign = (s) => h("svg", {class: "sg", viewBox: "-10 -10 20 20", "aria-hidden": "true"},
  h("circle", {r: 8.5, fill: `var(--${s})`}), h("path", {d: FORMS[s], fill: s === "propose" ? "var(--disc)" : "none", stroke: s === "propose" ? "none" : "var(--disc)", "stroke-width": s === "about" ? 1.6 : 2, "stroke-linecap": "round"}));
const comma = (parts) => parts.flatMap((part, i) => (i ? [", ", part] : [part]));
const link = (n, text) => h("a", {class: "lnk", href: hashOf({n, p: null, s: null}), lang: isFact(n) || kind(n) === "topic" ? langOf(n) : null,
  onclick: (event) => { event.preventDefault(); go({n, p: null, s: null}); }}, text || name(n));

// Who does what, as children of an element: "Claudia Sheinbaum rechaza …".
function telling(f) {
  const who = (relation) => comma(out(f, relation).map((a) => link(a)));
  if (kind(f) === "position") return [who("holder"), " ", h("b", {class: "s-" + signOf(f)}, stance(f)), " ", comma(out(f, "target").map((n) => link(n)))];
  if (kind(f) === "proposal" && out(f, "proposer").length) return [who("proposer"), " ", h("b", {}, t("sign.propose")), " ", link(f)];
  if (kind(f) === "statement") return [who("speaker"), ": ", link(f, "«" + (val(f, "quote") || name(f)) + "»")];
  if (kind(f) === "indicator") return [h("b", {}, say(N[f].n || ["", ""])), " ", link(f, val(f, "measure") || name(f))];
  return [link(f)];
}
const plain = (f) => telling(f).flat(9).map((part) => (typeof part === "string" ? part : part.textContent)).join("");
