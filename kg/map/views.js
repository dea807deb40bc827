// Timeline and matrix.
function drawTimeline() {
  const talk = S.w === 1, events = FACTIDS.filter((f) => shown.has(f) && (kind(f) === "event" || (talk && kind(f) === "statement")));
  const dated = (f) => N[f].d && (N[f].d[0] || N[f].d[1]);
  const entries = events.filter(dated).map((f) => [dated(f), f]);
  if (D.sources.length < 6) D.sources.forEach((source, i) => source.date && entries.push([source.date, -1 - i]));
  entries.sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : (x[1] < 0) - (y[1] < 0) || x[1] - y[1]));
  const item = (f) => {
    if (f < 0) { const source = D.sources[-1 - f]; return h("li", {class: "pub"}, h("time", {datetime: source.date}, say(source.day)), h("span", {class: "dot"}), h("div", {}, t("time.published"), ": ", source.title)); }
    const fact = val(f, "factuality") || "actual", who = comma([...out(f, "agent"), ...out(f, "speaker")].map(name));
    return h("li", {class: `${fact}${kind(f) === "statement" ? " said" : ""}`}, h("time", {}, when(f) + (N[f].d && N[f].d[2] ? " *" : "")), h("span", {class: "dot"}),
      h("button", {type: "button", class: "ev" + (S.n === f ? " on" : ""), "data-n": f, lang: langOf(f), onclick: () => go({n: f, p: null, s: null})},
        kind(f) === "statement" ? [h("b", {}, who), ": «", val(f, "quote"), "»"] : name(f), fact !== "actual" && h("span", {class: "badge"}, concept(fact)), kind(f) === "event" && who.length > 0 && [h("br"), h("small", {}, who)]));
  };
  const years = new Map();
  for (const [day, f] of entries) { const year = day.slice(0, 4); if (!years.has(year)) years.set(year, []); years.get(year).push(f); }
  const bare = events.filter((f) => !dated(f));
  const part = (title, items) => [h("h2", {}, title), h("ul", {class: "tl"}, items.map(item))];
  fill($("#v-timeline"), h("div", {class: "opts"}, h("label", {class: "check"}, h("input", {type: "checkbox", id: "talk", checked: talk, onchange: () => go({w: 1 - S.w}, true)}), t("time.statements"))),
    events.length ? h("div", {class: "tl"}, [...years].map(([year, items]) => part(year, items)), bare.length > 0 && part(t("time.none"), bare)) : h("p", {class: "nothing"}, t("time.nothing")));
}
function drawMatrix() {
  const table = D.tables[S.m] || {rows: [], rest: [], sides: []};
  const live = (n) => STROKES[n].filter((x) => shown.has(x.f));
  const rowsShown = [...table.rows, ...table.rest].filter((n) => live(n).length);
  const place = (a) => { const i = table.sides.indexOf(N[a].side); return i < 0 ? 9 : i; };
  const count = new Map();
  for (const n of rowsShown) for (const x of live(n)) count.set(x.a, (count.get(x.a) || 0) + 1);
  const people = [...count.keys()].sort((x, y) => place(x) - place(y) || count.get(y) - count.get(x) || x - y);
  const cell = (n, a) => h("td", {}, live(n).filter((x) => x.a === a).map((x) => h("button", {type: "button", class: "cell" + (S.n === x.f ? " on" : ""), "data-n": x.f,
    "aria-label": `${name(a)} ${x.sign === "propose" ? t("sign.propose") : stance(x.f)}: ${name(n)}`, title: x.sign === "propose" ? t("sign.propose") : stance(x.f), onclick: () => go({n: x.f, p: null, s: null})}, sign(x.sign))));
  fill($("#v-matrix"), D.tables.length > 1 && h("div", {class: "pairs"}, D.tables.map((other, i) => h("button", {type: "button", "aria-pressed": String(i === S.m), onclick: () => go({m: i})}, other.sides.filter(Boolean).map(country).join(" – ")))),
    rowsShown.length ? h("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": t("view.matrix")}, h("table", {class: "matrix"}, h("caption", {}, t("matrix.caption")),
      h("thead", {}, h("tr", {}, h("th", {scope: "col"}, t("matrix.corner")), people.map((a) => h("th", {scope: "col"}, link(a))))),
      h("tbody", {}, rowsShown.map((n) => h("tr", {}, h("th", {scope: "row"}, link(n), DISPUTED.has(n) && h("span", {class: "badge"}, t("disputed"))), people.map((a) => cell(n, a)))))))
      : h("p", {class: "nothing"}, t("matrix.empty")));
}
