// Exploration: one item in the middle and its neighbours on arcs, by class; or the whole network at its precomputed places.
const CLASSES = ["actor", "proposal", "topic", "event", "indicator", "statement", "position", "place"];
const SHAPE = {position: "dot", event: "diamond", indicator: "triangle", topic: "hexagon", place: "square"};
const LATE = {place: 1, memberOf: 2, attributedTo: 2, via: 2, country: 3, proposer: -1};
// Positions are folded into edges from their holders to their targets; everything else is as in the graph.
const LINKS = [], NEAR = N.map(() => []);
for (const n of IDS) for (const {a, f, s} of STROKES[n]) if (s !== "propose") LINKS.push({a, b: n, f, s, rank: -2});
for (const e of E) if (!(kind(e.from) === "position" && ["holder", "target"].includes(e.r) && out(e.from, "target").length)) LINKS.push({a: e.from, b: e.to, r: e.r, s: e.r === "proposer" ? "propose" : "", rank: LATE[e.r] || 0});
for (const l of LINKS) { NEAR[l.a].push(l); if (l.a !== l.b) NEAR[l.b].push(l); }
const isLive = (l) => [l.f ?? l.a, l.a, l.b].every(seen);
const busiest = () => [...IDS].sort((x, y) => NEAR[y].length - NEAR[x].length || x - y)[0];
const centre = () => S.c ?? (S.n >= 0 && S.n != null ? S.n : busiest());
let net = null, items, asked = false, pen;

function edges(nodes) {
  const inside = new Set(nodes), pairs = {};
  return LINKS.flatMap((l, id) => {
    if (!inside.has(l.a) || !inside.has(l.b) || l.a === l.b || !isLive(l)) return [];
    const key = [l.a, l.b].sort(), i = pairs[key] = (pairs[key] ?? -1) + 1, ink = css(l.s || "edge");
    return {id, from: l.r === "proposer" ? l.b : l.a, to: l.r === "proposer" ? l.a : l.b, color: {color: ink, highlight: ink, hover: ink}, width: l.f == null ? 1.2 : 2, dashes: {minus: [8, 4], about: [2, 5]}[l.s] || false,
      arrows: {to: {enabled: true, scaleFactor: .6, type: l.s === "minus" ? "bar" : "arrow"}}, smooth: i ? {enabled: true, type: "curvedCW", roundness: .14 * i} : false};
  });
}
const looks = (n, main) => ({shape: SHAPE[kind(n)] || "box", size: 9, borderWidth: kind(n) === "statement" ? .5 : 1.4, borderWidthSelected: 3, margin: 8, shapeProperties: {borderRadius: kind(n) === "proposal" ? 2 : 18, borderDashes: kind(n) === "statement" && [3, 3]},
  color: Object.fromEntries(["background", "border"].map((part) => [part, css(main || (SHAPE[kind(n)] && part === "background") ? "ink" : part === "border" ? "ink" : "bg")]))});
function ego(width) {
  const c = centre(), slim = width < 620, why = new Map(), limit = slim ? 9 : 24;
  const reach = (from) => NEAR[from].filter(isLive).sort((x, y) => x.rank - y.rank).forEach((l) => {
    const n = l.a === from ? l.b : l.a;
    if (n !== c) why.set(n, [...(why.get(n) || []), [l, from]]);
  });
  reach(c);
  if (S.d === 2) [...why.keys()].slice(0, limit / 2).forEach(reach);
  const near = [...why.keys()].slice(0, limit), wide = slim ? 108 : 172, size = slim ? 11.5 : 12.5;
  const label = (n) => {
    const text = (kind(n) === "statement" ? TITLE.statement(n) : real([say(N[n].n), name(n)]).join(" ")).replace(/[*_`]/g, " "), most = slim ? 60 : 96;
    const words = uniq((why.get(n) || []).filter(([, from]) => from === c).map(([l]) => (l.f != null ? verb(l.f) : t((l.a === c ? "rel." : "inv.") + l.r)))).join(", ");
    return (words ? `*${words}*\n` : "") + (text.length > most ? text.slice(0, most) + "…" : text);
  };
  const tone = (n) => { const l = why.get(n)?.find(([one, from]) => from === c && one.s); return css(l ? l[0].s : "muted"); };
  return {c, near, rest: why.size - near.length, nodes: [c, ...near].map((n) => ({id: n, x: 0, y: 0, label: label(n), ...looks(n, n === c), widthConstraint: {maximum: wide},
    font: {multi: "md", size, face: css("svg-font"), color: css(n === c ? "bg" : "ink"), bold: {color: n === c ? css("bg") : tone(n), size, vadjust: 0, mod: "bold", face: css("svg-font")}}}))};
}
// Arcs: each neighbour gets the place on the left or right that its own measured box leaves free; classes follow one another.
function arrange(view, width, height) {
  const boxes = view.near.map((n) => { const b = net.getBoundingBox(n); return {n, w: b.right - b.left, h: b.bottom - b.top, dy: (b.top + b.bottom) / 2 - net.getPosition(n).y}; });
  const own = net.getBoundingBox(view.c), middle = (own.right - own.left) / 2, gap = 12, slim = width < 620, stacks = [[], []];
  const wide = Math.max(...boxes.map((b) => b.w), 0), rings = Math.max(1, Math.min(2, Math.floor((width / 2 - middle) / (wide + 22))));
  const used = Array.from({length: rings * 2}, (_, i) => { stacks[i] = []; return 0; });
  for (const b of boxes) {
    const i = used.map((h, at) => [h + b.h > height - 20 ? 1e6 : Math.floor(at / 2) * (view.near.length > 10 ? .1 : 1) * height + h, at]).sort((x, y) => x[0] - y[0])[0];
    if (i[0] >= 1e6) { view.rest++; items.remove(b.n); continue; }
    stacks[i[1]].push(b);
    used[i[1]] += b.h + gap;
  }
  view.kept = stacks.flat().map((b) => b.n);
  stacks.forEach((stack, i) => {
    let y = (gap - used[i]) / 2;
    const ring = i >> 1, room = width / 2 - 8 - wide / 2, start = middle + wide / 2 + (slim ? 8 : 30), spare = Math.max(0, room - start - (rings - 1) * (wide + 22));
    for (const b of stack.sort((x, z) => CLASSES.indexOf(kind(x.n)) - CLASSES.indexOf(kind(z.n)) || x.n - z.n)) {
      const bow = Math.sqrt(Math.max(0, 1 - ((y + b.h / 2) / (height * .62)) ** 2));
      net.moveNode(b.n, (i % 2 ? -1 : 1) * (start + ring * (wide + 22) + spare * bow), y + b.h / 2 - b.dy);
      y += b.h + gap;
    }
  });
}
function whole(width, height) {
  const nodes = IDS.filter((n) => seen(n) && kind(n) !== "position"), reach = (axis) => Math.max(...nodes.map((n) => N[n][axis])) - Math.min(...nodes.map((n) => N[n][axis])) + 200;
  const scale = Math.min(width / reach("x"), height / reach("y"), 1), named = new Map();
  pen ||= h("canvas").getContext("2d");
  pen.font = "bold 13px " + css("svg-font");
  for (const n of [...nodes].sort((x, y) => NEAR[y].length - NEAR[x].length || x - y)) { // the top k by degree whose labels touch nothing
    const box = {w: pen.measureText(name(n)).width / 2 + 5, x: N[n].x * scale, y: N[n].y * scale};
    if (named.size < 60 && NEAR[n].length > 1 && [...named.values()].every((o) => Math.abs(o.x - box.x) > o.w + box.w || Math.abs(o.y - box.y) > 20)) named.set(n, box);
  }
  return {scale, nodes: nodes.map((n) => ({id: n, x: N[n].x, y: N[n].y, ...looks(n), shape: SHAPE[kind(n)] || (kind(n) === "proposal" ? "square" : "dot"), size: (3 + Math.min(8, Math.sqrt(NEAR[n].length))) / Math.max(scale, .4),
    label: named.has(n) ? name(n) : undefined, font: {size: 12.5 / scale, face: css("svg-font"), color: css("ink"), strokeWidth: 4 / scale, strokeColor: css("surface"), vadjust: -2 / scale}}))};
}
function drawExplore() {
  const c = centre(), all = S.d === 0, top = ["actor", "proposal", "topic"];
  if (c == null) return fill($("#v-explore"), h("p", {class: "nothing"}, t("empty")));
  const option = (n) => h("option", {value: n, selected: n === c}, name(n)), step = (d, label) => button(label, () => { asked = false; go({d}); }, {"aria-pressed": String(S.d === d)});
  const holder = h("div", {id: "net", role: "img", "aria-label": t("explore.canvas")}), near = h("p", {class: "by"});
  fill($("#v-explore"), h("div", {class: "opts"}, h("select", {"aria-label": t("explore.choose"), onchange: (event) => go({c: +event.target.value, n: +event.target.value, d: S.d || 1})}, !top.includes(kind(c)) && option(c),
    top.map((k) => h("optgroup", {label: t("kind." + k)}, IDS.filter((n) => kind(n) === k).sort((x, y) => name(x).localeCompare(name(y), lang)).map(option)))), step(1, t("explore.depth") + ": 1"), step(2, "2"), step(0, t("explore.all"))), holder, h("p", {class: "by"}, t("explore.hint")), near);
  if (net) net.destroy();
  net = null;
  if (all && N.length > 1000 && !asked) return fill(holder, h("div", {class: "nothing"}, h("p", {}, t("explore.warn", N.length)), button(t("explore.show"), () => { asked = true; drawExplore(); })));
  const {clientWidth: width, clientHeight: height} = holder, view = all ? whole(width, height) : ego(width);
  items = new vis.DataSet(view.nodes);
  net = new vis.Network(holder, {nodes: items, edges: new vis.DataSet(edges(view.nodes.map((node) => node.id)))},
    {physics: false, layout: {randomSeed: 1, improvedLayout: false}, interaction: {hover: true, hideEdgesOnDrag: N.length > 800, keyboard: {enabled: true, bindToWindow: false}}});
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
