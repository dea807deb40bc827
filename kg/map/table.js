// The list: every fact with its words, or every relation as the graph has it. The same rows leave as CSV.
let sorting = [0, 1];
const relation = (i) => h("span", {"data-e": i}, t("rel." + E[i].r), " ", link(E[i].to));
const origin = (n) => { const source = sourceOf(n); return source ? real([source.publisher || source.title, source.date]).join(", ") : ""; };
const factOf = (id) => (S.k ? E[id].from : id);
const columns = () => [...(S.k ? ["subject", "relation", "object"] : ["kind", "what", "who"]), "date", "quote", ...(D.sources.length > 1 ? ["source"] : [])];
const ids = () => (S.k ? [...E.keys()].filter((i) => seen(E[i].from) && seen(E[i].to)) : FACTIDS.filter((f) => shown.has(f)));
const texts = (id) => {
  const n = factOf(id), what = is(n, "position") ? plain(n) : real([say(N[n].n), name(n)]).join(" ");
  return [...(S.k ? [name(n), t("rel." + E[id].r), name(E[id].to)] : [t("one." + kind(n)), what, E_OF[n].map((i) => t("rel." + E[i].r) + " " + name(E[i].to)).join("; ")]), when(n), best(n), ...(D.sources.length > 1 ? [origin(n)] : [])];
};
function drawList() {
  const [column, way] = sorting, compare = new Intl.Collator(lang).compare, made = ids().map((id) => [id, texts(id)]);
  const key = ([id, row]) => (column === 3 ? (N[factOf(id)].d || [])[0] || "9" : row[column]);
  if (S.k || column || way < 0) made.sort((x, y) => way * compare(key(x), key(y)) || x[0] - y[0]);
  const cells = (n, row, first, second) => h("tr", {class: S.n === n && "on"}, first, second, row.slice(3).map((text, c) => h("td", c === 1 && text ? h("q", {lang: langOf(n)}, text) : text)));
  const body = made.map(([id, row]) => S.k ? cells(E[id].from, row, [h("td", link(E[id].from)), h("td", {"data-e": id}, row[1])], h("td", link(E[id].to)))
    : cells(id, row, h("td", row[0]), [h("td", is(id, "position") ? tell(id) : link(id, row[1])), h("td", E_OF[id].map(relation))]));
  const others = S.k || filtering() ? [] : IDS.filter((n) => !isFact(n)).map((n) => h("tr", h("td", t("one." + kind(n))), h("td", link(n)), h("td", {colspan: columns().length - 2}, E_OF[n].map(relation))));
  const mode = (label, k) => button(t(label), () => { sorting = [0, 1]; go({k}, true); }, {"aria-pressed": S.k === k});
  fill($("#list"), h("div.opts", mode("table.facts", 0), mode("table.links", 1), h("span", {id: "count"}, made.length + " " + t("table.rows")), button(t("table.copy"), (event) => copyText(csv("\t"), event.target))),
    h(S.k ? "table.list.links" : "table.list", h("caption", t("table.caption")), h("thead", h("tr", columns().map((label, c) => h("th", {scope: "col", "aria-sort": c === column ? (way > 0 ? "ascending" : "descending") : null},
      h("button", {type: "button", title: `${t("table.sort")} ${t("table." + label)}`, onclick: () => { sorting = [c, c === column ? -way : 1]; drawList(); }}, t("table." + label), c === column && (way > 0 ? " ▴" : " ▾")))))),
    h("tbody", body), h("tbody.others", others)));
}
function csv(separator) {
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text); // no formulas in a spreadsheet
  const field = (text) => (separator === "," ? `"${safe(text).replaceAll("\"", "\"\"")}"` : safe(text).replace(/\s+/g, " "));
  return [columns().map((label) => t("table." + label)), ...ids().map(texts)].map((row) => row.map(field).join(separator) + "\r\n").join("");
}
