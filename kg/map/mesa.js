// The mesa: what is lit, what is filtered out, and its cards for small screens.
const focusOf = () => { // the facts and things that are lit, or null where nothing is chosen
  const facts = chosen();
  if (facts.length) return {facts: new Set(facts), things: new Set(facts)};
  if (S.n == null || S.n < 0) return null;
  const n = S.n, lit = {facts: new Set(), things: new Set([n])};
  if (kind(n) === "position") lit.facts.add(n);
  else if (kind(n) === "statement") into(n, "expressedIn").forEach((f) => lit.facts.add(f));
  else if (kind(n) === "actor") { lit.actor = n; [...into(n, "holder"), ...into(n, "proposer")].forEach((f) => lit.facts.add(f)); }
  else if (STROKES[n].length) STROKES[n].forEach((x) => lit.facts.add(x.f));
  return lit;
};
function lightMesa() {
  const lit = focusOf();
  for (const board of $$(".board")) {
    const on = new Set(lit ? lit.things : []);
    for (const wire of $$(".wire", board)) {
      const f = +wire.dataset.n, a = +wire.dataset.a, row = +wire.dataset.r;
      wire.classList.toggle("off", !shown.has(f) || hidden.has("stance." + signOf(f)));
      const lights = !!lit && lit.facts.has(f) && (lit.actor == null || lit.actor === a);
      wire.classList.toggle("on", lights);
      if (lights) on.add(a).add(row);
    }
    let any = false;
    for (const item of $$(".row,.pill", board)) {
      const n = +item.dataset.n, wires = $$(".wire", board).filter((w) => +w.dataset.r === n || +w.dataset.a === n);
      item.classList.toggle("on", on.has(n));
      item.classList.toggle("off", isFact(n) ? !shown.has(n) : filtering() && wires.every((w) => w.classList.contains("off")));
      any ||= on.has(n);
    }
    board.classList.toggle("dim", any);
  }
  for (const item of $$(".figure")) { item.classList.toggle("off", !shown.has(+item.dataset.n)); item.classList.toggle("on", !!lit && lit.things.has(+item.dataset.n)); }
}
function rowCard(n) {
  const order = ["minus", "about", "plus"], drawn = STROKES[n].filter((x) => shown.has(x.f) && x.sign !== "propose").sort((x, y) => order.indexOf(x.sign) - order.indexOf(y.sign));
  const status = DISPUTED.has(n) ? t("disputed") : val(n, "status") && concept(val(n, "status"));
  return h("article", {class: "pc" + (isFact(n) && !shown.has(n) ? " off" : ""), "data-n": n},
    h("h3", {}, link(n)), h("p", {class: "status c-" + val(n, "status")}, [out(n, "isPartOf").map((p) => t("rel.isPartOf") + " «" + name(p) + "»"), out(n, "proposer").length && [t("rel.proposer"), " ", comma(out(n, "proposer").map(name))].join(""), status].flat().filter(Boolean).join(" · ")),
    drawn.length > 0 && h("ul", {}, drawn.map((x) => h("li", {}, h("button", {type: "button", onclick: () => go({n: x.f, p: null, s: null})}, sign(x.sign), h("span", {}, h("b", {}, name(x.a)), " ", stance(x.f)))))));
}
function drawCards() {
  for (const holder of $$("[data-cards]")) fill(holder, D.tables[holder.dataset.cards].rows.map(rowCard));
  for (const holder of $$("[data-rest]:not([hidden])")) fillRest(holder);
}
const fillRest = (holder) => {
  const claims = holder.dataset.rest === "claims", index = +holder.closest(".mesa").dataset.t;
  fill(holder, D.tables[index].rest.filter((n) => (kind(n) !== "proposal") === claims).map(rowCard));
};
function showTable() {
  for (const mesa of $$(".mesa")) mesa.hidden = +mesa.dataset.t !== S.m;
  for (const button of $$(".pairs button")) button.setAttribute("aria-pressed", String(+button.dataset.t === S.m));
}
const tableOf = (n) => {
  const facts = new Set([n, ...out(n, "target")]);
  const i = D.tables.findIndex((table) => table.rows.some((row) => facts.has(row) || STROKES[row].some((x) => x.a === n)));
  return i < 0 ? S.m : i;
};
