// What is shown, taken away: SVG and PNG of the picture, CSV of the list, Turtle of the facts.
function download(ending, type, content) {
  const a = h("a", {href: URL.createObjectURL(new Blob([content], {type})), download: "map." + ending});
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 5000);
}
const INKS = ["bg", "surface", "panel", "line", "edge", "ink", "muted", "plus", "minus", "about", "propose", "disc", "serif", "svg-font"];
const css = (key) => getComputedStyle(root).getPropertyValue("--" + key).trim();
function mesaSvg() {
  let y = 62;
  const line = (y, size, text) => h("text", {x: 20, y, style: `font:${size}px var(--${size > 20 ? "serif" : "svg-font"});fill:var(--ink)`}, text);
  const parts = $$(".mesa:not([hidden]) .board").map((board) => {
    const copy = board.cloneNode(true), height = board.viewBox.baseVal.height;
    Object.entries({x: 20, y, width: 960, height}).forEach((pair) => copy.setAttribute(...pair));
    $$(".hit", copy).forEach((hit) => hit.remove());
    $$("a", copy).forEach((a) => a.removeAttribute("href"));
    y += height + 26;
    return copy;
  });
  const style = `svg{${INKS.map((key) => `--${key}:${css(key)}`).join(";")}}${$("#font-css").textContent}${$("#board-css").textContent}`;
  return new XMLSerializer().serializeToString(h("svg", {viewBox: `0 0 1000 ${y + 16}`, width: 1000, height: y + 16}, h("style", style), h("rect", {width: 1000, height: y + 16, style: "fill:var(--bg)"}), line(38, 26, document.title), parts, line(y - 2, 13, $$(".meta").map((p) => p.innerText).join(" · "))));
}
function savePng() {
  const send = (canvas) => canvas.toBlob((blob) => download("png", "image/png", blob)), drawn = $("#net canvas");
  if (S.v === "explore" && drawn) return send(drawn);
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", {width: image.width * 2, height: image.height * 2});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    send(canvas);
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(mesaSvg());
}
function turtle() {
  const iri = (key) => "<" + (/^\w+:\/\//.test(key) ? key : D.base + key) + ">", text = JSON.stringify;
  const facts = FACTIDS.filter((f) => shown.has(f)), passages = uniq(facts.flatMap(cites));
  const nodes = uniq([...facts, ...facts.flatMap((f) => E_OF[f].map((i) => E[i].to)).filter((n) => !isFact(n))]).sort((x, y) => x - y), inside = new Set(nodes);
  const block = (subject, lines) => `${iri(subject)} ${lines.join(" ;\n\t")} .\n`;
  // D.types says how a value is written: a concept ("br"), a typed literal, a plain one (""); all others are words with a language.
  const value = (n, key, v) => { const type = D.types[key]; return `br:${key} ` + (type === "br" ? "br:" + v : text(v) + (type == null ? "@" + langOf(n) : type && "^^xsd:" + type)); };
  return [Object.entries(D.prefixes).map(([prefix, at]) => `@prefix ${prefix}: <${at}> .\n`).join(""),
    ...nodes.map((n) => block(N[n].key, ["a br:" + (N[n].cls || kind(n)[0].toUpperCase() + kind(n).slice(1)), ...(N[n].tags || [["es", N[n].label]]).map(([tag, label]) => `${is(n, "topic") ? "skos:prefLabel" : "rdfs:label"} ${text(label)}@${tag}`),
      ...Object.keys(N[n].v || {}).filter((key) => key !== "alias" && key !== "sameAs").flatMap((key) => vals(n, key).map((v) => value(n, key, v))),
      ...E_OF[n].filter((i) => inside.has(E[i].to) && !E[i].p).map((i) => `${E[i].r === "isPartOf" ? "dcterms" : "br"}:${E[i].r} ${iri(N[E[i].to].key)}`), ...cites(n).map((c) => "br:evidence " + iri(cite(c).key))])),
    ...passages.map((c) => { const p = cite(c); return block(p.key, ["a br:Passage", "nif:anchorOf " + text(quote(c)), `nif:beginIndex "${p.begin}"^^xsd:nonNegativeInteger`, `nif:endIndex "${p.end}"^^xsd:nonNegativeInteger`, ...(p.source ? ["nif:referenceContext " + iri(p.source.key)] : []),
      ...p.by.map((a) => "br:attributedTo " + iri(N[a].key)), ...p.via.map((a) => "br:via " + iri(N[a].key))]); })].join("\n");
}
const SAVE = {
  csv: () => download("csv", "text/csv", "\ufeff" + csv(",")),
  ttl: () => download("ttl", "text/turtle", turtle()),
  svg: () => download("svg", "image/svg+xml", mesaSvg()),
  png: savePng,
  print: () => window.print(),
};
const save = (what) => SAVE[what]();
