// Timeline and matrix.
const dayOf = (f) => (N[f].d && !N[f].d[2] && (N[f].d[0] || N[f].d[1])) || "";
function drawTimeline() {
  const events = FACTIDS.filter((f) => shown.has(f) && (is(f, "event") || (S.w && is(f, "statement")))), parts = new Map();
  const entries = [...events.map((f) => [dayOf(f), f]), ...D.sources.slice(0, 6).map((source) => [source.date || "9", source])].filter(([day, what]) => day !== "9" || isFact(what)).sort((x, y) => (x[0] || "9") < (y[0] || "9") ? -1 : x[0] === y[0] ? 0 : 1);
  for (const [day, what] of entries) { const year = day.slice(0, 4) || t("time.none"); parts.set(year, [...(parts.get(year) || []), what]); }
  const item = (f) => {
    if (f.key) return h("li.pub", h("time", say(f.day)), h("span.dot"), h("div", t("time.published"), ": ", f.title));
    const fact = val(f, "factuality") || "actual", who = out(f, "agent", "speaker").map(name).join(", "), talk = is(f, "statement");
    return h("li", {class: fact + (talk ? " said" : "")}, h("time", dayOf(f) && when(f)), h("span.dot"), h("button", {type: "button", class: S.n === f ? "ev on" : "ev", lang: langOf(f), onclick: () => pick(f)},
      talk ? `${who}: «${val(f, "quote")}»` : head(f), fact !== "actual" && h("span.badge", concept(fact)), !talk && who && [h("br"), h("small", who)]));
  };
  fill($("#v-timeline"), h("div.opts", tick(t("time.statements"), () => go({w: 1 - S.w}, true), {checked: !!S.w, id: "talk"})),
    events.length ? h("div.tl", [...parts].map(([year, items]) => [h("h2", year), h("ul.tl", items.map(item))])) : h("p.nothing", t("time.nothing")));
}
function drawMatrix() {
  const table = D.tables[S.m], live = (n) => STROKES[n].filter((x) => shown.has(x.f)), lines = [...table.rows, ...table.rest].filter((n) => live(n).length);
  const place = (a) => (table.sides.indexOf(N[a].side) + 9) % 9 , people = uniq(lines.flatMap((n) => live(n).map((x) => x.a))).sort((x, y) => place(x) - place(y));
  const bands = [...table.sides.map(country), t("third")].map((label, i) => [label, people.filter((a) => Math.min(place(a), 2) === i).length]).filter(([label, length]) => length);
  const cell = (n, a) => h("td", live(n).filter((x) => x.a === a).map((x) => h("button", {type: "button", class: S.n === x.f ? "cell on" : "cell", "aria-label": `${name(a)} ${verb(x.f)}: ${name(n)}`, title: verb(x.f), onclick: () => pick(x.f)}, sign(x.s))));
  fill($("#v-matrix"), lines.length ? h("div.scroll", {tabindex: 0, role: "region", "aria-label": t("view.matrix")}, h("table.matrix", h("caption", t("matrix.caption")),
    h("thead", h("tr.sides", h("td"), bands.map(([label, length]) => h("th", {scope: "colgroup", colspan: length}, label))), h("tr", h("th", {scope: "col"}, t("matrix.corner")), people.map((a) => h("th", {scope: "col"}, link(a))))),
    h("tbody", lines.map((n) => h("tr", h("th", {scope: "row"}, link(n, head(n)), isDisputed(n) && h("span.badge", t("disputed"))), people.map((a) => cell(n, a))))))) : h("p.nothing", t("matrix.empty")));
}
