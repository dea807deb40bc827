// Exploration: one item in the middle and its neighbours on arcs, by class; or the whole network at its precomputed places.
const CLASSES = ["actor", "proposal", "topic", "event", "indicator", "statement", "position", "place"];
const LATE = {place: 1, memberOf: 2, attributedTo: 2, via: 2, country: 3, proposer: -1};
// Positions are folded into edges from their holders to their targets; everything else is as in the graph.
const LINKS = [], NEAR = N.map(() => []);
for (const n of IDS) for (const {a, f, s} of STROKES[n]) if (s !== "propose") LINKS.push({a, b: n, f, s, rank: -2});
for (const e of E) if (!(kind(e.from) === "position" && ["holder", "target"].includes(e.r) && out(e.from, "target").length)) LINKS.push({a: e.from, b: e.to, r: e.r, s: e.r === "proposer" ? "propose" : "", rank: LATE[e.r] || 0});
for (const l of LINKS) { NEAR[l.a].push(l); if (l.a !== l.b) NEAR[l.b].push(l); }
const isLive = (l) => [l.f ?? l.a, l.a, l.b].every(seen);
const busiest = () => [...IDS].sort((x, y) => NEAR[y].length - NEAR[x].length || x - y)[0];
const centre = () => S.c ?? (S.n >= 0 && S.n != null ? S.n : busiest());
let net = null, items, asked = false;
// vis-network stands packed in the page; the policy lets it run as it came, and nothing else.
function library() {
  if (window.vis) return;
  const [text, first, pieces] = JSON.parse($("#kg-library").textContent), from = String.fromCharCode(first), to = String.fromCharCode(first + pieces.length - 1);
  document.head.append(h("script", text.replace(new RegExp(`[${from}-${to}]`, "g"), (letter) => pieces[letter.charCodeAt(0) - first])));
}

// A text cut between two words, not after a short one.
const clip = (text, most) => (text.length > most ? text.slice(0, most).replace(/(\s+\S{1,3})*\s+\S*$/, "") + "…" : text);
function edges(nodes) {
  const inside = new Set(nodes), pairs = {};
  return LINKS.flatMap((l, id) => {
    if (!inside.has(l.a) || !inside.has(l.b) || l.a === l.b || !isLive(l)) return [];
    const key = [l.a, l.b].sort(), i = pairs[key] = (pairs[key] ?? -1) + 1, ink = css(l.s || "edge");
    return {id, from: l.r === "proposer" ? l.b : l.a, to: l.r === "proposer" ? l.a : l.b, color: {color: ink, highlight: ink, hover: ink}, width: S.d ? (l.f == null ? 1.2 : 2) : .6, dashes: {minus: [8, 4], about: [2, 5]}[l.s] || false,
      arrows: {to: {enabled: S.d > 0, scaleFactor: .6, type: l.s === "minus" ? "bar" : "arrow"}}, smooth: i ? {enabled: true, type: "curvedCW", roundness: .14 * i} : false};
  });
}
// Every neighbour is a card: the relation to the middle with the sign of its class, then its name. Actors are pills, proposals boxes.
function ego(width) {
  const c = centre(), slim = width < 620, why = new Map(), limit = slim ? 10 : 24, face = css("svg-font"), size = slim ? 13 : 13.5;
  const reach = (from, most) => NEAR[from].filter(isLive).sort((x, y) => x.rank - y.rank).forEach((l) => {
    const n = l.a === from ? l.b : l.a;
    if (n !== c && (why.has(n) || why.size < most)) why.set(n, [...(why.get(n) || []), [l, from]]);
  });
  reach(c, S.d === 2 ? limit / 3 : 1e4);
  if (S.d === 2) [...why.keys()].forEach((n) => reach(n, 1e4));
  const label = (n) => {
    const text = (is(n, "statement") ? TITLE.statement(n) : real([say(N[n].n), head(n)]).join(" ")).replace(/[*_`\\]/g, " "), most = slim ? 60 : 96;
    const words = uniq((why.get(n) || []).filter(([, from]) => from === c).map(([l]) => (l.f != null ? verb(l.f) : t((l.a === c ? "rel." : "inv.") + l.r)))).join(", ");
    return `${n === c ? "" : `*${D.glyphs[kind(n)] || ""}${words}*\n`}${clip(text, most)}`.replace("**\n", "");
  };
  const tone = (n) => css(why.get(n)?.find(([l, from]) => from === c && l.s)?.[0].s || "muted");
  return {c, near: [...why.keys()].slice(0, limit), rest: Math.max(0, why.size - limit), nodes: [c, ...[...why.keys()].slice(0, limit)].map((n) => ({id: n, x: 0, y: 0, label: label(n), shape: "box", margin: 8, borderWidth: D.glyphs[kind(n)] ? .6 : 1.4, borderWidthSelected: 3,
    shapeProperties: {borderRadius: is(n, "actor") ? 18 : is(n, "proposal") ? 1 : 8}, color: {background: css(n === c ? "ink" : "bg"), border: css("ink"), highlight: css(n === c ? "ink" : "bg"), hover: css(n === c ? "ink" : "surface")}, widthConstraint: {maximum: slim ? width / 2 - 34 : 176},
    font: {multi: "md", size, face, color: css(n === c ? "bg" : "ink"), bold: {color: tone(n), size, face, mod: "bold", vadjust: 0}}}))};
}
// Stacks to the left and right of the middle, by class: what is one step away stands nearer. Each card is placed by its own measured
// box; what finds no room stays in the panel. On narrow screens the stacks stand above and below the middle.
function arrange(view, width, height) {
  const size = (n) => { const b = net.getBoundingBox(n); return {n, w: b.right - b.left, h: b.bottom - b.top}; }, own = size(view.c), slim = width < 620, gap = 12;
  const cards = view.near.map(size), wide = Math.max(...cards.map((b) => b.w), 0), rings = slim || cards.length < 7 || (width - own.w) / 2 < 2 * (wide + 24) ? 1 : 2;
  const room = slim ? height / 2 - own.h / 2 - 30 : height - 16, stacks = Array.from({length: slim ? 4 : rings * 2}, () => ({cards: [], used: 0}));
  view.kept = [];
  for (const b of cards) {
    const free = stacks.filter((stack) => stack.used + b.h <= room).sort((x, y) => x.used - y.used), at = S.d === 2 && !slim ? free.sort((x, y) => (stacks.indexOf(x) >> 1) - (stacks.indexOf(y) >> 1))[0] : free[0];
    if (!at) { view.rest++; items.remove(b.n); continue; }
    at.cards.push(b);
    at.used += b.h + gap;
    view.kept.push(b.n);
  }
  stacks.forEach((stack, i) => {
    let y = slim ? (i > 1 ? own.h / 2 + 26 : gap - stack.used - own.h / 2 - 26) : (gap - stack.used) / 2;
    const start = own.w / 2 + wide / 2 + 28, spare = Math.max(0, width / 2 - 10 - wide / 2 - start - (rings - 1) * (wide + 20));
    for (const b of stack.cards.sort((x, z) => CLASSES.indexOf(kind(x.n)) - CLASSES.indexOf(kind(z.n)) || x.n - z.n)) {
      const bow = Math.sqrt(Math.max(0, 1 - ((y + b.h / 2) / (height * .6)) ** 2)), x = slim ? width / 4 : start + (i >> 1) * (wide + 20) + spare * bow;
      net.moveNode(b.n, i % 2 ? -x : x, y + b.h / 2);
      y += b.h + gap;
    }
  });
}
const short = (n) => clip(head(n), 34);
function whole(width, height) {
  const nodes = IDS.filter((n) => seen(n) && !is(n, "position")), reach = (axis) => Math.max(...nodes.map((n) => N[n][axis])) - Math.min(...nodes.map((n) => N[n][axis])) + 200;
  const scale = Math.min(width / reach("x"), height / reach("y"), 1), named = new Map();
  const pen = h("canvas").getContext("2d");
  pen.font = "600 14px " + css("svg-font");
  const actor = (n) => is(n, "actor");
  for (const n of [...nodes].sort((x, y) => actor(y) - actor(x) || NEAR[y].length - NEAR[x].length || x - y)) { // the top k by degree whose labels touch nothing
    const box = {w: pen.measureText(short(n)).width / 2 + 5, x: N[n].x * scale, y: N[n].y * scale};
    if (named.size < 60 && NEAR[n].length > 1 && [...named.values()].every((o) => Math.abs(o.x - box.x) > o.w + box.w || Math.abs(o.y - box.y) > 20)) named.set(n, box);
  }
  return {scale, nodes: nodes.map((n) => ({id: n, x: N[n].x, y: N[n].y, color: {background: css(is(n, "statement") ? "surface" : "ink"), border: css("ink"), highlight: css("minus"), hover: css("minus")}, shape: D.shapes[kind(n)], size: (3 + Math.min(8, Math.sqrt(NEAR[n].length))) / Math.max(scale, .4),
    label: named.has(n) ? short(n) : undefined, font: {size: 13.5 / scale, face: css("svg-font"), color: css("ink"), strokeWidth: 4 / scale, strokeColor: css("surface"), vadjust: -2 / scale}}))};
}
function drawExplore() {
  const c = centre(), all = S.d === 0, top = ["actor", "proposal", "topic"];
  if (c == null) return fill($("#v-explore"), h("p.nothing", t("empty")));
  const option = (n) => h("option", {value: n, selected: n === c}, head(n)), step = (d, label) => button(label, () => { asked = false; go({d}); }, {"aria-pressed": S.d === d});
  const holder = h("div", {id: "net", role: "img", "aria-label": t("explore.canvas")}), near = h("p.by");
  fill($("#v-explore"), h("div.opts", h("select", {"aria-label": t("explore.choose"), onchange: (event) => go({c: +event.target.value, n: +event.target.value, d: S.d || 1})}, !top.includes(kind(c)) && option(c),
    top.map((k) => h("optgroup", {label: t("kind." + k)}, IDS.filter((n) => kind(n) === k).sort((x, y) => name(x).localeCompare(name(y), lang)).map(option)))), step(1, t("explore.depth") + ": 1"), step(2, "2"), step(0, t("explore.all"))), holder, h("p.by", t("explore.hint")), near);
  if (net) net.destroy();
  net = null;
  if (all && N.length > 1000 && !asked) return fill(holder, h("div.nothing", h("p", t("explore.warn", N.length)), button(t("explore.show"), () => { asked = true; drawExplore(); })));
  const {clientWidth: width, clientHeight: height} = holder, view = all ? whole(width, height) : ego(width);
  library();
  items = new vis.DataSet(view.nodes);
  net = new vis.Network(holder, {nodes: items, edges: new vis.DataSet(edges(view.nodes.map((node) => node.id)))},
    {physics: false, interaction: {hover: true, hideEdgesOnDrag: N.length > 800, keyboard: {enabled: true, bindToWindow: false}}});
  if (all) net.fit({animation: false});
  else {
    net.redraw();
    arrange(view, width, height);
    net.moveTo({position: {x: 0, y: 0}, scale: 1, animation: false});
    fill(near, t("explore.neighbours"), ": ", links(view.kept), view.rest > 0 && " " + t("explore.more", view.rest));
  }
  net.on("click", ({nodes: [n], edges: [e]}) => { if (n != null || e != null) pick(n ?? LINKS[e].f ?? LINKS[e].a); });
  net.on("doubleClick", ({nodes: [n]}) => n != null && go({c: n, n, d: S.d || 1}));
  holder.net = net;
}
