// The panel: whose words, which words, where they stand. Without a selection it tells the story in brief.
const panel = $("#panel");
const heading = (key, ...children) => h("h3", {}, t(key), ...children);
const block = (key, children) => (children.length ? [heading(key), children] : []);
const rows = (pairs) => h("div", {class: "kv"}, pairs.filter(([, value]) => value && value.length !== 0).map(([key, value]) => h("div", {}, h("b", {}, key, ": "), value)));

// A fact in one sentence with the words it rests on.
function card(f, extra) {
  const words = kind(f) === "statement" ? "" : firstQuote(f), d = N[f].d;
  return h("div", {class: "card s-" + (signOf(f) || "none"), "data-n": f}, h("p", {class: "say"}, telling(f), extra),
    words && h("p", {}, h("a", {class: "lnk", href: hashOf({n: f, p: null, s: null}), onclick: (event) => { event.preventDefault(); go({n: f, p: null, s: null}); }}, h("span", {class: "q", lang: langOf(f)}, "«", words, "»"))),
    (d || val(f, "factuality") === "planned") && h("p", {class: "by"}, when(f), d && d[2] ? ` (${t("ev.dateInferred")})` : "", kind(f) === "event" && val(f, "factuality") !== "actual" ? ` · ${concept(val(f, "factuality"))}` : ""));
}
const cards = (facts) => facts.map((f) => card(f));
const bySign = (strokes, s) => [...new Set(strokes.filter((x) => x.sign === s).map((x) => x.f))];

// One passage: the quote, whose word it is, where it stands; the paragraph on demand; the quotation to take away.
function passage(c, n) {
  const p = cite(c), source = D.sources[p.source], words = quote(c);
  const origin = [p.by.length > 0 && [t("ev.source"), " ", comma(p.by.map((a) => link(a)))], p.via.length > 0 && [" ", t("ev.via"), " ", comma(p.via.map((a) => link(a)))]];
  const para = h("div", {class: "para", hidden: true, lang: source && source.lang});
  const open = h("button", {type: "button", class: "pbtn", "aria-expanded": "false", onclick: () => {
    para.hidden = !para.hidden;
    open.setAttribute("aria-expanded", String(!para.hidden));
    open.textContent = t(para.hidden ? "ev.open" : "ev.hide");
    if (!para.hidden) showParagraph(para, p);
  }}, t("ev.open"));
  const copy = h("button", {type: "button", class: "pbtn", onclick: () => copyText(citation(words, p, source, n), copy)}, t("ev.copy"));
  return h("blockquote", {"data-c": c}, h("q", {lang: source ? source.lang : null}, words),
    h("p", {class: "by"}, origin.some(Boolean) ? origin : t("ev.newspaper"), p.quote !== 0 && source && source.text ? h("span", {class: "badge"}, t("ev.unverified")) : ""),
    source && h("p", {class: "by"}, [source.title, source.publisher, source.date && say(source.day)].filter(Boolean).join(" · "), ` · ${t("ev.chars")} ${p.begin}–${p.end}`,
      source.url && [" · ", h("a", {href: source.url, rel: "noopener noreferrer", target: "_blank"}, t("ev.original"))]),
    h("div", {class: "acts"}, source && source.text ? open : "", copy), para);
}
function showParagraph(para, p) {
  const text = [...D.sources[p.source].text], breaks = text.join("") === D.sources[p.source].text;
  let a = p.begin, b = p.end;
  while (a > 0 && text[a - 1] !== "\n") a--;
  while (b < text.length && text[b] !== "\n") b++;
  if (breaks) fill(para, text.slice(a, p.begin).join(""), h("mark", {}, text.slice(p.begin, p.end).join("")), text.slice(p.end, b).join(""));
}
const citation = (words, p, source, n) => {
  const by = p.by.map(name).join(", ");
  const where = source ? [source.title, source.publisher, source.date, `${t("ev.chars")} ${p.begin}–${p.end}`, source.url].filter(Boolean).join(", ") : "";
  return `«${words}»${by ? ` (${t("ev.source")} ${by})` : ""}\n— ${where}\n${location.href.split("#")[0]}${hashOf({n, p: null, s: null})}`;
};
async function copyText(text, button) {
  const label = button.textContent;
  let done = false;
  try { await navigator.clipboard.writeText(text); done = true; } catch {
    const area = h("textarea", {class: "sr"}, text);
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  button.textContent = t(done ? "ev.copied" : "ev.copyFailed");
  $("#live").textContent = button.textContent;
  setTimeout(() => { button.textContent = label; }, 1500);
}

// Both versions of a contested claim, side by side.
const versus = (n) => {
  const side = (key, s) => h("div", {class: "card s-" + s}, h("p", {}, h("b", {class: "t-" + s}, t(key))), bySign(STROKES[n], s).map((f) => h("div", {}, h("p", {class: "say"}, comma(out(f, "holder").map((a) => link(a)))), h("p", {class: "q", lang: langOf(f)}, "«", firstQuote(f), "»"), h("p", {}, link(f, t("ev.quotes"))))));
  return h("div", {class: "versus"}, side("ev.saysYes", "plus"), side("ev.saysNo", "minus"));
};
const stances = (n) => {
  const own = STROKES[n].filter((x) => x.f !== n);
  if (DISPUTED.has(n)) return [heading("ev.both"), versus(n), cards(bySign(own, "about"))];
  const groups = [["ev.against", "minus"], ["ev.nuance", "about"], ["ev.for", "plus"]].map(([key, s]) => block(key, cards(bySign(own, s))));
  return own.length ? groups : kind(n) === "proposal" || kind(n) === "topic" ? h("p", {class: "tagline"}, t("ev.nobody")) : [];
};

// What an actor once supported and once opposed, in the order of the dates.
function contradictions(a) {
  const by = new Map();
  for (const f of into(a, "holder")) for (const target of out(f, "target")) by.set(target, [...(by.get(target) || []), f]);
  return [...by].filter(([, facts]) => new Set(facts.map(signOf)).has("plus") && new Set(facts.map(signOf)).has("minus"))
    .map(([target, facts]) => h("div", {class: "warn"}, t("ev.contradiction"), ": ", link(target), cards(facts.sort((x, y) => ((N[x].d || [""])[0] || "").localeCompare((N[y].d || [""])[0] || "")))));
}

const BODY = {
  actor: (n) => {
    const held = into(n, "holder"), as = (s) => cards(held.filter((f) => signOf(f) === s));
    const acts = [...new Set([...into(n, "agent"), ...into(n, "participant"), ...into(n, "patient")])];
    const told = [...new Set([...into(n, "attributedTo"), ...into(n, "via")])].filter((f) => kind(f) !== "statement");
    return [contradictions(n), block("ev.proposals", cards(into(n, "proposer"))), block("ev.against", as("minus")), block("ev.nuance", as("about")), block("ev.for", as("plus")),
      block("ev.asked", cards(into(n, "addressee").filter((f) => kind(f) === "proposal"))), block("ev.statements", cards(into(n, "speaker"))),
      block("ev.figures", cards(into(n, "claimant"))), block("ev.events", cards(acts.filter((f) => kind(f) === "event"))), block("ev.sourceOf", cards(told)),
      into(n, "memberOf").length ? rows([[t("ev.members"), comma(into(n, "memberOf").map((a) => link(a)))]]) : ""];
  },
  proposal: (n) => [stances(n), rows([[t("inv.isPartOf"), comma(into(n, "isPartOf").map((p) => link(p)))], [t("inv.alternativeTo"), comma(into(n, "alternativeTo").map((p) => link(p)))]])],
  position: (n) => [rows([[t("ev.condition"), val(n, "condition")], [t("ev.reason"), val(n, "reason")]]), out(n, "target").filter((x) => DISPUTED.has(x)).map((x) => [heading("ev.both"), versus(x)])],
  event: (n) => [block("ev.before", cards(out(n, "cause"))), block("ev.after", cards(into(n, "cause"))), stances(n)],
  statement: (n) => [block("ev.positions", cards(into(n, "expressedIn"))), stances(n)],
  indicator: (n) => [stances(n), DISPUTED.has(n) ? h("p", {class: "warn"}, t("ev.disputedFigure")) : ""],
  topic: (n) => stances(n),
  place: (n) => block("ev.events", cards(into(n, "place"))),
};
function tagline(n) {
  const side = kind(n) === "actor" && N[n].cls !== "Country" ? (sideOf(n) ? country(sideOf(n)) : t("third")) : "";
  const what = kind(n) === "actor" ? concept(N[n].cls || "Actor") : t("one." + kind(n));
  const factuality = val(n, "factuality"), d = N[n].d;
  return [what, side, val(n, "title"), val(n, "eventType") && concept(val(n, "eventType")), factuality && factuality !== "actual" && concept(factuality), val(n, "status") && concept(val(n, "status")),
    val(n, "direct") && t(val(n, "direct") === "true" ? "direct" : "indirect"), d && when(n) + (d[2] ? ` (${t("ev.dateInferred")})` : ""), val(n, "dateText") && `«${val(n, "dateText")}»`,
    ...list(N[n].v && N[n].v.topic).map(concept)].filter(Boolean).join(" · ");
}
function evidence(n) {
  if (n < 0) return [h("p", {}, t("ev.gone"))];
  const title = kind(n) === "position" ? telling(n) : kind(n) === "statement" ? ["«", val(n, "quote") || name(n), "»"] : kind(n) === "indicator" ? val(n, "measure") || name(n) : name(n);
  const relations = kind(n) === "actor" ? ["memberOf", "country"] : ["speaker", "proposer", "addressee", "agent", "patient", "participant", "claimant", "place", "isPartOf", "alternativeTo", "expressedIn", "via", "attributedTo"];
  const amount = kind(n) === "indicator" && say(N[n].n || ["", ""]);
  const aliases = list(N[n].v && N[n].v.alias);
  return [h("p", {class: "tagline"}, tagline(n)), h("h2", {lang: kind(n) === "actor" ? null : langOf(n)}, title), amount && h("p", {class: "big"}, amount),
    kind(n) === "actor" && aliases.length > 0 && h("p", {class: "tagline"}, t("alias"), ": ", aliases.slice(0, 6).join(", ")),
    rows(relations.map((relation) => [t("rel." + relation), comma(out(n, relation).map((x) => link(x)))])),
    kind(n) === "indicator" && val(n, "baseline") ? rows([[t("ev.baseline"), val(n, "baseline")]]) : "",
    kind(n) === "proposal" || kind(n) === "topic" || kind(n) === "actor" ? [BODY[kind(n)](n), cites(n).length > 0 && [heading("ev.quotes"), cites(n).map((c) => passage(c, n))]]
      : [cites(n).length > 0 ? [heading("ev.quotes"), cites(n).map((c) => passage(c, n))] : h("p", {}, t("ev.none")), BODY[kind(n)](n)],
    N[n].m != null && h("p", {class: "by"}, t("ev.method"), ": ", D.methods[N[n].m]),
    h("div", {class: "acts"}, S.v !== "explore" && h("button", {type: "button", class: "pbtn", onclick: () => go({v: "explore", c: n})}, t("ev.center")),
      S.v !== "mesa" && STROKES[n].length > 0 && h("button", {type: "button", class: "pbtn", onclick: () => go({v: "mesa"})}, t("ev.inTable")))];
}

// Presets: a question, the facts that answer it.
const PRESETS = {
  rejects: () => FACTIDS.filter((f) => val(f, "stance") === "opposes"),
  agree: () => FACTIDS.filter((f) => val(f, "status") === "accepted" || (kind(f) === "event" && (N[f].ty || val(f, "eventType")) === "agree" && val(f, "factuality") === "actual")
    || (kind(f) === "position" && val(f, "stance") === "supports" && out(f, "target").some((target) => new Set(STROKES[target].filter((x) => x.sign === "plus" || x.sign === "propose").map((x) => sideOf(x.a))).size > 1))),
  redlines: () => FACTIDS.filter((f) => ["opposes", "conditional"].includes(val(f, "stance"))),
  disputed: () => D.disputed.flatMap((n) => STROKES[n].map((x) => x.f)),
  figures: () => FACTIDS.filter((f) => kind(f) === "indicator"),
};
const chosen = () => (S.s != null ? D.story[S.s][1] : S.p && PRESETS[S.p] ? PRESETS[S.p]().filter((f) => shown.has(f)) : []);
function answer() {
  const facts = chosen();
  const body = S.p === "disputed" ? D.disputed.map((n) => [h("h3", {}, link(n)), versus(n)]) : cards(facts);
  return [h("h2", {}, t("preset." + S.p)), h("p", {class: "tagline"}, t("preset." + S.p + ".about")), facts.length ? body : h("p", {}, t("preset." + S.p + ".none"))];
}
function brief() {
  if (!D.story.length) return [];
  return [h("h2", {}, t("brief")), h("p", {class: "tagline"}, t("briefHint")), D.story.map(([key, facts]) => [heading(key), cards(facts.slice(0, key === "step.disputed" ? 2 : key === "step.figures" ? 3 : 1))])];
}
function tourStep() {
  const [key, facts] = D.story[S.s], last = D.story.length - 1;
  return [h("p", {class: "tagline"}, t("tourStep", S.s + 1, last + 1)), h("h2", {}, t(key)), cards(facts),
    h("div", {class: "tourbar"}, h("button", {type: "button", class: "pbtn", id: "prev", disabled: S.s === 0, onclick: () => go({s: S.s - 1})}, "◂ ", t("previous")),
      h("span", {class: "dots", "aria-hidden": "true"}, D.story.map((_, i) => h("i", {class: i === S.s ? "on" : null}))),
      h("button", {type: "button", class: "pbtn go", id: "next", onclick: () => go({s: S.s === last ? null : S.s + 1})}, S.s === last ? t("close") : t("next") + " ▸"))];
}
function drawPanel(focus) {
  const open = S.n != null || S.s != null || (S.p && PRESETS[S.p]);
  const body = S.s != null ? tourStep() : S.n != null ? evidence(S.n) : open ? answer() : brief();
  panel.className = open ? "needs-js" : "needs-js idle";
  fill(panel, open && h("div", {class: "ptop"}, S.n != null && h("button", {type: "button", id: "back", onclick: () => history.back()}, "◂ ", t("back")), h("button", {type: "button", id: "close", onclick: shut}, "✕ ", t("close"))), body);
  panel.hidden = !panel.childNodes.length;
  panel.scrollTop = 0;
  if (open && focus) panel.focus({preventScroll: true});
}
const shut = () => go({n: null, p: null, s: null});
