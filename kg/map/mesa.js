// The lines are thin; a wider one that is not seen takes the pointer.
for (const line of $$(".wire .line")) { const hit = line.cloneNode(); hit.setAttribute("class", "hit"); line.before(hit); }
// What is lit, what is filtered out, and its cards for small screens.
function lit() { // the facts whose lines are lit, the boxes that are, and perhaps the one actor whose lines count
  const n = S.n >= 0 ? S.n : null, facts = n == null || S.s != null ? chosen() : is(n, "position") ? [n] : is(n, "actor") ? into(n, "holder", "proposer") : is(n, "statement") ? into(n, "expressedIn") : STROKES[n].map((stroke) => stroke.f);
  return {facts: new Set(facts), boxes: new Set(n == null || S.s != null ? facts : [n]), actor: n != null && S.s == null && is(n, "actor") ? n : null};
}
function lightMesa() {
  const {facts, boxes, actor} = lit();
  for (const board of $$(".board")) {
    const on = new Set(boxes), live = new Set();
    for (const wire of $$(".wire", board)) {
      const [f, a, row] = ["n", "a", "r"].map((key) => +wire.dataset[key]), lights = facts.has(f) && (actor == null || actor === a);
      wire.classList.toggle("off", !shown.has(f));
      wire.classList.toggle("on", lights);
      if (lights) on.add(a).add(row);
      if (shown.has(f)) live.add(a).add(row);
    }
    let any = false;
    for (const item of $$(".row,.pill", board)) {
      const n = +item.dataset.n;
      item.classList.toggle("on", on.has(n));
      item.classList.toggle("off", is(n, "actor") || !isFact(n) ? !live.has(n) : !shown.has(n) && !live.has(n));
      any ||= on.has(n);
    }
    board.classList.toggle("dim", any);
  }
  for (const item of $$(".figure")) { item.classList.toggle("off", !shown.has(+item.dataset.n)); item.classList.toggle("on", boxes.has(+item.dataset.n)); }
}
const ORDER = ["minus", "about", "plus"];
// A card tells who stands where; the parts of a proposal on which nobody takes a stance of their own stand on the card of the whole.
const answers = (n) => STROKES[n].filter((x) => shown.has(x.f) && x.s !== "propose").sort((x, y) => ORDER.indexOf(x.s) - ORDER.indexOf(y.s));
const mere = (n) => is(n, "proposal") && out(n, "isPartOf").length > 0 && !answers(n).length;
const state = (n) => (isDisputed(n) ? t("disputed") : val(n, "status") !== "proposed" && val(n, "status") && concept(val(n, "status")));
const item = (n, symbol, ...children) => h("li", h("button", {type: "button", onclick: () => pick(n)}, symbol, h("span", children)));
const rowCard = (n) => h(seen(n) ? "article.pc" : "article.pc.off", h("h3", link(n, head(n))),
  h("p.by", real([mere(n) && `${t("rel.isPartOf")} «${out(n, "isPartOf").map(head)}»`, out(n, "proposer").length > 0 && `${t("rel.proposer")} ${out(n, "proposer").map(name).join(", ")}`]).join(" · "), state(n) && h("span.badge.c-" + val(n, "status"), state(n))),
  h("ul", answers(n).map((x) => item(x.f, sign(x.s), h("b", name(x.a)), " ", verb(x.f))), into(n, "isPartOf").filter(mere).map((part) => item(part, "·", head(part), state(part) !== state(n) && h("span.badge.c-" + val(part, "status"), state(part))))));
function drawCards() {
  for (const mesa of $$(".mesa")) {
    const table = D.tables[mesa.dataset.t];
    for (const holder of $$(".cards:not([hidden])", mesa)) fill(holder, (holder.dataset.rest ? table.rest.filter((n) => (is(n, "proposal")) === (holder.dataset.rest === "proposals")) : table.rows.filter((n) => !mere(n) || !table.rows.includes(out(n, "isPartOf")[0]))).map(rowCard));
  }
}
const tableOf = (n) => Math.max(0, D.tables.findIndex((table) => [...table.rows, ...table.rest].some((row) => row === n || out(n, "target").includes(row) || STROKES[row].some((x) => x.a === n))));
