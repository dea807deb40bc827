// Exploration: one item in the middle, its neighbours on arcs by class; or the whole network at its precomputed places.
const CLASSES = ["actor", "proposal", "topic", "event", "indicator", "statement", "position", "place"];
const LOW = {country: 3, memberOf: 2, attributedTo: 2, via: 2, place: 1};
let net = null, WIDE = false;
// Folded relations: a position is an edge from its holder to its target; everything else is as in the graph.
const LINKS = [];
for (const f of N.keys()) if (kind(f) === "position") for (const a of out(f, "holder")) for (const b of out(f, "target")) LINKS.push({a, b, f, sign: signOf(f), rank: -2});
for (const e of E) {
  const folded = kind(e.from) === "position" && (e.r === "holder" || e.r === "target") && out(e.from, "target").length;
  if (!folded) LINKS.push({a: e.from, b: e.to, r: e.r, sign: e.r === "proposer" ? "propose" : "", rank: e.r === "proposer" ? -1 : LOW[e.r] || 0});
}
const NEAR = N.map(() => []);
for (const l of LINKS) { NEAR[l.a].push(l); if (l.b !== l.a) NEAR[l.b].push(l); }
const far = (l, n) => (l.a === n ? l.b : l.a);
const word = (l, n) => (l.f != null ? stance(l.f) : t((l.a === n ? "rel." : "inv.") + l.r));
const visible = (l) => [l.f, l.a, l.b].every((n) => n == null || !isFact(n) || shown.has(n)) && !(l.sign && hidden.has("stance." + l.sign));
const css = (key) => getComputedStyle(document.documentElement).getPropertyValue("--" + key).trim();
const centre = () => (S.c != null ? S.c : S.n != null && S.n >= 0 ? S.n : [...N.keys()].sort((x, y) => NEAR[y].length - NEAR[x].length)[0]);

const pen = document.createElement("canvas").getContext("2d");
const font = (size, bold) => `${bold ? "bold " : ""}${size}px ${css("svg-font")}`;
function wrapLines(text, room, most) {
  const lines = [];
  for (const w of text.split(/\s+/)) {
    const joined = lines.length ? lines.at(-1) + " " + w : w;
    if (lines.length && pen.measureText(joined).width <= room) lines[lines.length - 1] = joined; else lines.push(w);
  }
  if (lines.length > most) { lines.length = most; lines[most - 1] += " …"; }
  return lines.map((line) => { while (line.length > 3 && pen.measureText(line).width > room) line = line.slice(0, -2) + "…"; return line; });
}
// The shape of a class, about (x, y), r high and wide: actor pill, proposal box, position disc, event diamond, indicator triangle …
function shape(ctx, n, x, y, r) {
  const k = kind(n);
  ctx.beginPath();
  if (k === "actor") ctx.roundRect(x - r * 1.3, y - r * .75, r * 2.6, r * 1.5, r * .75);
  else if (k === "proposal") ctx.rect(x - r * 1.1, y - r * .8, r * 2.2, r * 1.6);
  else if (k === "event") { ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath(); }
  else if (k === "indicator") { ctx.moveTo(x, y - r); ctx.lineTo(x + r, y + r * .8); ctx.lineTo(x - r, y + r * .8); ctx.closePath(); }
  else if (k === "statement") { ctx.roundRect(x - r, y - r * .8, r * 2, r * 1.3, r * .4); ctx.moveTo(x - r * .5, y + r * .4); ctx.lineTo(x - r * .5, y + r); ctx.lineTo(x + r * .2, y + r * .4); }
  else if (k === "topic") for (let i = 0; i < 6; i++) ctx.lineTo(x + r * Math.cos(i * Math.PI / 3), y + r * Math.sin(i * Math.PI / 3));
  else if (k === "place") ctx.rect(x - r * .7, y - r * .7, r * 1.4, r * 1.4);
  else ctx.arc(x, y, r * .8, 0, 7);
  if (k === "topic") ctx.closePath();
}
const tint = (n) => (kind(n) === "position" ? css(signOf(n)) : css("ink"));

function ego(width, height) {
  const c = centre(), slim = width < 620, w = slim ? 124 : 190, size = slim ? 11.5 : 12.5, lead = size * 1.25;
  const relations = new Map();
  const reach = (from) => NEAR[from].filter(visible).sort((x, y) => x.rank - y.rank || cites(far(y, from)).length - cites(far(x, from)).length).forEach((l) => {
    const n = far(l, from);
    if (n !== c) relations.set(n, [...(relations.get(n) || []), [l, from]]);
  });
  reach(c);
  const first = [...relations.keys()];
  if (S.d === 2) first.slice(0, 12).forEach(reach);
  const box = (n, lines, head, wide) => ({n, lines, head, w: wide, h: (lines.length + head.length) * lead + 14});
  const measure = (n) => {
    pen.font = font(size, false);
    const own = relations.get(n) || [], words = [...new Set(own.filter(([, from]) => from === c).map(([l, from]) => word(l, from)))].join(", ");
    const text = kind(n) === "statement" ? "«" + (val(n, "quote") || name(n)) + "»" : kind(n) === "indicator" ? say(N[n].n) + " " + name(n) : kind(n) === "position" ? plain(n) : name(n);
    const lines = wrapLines(text, w - 22, slim ? 3 : 4);
    pen.font = font(size - .5, true);
    return box(n, lines, words ? wrapLines(words, w - 42, 1) : [], w);
  };
  pen.font = font(size + 1, true);
  const cw = slim ? 104 : 200, middle = box(c, wrapLines(name(c), cw - 20, 6), [], cw);
  const columns = slim ? 1 : Math.max(1, Math.min(2, Math.floor((width / 2 - cw / 2) / (w + 26))));
  const room = height - 24, gap = 10, limit = slim ? 12 : 25;
  const stacks = Array.from({length: columns * 2}, () => []), used = stacks.map(() => 0), placed = [];
  for (const n of relations.keys()) {
    if (placed.length >= limit - 1) break;
    const b = measure(n);
    const inner = first.includes(n) || S.d === 1;
    const options = [...stacks.keys()].filter((i) => used[i] + b.h + gap <= room).sort((x, y) => (inner ? Math.floor(x / 2) - Math.floor(y / 2) : Math.floor(y / 2) - Math.floor(x / 2)) || used[x] - used[y] || x - y);
    if (!options.length) continue;
    stacks[options[0]].push(b); used[options[0]] += b.h + gap; placed.push(b);
  }
  const order = (b) => CLASSES.indexOf(kind(b.n)) * 1e5 + placed.indexOf(b);
  stacks.forEach((stack, i) => {
    const side = i % 2 ? -1 : 1, ring = Math.floor(i / 2);
    let y = -used[i] / 2;
    for (const b of stack.sort((x, z) => order(x) - order(z))) {
      b.y = y + (b.h + gap) / 2;
      const bow = Math.sqrt(Math.max(0, 1 - (b.y / (room / 1.6)) ** 2));
      const near = slim ? width / 2 - w / 2 - 4 : Math.max(cw / 2 + w / 2 + 26, (columns > 1 ? .27 : .4) * width * bow);
      b.x = side * Math.min(near + ring * (w + 24), width / 2 - w / 2 - 6 - (columns - 1 - ring) * (w + 14));
      y += b.h + gap;
    }
  });
  middle.x = middle.y = 0;
  return {boxes: [middle, ...placed], hiddenCount: relations.size - placed.length, size, lead, relations};
}
const edgeStyle = (l, i) => ({color: {color: css(l.sign || "edge"), highlight: css(l.sign || "ink"), hover: css(l.sign || "ink")}, width: l.sign && l.sign !== "propose" ? 2 : 1.2,
  dashes: l.sign === "minus" ? [8, 4] : l.sign === "about" ? [2, 4] : false, arrows: {to: {enabled: true, scaleFactor: .6, type: l.sign === "minus" ? "bar" : "arrow"}}, smooth: i ? {type: "curvedCW", roundness: .14 * i} : {type: "continuous"}});
function edgesAmong(nodes) {
  const inside = new Set(nodes), pairs = new Map();
  return LINKS.flatMap((l, id) => {
    if (!inside.has(l.a) || !inside.has(l.b) || !visible(l)) return [];
    const key = Math.min(l.a, l.b) + " " + Math.max(l.a, l.b), i = pairs.get(key) || 0;
    pairs.set(key, i + 1);
    return [{id, from: l.a, to: l.b, ...edgeStyle(l, i)}];
  });
}
// A label card in the ego view.
const cardNode = (b, view) => ({id: b.n, x: b.x, y: b.y, shape: "custom", ctxRenderer: ({ctx, x, y, state}) => ({nodeDimensions: {width: b.w, height: b.h}, drawNode() {
  const main = b.n === view.boxes[0].n;
  ctx.beginPath();
  ctx.roundRect(x - b.w / 2, y - b.h / 2, b.w, b.h, kind(b.n) === "actor" ? Math.min(18, b.h / 2) : kind(b.n) === "proposal" ? 2 : 8);
  ctx.fillStyle = main ? css("ink") : css("bg"); ctx.fill();
  ctx.strokeStyle = css("ink"); ctx.lineWidth = state.selected || S.n === b.n ? 3 : kind(b.n) === "proposal" || kind(b.n) === "actor" ? 1.3 : .6; ctx.stroke();
  let top = y - b.h / 2 + 7 + view.lead * .78;
  ctx.textAlign = "left"; ctx.textBaseline = "alphabetic";
  if (b.head.length) {
    const l = view.relations.get(b.n)[0][0];
    ctx.fillStyle = tint(b.n); shape(ctx, b.n, x - b.w / 2 + 16, top - 4, 5.5); ctx.fill();
    ctx.fillStyle = css(l.sign || "muted"); ctx.font = font(view.size - .5, true); ctx.fillText(b.head[0], x - b.w / 2 + 29, top); top += view.lead;
  }
  ctx.fillStyle = main ? css("bg") : css("ink"); ctx.font = font(main ? view.size + 1 : view.size, main);
  for (const line of b.lines) { if (main) ctx.fillText(line, x - ctx.measureText(line).width / 2, top); else ctx.fillText(line, x - b.w / 2 + 11, top); top += view.lead; }
}})});
function whole(width, height) {
  const nodes = [...N.keys()].filter((n) => !isFact(n) || shown.has(n)).filter((n) => kind(n) !== "position");
  const xs = nodes.map((n) => N[n].x), ys = nodes.map((n) => N[n].y), span = (v) => Math.max(...v) - Math.min(...v) + 160;
  const scale = Math.min(width / span(xs), height / span(ys), 1), labelled = [];
  pen.font = font(12, true);
  for (const n of [...nodes].sort((x, y) => NEAR[y].length - NEAR[x].length || x - y)) { // the top k by degree whose labels touch nothing
    const w = pen.measureText(name(n)).width / 2 + 4, x = N[n].x * scale, y = N[n].y * scale + 16;
    if (labelled.every((o) => Math.abs(o.x - x) > o.w + w || Math.abs(o.y - y) > 16)) { if (NEAR[n].length > 1 && labelled.length < 60) labelled.push({n, x, y, w}); }
  }
  const named = new Set(labelled.map((o) => o.n));
  return {scale, labelled, nodes: nodes.map((n) => ({id: n, x: N[n].x, y: N[n].y, shape: "custom", ctxRenderer: ({ctx, x, y, state}) => {
    const r = (3.5 + Math.min(7, Math.sqrt(NEAR[n].length))) / Math.max(scale, .35);
    return {nodeDimensions: {width: r * 2, height: r * 2}, drawNode() {
      shape(ctx, n, x, y, r); ctx.fillStyle = kind(n) === "actor" || kind(n) === "proposal" ? css("ink") : css("surface"); ctx.fill();
      ctx.strokeStyle = css(state.selected ? "minus" : "ink"); ctx.lineWidth = (state.selected ? 3 : 1) / scale; ctx.stroke();
    }, drawExternalLabel() {
      if (!named.has(n)) return;
      ctx.font = font(12 / scale, true); ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineWidth = 4 / scale; ctx.strokeStyle = css("surface");
      ctx.strokeText(name(n), x, y + 16 / scale); ctx.fillStyle = css("ink"); ctx.fillText(name(n), x, y + 16 / scale);
    }};
  }}))};
}
function drawExplore() {
  const root = $("#v-explore"), c = centre();
  if (c == null) return fill(root, h("p", {class: "nothing"}, t("empty")));
  const all = S.d === 0, big = N.length > 1000;
  const choose = h("select", {"aria-label": t("explore.choose"), onchange: (event) => go({c: +event.target.value, n: +event.target.value, d: S.d || 1})},
    ["actor", "proposal", "topic"].map((k) => h("optgroup", {label: t("kind." + k)}, [...N.keys()].filter((n) => kind(n) === k).sort((x, y) => name(x).localeCompare(name(y), lang)).map((n) => h("option", {value: n, selected: n === c}, name(n))))), !["actor", "proposal", "topic"].includes(kind(c)) && h("option", {value: c, selected: true}, name(c)));
  const step = (d, label) => h("button", {type: "button", class: "pbtn" + (S.d === d ? " go" : ""), "aria-pressed": String(S.d === d), onclick: () => { WIDE = false; go({d}); }}, label);
  const holder = h("div", {id: "net", role: "img", "aria-label": t("explore.canvas")});
  const list = h("p", {class: "tagline"});
  fill(root, h("div", {class: "opts"}, choose, step(1, t("explore.depth") + ": 1"), step(2, "2"), step(0, t("explore.all"))), holder, h("p", {class: "tagline"}, t("explore.hint")), list);
  if (net) { net.destroy(); net = null; }
  if (all && big && !WIDE) {
    return fill(holder, h("div", {class: "nothing"}, h("p", {}, t("explore.warn", N.length)), h("button", {type: "button", class: "pbtn go", onclick: () => { WIDE = true; drawExplore(); }}, t("explore.show"))));
  }
  const {clientWidth: width, clientHeight: height} = holder, view = all ? whole(width, height) : ego(width, height);
  const nodes = all ? view.nodes : view.boxes.map((b) => cardNode(b, view));
  net = new vis.Network(holder, {nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edgesAmong(nodes.map((node) => node.id)))},
    {physics: false, layout: {randomSeed: 1}, interaction: {hover: true, hideEdgesOnDrag: N.length > 800, keyboard: {enabled: true, bindToWindow: false}}, nodes: {chosen: false}, edges: {selectionWidth: 2}});
  if (all) net.fit({animation: false}); else net.moveTo({position: {x: 0, y: 0}, scale: 1, animation: false});
  net.on("click", ({nodes: [n], edges: [e]}) => { if (n != null) go({n, p: null, s: null}); else if (e != null) go({n: LINKS[e].f != null ? LINKS[e].f : LINKS[e].a, p: null, s: null}); });
  net.on("doubleClick", ({nodes: [n]}) => n != null && go({c: n, n, d: S.d || 1}));
  root.view = view;
  if (!all) fill(list, t("explore.neighbours"), ": ", comma(view.boxes.slice(1).map((b) => link(b.n))), view.hiddenCount > 0 && " " + t("explore.more", view.hiddenCount));
}
