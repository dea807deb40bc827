// What is shown, taken away: SVG and PNG of the picture, CSV of the list, Turtle of the facts.
function download(name, type, content) {
  const a = h("a", {href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type})), download: name});
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 5000);
}
const colours = () => { const style = getComputedStyle(document.documentElement); return ["bg", "surface", "panel", "line", "edge", "ink", "muted", "plus", "minus", "about", "propose", "disc", "serif", "svg-font"].map((key) => `--${key}:${style.getPropertyValue("--" + key)}`).join(";"); };
function mesaSvg() {
  const boards = $$(".mesa:not([hidden]) .board");
  let y = 20;
  const parts = boards.map((board) => {
    const copy = board.cloneNode(true), height = +board.getAttribute("viewBox").split(" ")[3];
    copy.setAttribute("y", y); copy.setAttribute("x", 20); copy.setAttribute("width", 960); copy.setAttribute("height", height);
    $$(".hit", copy).forEach((hit) => hit.remove());
    $$("a", copy).forEach((a) => a.removeAttribute("href"));
    y += height + 26;
    return copy;
  });
  const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  root.setAttribute("viewBox", `0 0 1000 ${y}`); root.setAttribute("width", 1000); root.setAttribute("height", y);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style"), back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  style.textContent = `svg{${colours()}}` + $("#board-css").textContent + ".board .off{opacity:.1}.board.dim .wire:not(.on){opacity:.12}.board.dim .row:not(.on),.board.dim .pill:not(.on){opacity:.42}";
  back.setAttribute("width", 1000); back.setAttribute("height", y); back.setAttribute("style", "fill:var(--bg)");
  root.append(style, back, ...parts);
  return boards.length ? new XMLSerializer().serializeToString(root) : null;
}
function savePng() {
  if (S.v === "explore" && $("#net canvas")) return $("#net canvas").toBlob((blob) => download("map.png", "image/png", blob));
  const text = mesaSvg();
  if (!text) return;
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", {width: image.width * 2, height: image.height * 2});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download("map.png", "image/png", blob));
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
}
const TYPED = {status: "c", stance: "c", eventType: "c", factuality: "c", comparator: "c", change: "c", topic: "c", startDate: "xsd:date", endDate: "xsd:date", value: "xsd:decimal", direct: "xsd:boolean", unit: "", iso: ""};
function turtle() {
  const iri = (key) => `<${(/^[a-z]+:\/\//.test(key) ? key : D.base + key).replace(/[<>"{}|^`\\\s]/g, encodeURIComponent)}>`;
  const facts = FACTIDS.filter((f) => shown.has(f)), nodes = new Set(facts), used = new Set();
  for (const f of facts) { for (const i of E_OF[f]) if (!isFact(E[i].to)) nodes.add(E[i].to); cites(f).forEach((c) => used.add(c)); }
  const blocks = ["@prefix br: <https://w3id.org/bilateral/ontology#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"];
  const told = new Map();
  for (const c of used) for (const [relation, people] of [["attributedTo", cite(c).by], ["via", cite(c).via]]) told.set(c, [...(told.get(c) || []), ...people.map((a) => [relation, a])]);
  for (const n of [...nodes].sort((x, y) => x - y)) {
    const node = N[n], lines = [`a br:${node.cls || kind(n)[0].toUpperCase() + kind(n).slice(1)}`];
    for (const [tag, text] of node.tags || [["es", node.label]]) lines.push(`${kind(n) === "topic" ? "skos:prefLabel" : "rdfs:label"} ${JSON.stringify(text)}@${tag}`);
    for (const [key, value] of Object.entries(node.v || {})) {
      if (key === "alias" || key === "sameAs") continue;
      const type = TYPED[key];
      for (const v of list(value)) lines.push(`br:${key} ` + (type === "c" ? "br:" + v : JSON.stringify(v) + (type == null ? "@" + langOf(n) : type && "^^" + type)));
    }
    const passages = new Set(cites(n).flatMap((c) => (told.get(c) || []).map(([relation, a]) => relation + a)));
    for (const i of E_OF[n]) if (nodes.has(E[i].to) && E[i].r !== "attributedTo" && !(E[i].r === "via" && (kind(n) !== "statement" || passages.has("via" + E[i].to)))) lines.push(`${E[i].r === "isPartOf" ? "dcterms" : "br"}:${E[i].r} ${iri(N[E[i].to].key)}`);
    for (const c of cites(n)) lines.push(`br:evidence ${iri(cite(c).key)}`);
    blocks.push(`${iri(node.key)} ${lines.join(" ;\n  ")} .\n`);
  }
  for (const c of [...used].sort((x, y) => x - y)) {
    const p = cite(c), number = (v) => `"${v}"^^xsd:nonNegativeInteger`;
    blocks.push(`${iri(p.key)} a br:Passage ;\n  nif:anchorOf ${JSON.stringify(quote(c))} ;\n  nif:beginIndex ${number(p.begin)} ;\n  nif:endIndex ${number(p.end)}`
      + (p.source == null ? "" : ` ;\n  nif:referenceContext ${iri(D.sources[p.source].key)}`) + (told.get(c) || []).map(([relation, a]) => ` ;\n  br:${relation} ${iri(N[a].key)}`).join("") + " .\n");
  }
  return blocks.join("\n");
}
function save(what) {
  if (what === "csv") download("map.csv", "text/csv", "\ufeff" + csv(","));
  else if (what === "ttl") download("map.ttl", "text/turtle", turtle());
  else if (what === "svg") { const text = mesaSvg(); if (text) download("map.svg", "image/svg+xml", text); }
  else if (what === "png") savePng();
  else window.print();
}
