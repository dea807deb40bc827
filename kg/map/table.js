// The list: every fact with its words, or every relation as the graph has it. The same rows leave as CSV.
let sorting = [0, 1];
const day0 = (n) => (N[n].d && (N[n].d[0] || N[n].d[1])) || "9999";
const origin = (n) => { const s = cites(n).length ? D.sources[cite(cites(n)[0]).source] : null; return s ? [s.publisher || s.title, s.date].filter(Boolean).join(", ") : ""; };
const RELATIONS = () => E.map((e, i) => i).filter((i) => !filtering() || [E[i].from, E[i].to].every((n) => !isFact(n) || shown.has(n)));
const COLUMNS = [
  {keys: ["kind", "what", "who", "date", "quote", "source"], ids: () => FACTIDS.filter((f) => shown.has(f)),
    cells: (f) => [t("one." + kind(f)), kind(f) === "position" ? plain(f) : kind(f) === "indicator" ? say(N[f].n || ["", ""]) + " " + name(f) : name(f),
      E_OF[f].map((i) => t("rel." + E[i].r) + " " + name(E[i].to)).join("; "), when(f), firstQuote(f), origin(f)],
    order: (f, c) => (c === 3 ? day0(f) : null)},
  {keys: ["subject", "relation", "object", "date", "quote", "source"], ids: RELATIONS,
    cells: (i) => [name(E[i].from), t("rel." + E[i].r), name(E[i].to), when(E[i].from), firstQuote(E[i].from), origin(E[i].from)],
    order: (i, c) => (c === 3 ? day0(E[i].from) : null)},
];
const E_OF = N.map(() => []);
E.forEach((e, i) => E_OF[e.from].push(i));
function drawList() {
  const mode = COLUMNS[S.k] || COLUMNS[0], [column, direction] = sorting;
  const made = mode.ids().map((id) => ({id, cells: mode.cells(id)}));
  const key = (row) => mode.order(row.id, column) || row.cells[column];
  const compare = new Intl.Collator(lang).compare;
  if (column || direction < 0 || S.k) made.sort((x, y) => direction * compare(key(x), key(y)) || x.id - y.id);
  const open = (row) => (S.k ? E[row.id].from : row.id);
  const body = made.map((row) => h("tr", {class: S.n === open(row) ? "on" : null, ...(S.k ? {"data-e": row.id} : {"data-f": row.id})}, row.cells.map((text, c) => {
    if (S.k && (c === 0 || c === 2)) return h("td", {}, link(c ? E[row.id].to : E[row.id].from));
    if (!S.k && c === 1) return h("td", {}, kind(row.id) === "position" ? telling(row.id) : link(row.id, text));
    if (!S.k && c === 2) return h("td", {}, E_OF[row.id].map((i) => h("span", {"data-e": i}, t("rel." + E[i].r), " ", link(E[i].to))));
    return h("td", {}, c === 4 && text ? h("q", {lang: langOf(open(row))}, text) : text);
  })));
  const others = S.k || filtering() ? [] : [...N.keys()].filter((n) => !isFact(n)).map((n) => h("tr", {}, h("td", {}, t("one." + kind(n))), h("td", {}, link(n)), h("td", {}, E_OF[n].map((i) => h("span", {"data-e": i}, t("rel." + E[i].r), " ", link(E[i].to)))), h("td"), h("td"), h("td")));
  const modes = ["table.facts", "table.links"].map((label, k) => h("button", {type: "button", class: "pbtn" + (S.k === k ? " go" : ""), "aria-pressed": String(S.k === k), onclick: () => { sorting = [0, 1]; go({k}, true); }}, t(label)));
  fill($("#list"), h("div", {class: "opts"}, modes, h("span", {id: "count"}, `${made.length} ${t("table.rows")}`), h("button", {type: "button", class: "pbtn", onclick: (event) => copyText(csv("\t"), event.target)}, t("table.copy")), h("button", {type: "button", class: "pbtn", onclick: () => save("csv")}, "CSV")),
    h("table", {class: "list"}, h("caption", {}, t("table.caption")), h("thead", {}, h("tr", {}, mode.keys.map((label, c) => h("th", {scope: "col", "aria-sort": c === column ? (direction > 0 ? "ascending" : "descending") : null},
      h("button", {type: "button", title: t("table.sort") + " " + t("table." + label), onclick: () => { sorting = [c, c === column ? -direction : 1]; drawList(); }}, t("table." + label), c === column ? (direction > 0 ? " ▴" : " ▾") : ""))))),
      h("tbody", {}, body), others.length > 0 && h("tbody", {class: "others"}, others)));
}
function csv(separator) {
  const mode = COLUMNS[S.k] || COLUMNS[0];
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text); // no formulas in a spreadsheet
  const field = (text) => (separator === "\t" ? safe(text).replace(/\s+/g, " ") : `"${safe(text).replaceAll('"', '""')}"`);
  return [mode.keys.map((key) => field(t("table." + key))), ...mode.ids().map((id) => mode.cells(id).map(field))].map((row) => row.join(separator)).join("\r\n") + "\r\n";
}
