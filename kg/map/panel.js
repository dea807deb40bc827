// The panel: whose words, which words, where they stand. Without a selection it tells the story in brief.
const panel = $("#panel");
const section = (key, children) => (children.length ? [h("h3", t(key)), children] : []);
const said = (n, text) => h("span.q", {lang: langOf(n)}, `«${text}»`);
const rows = (pairs) => h("div.kv", pairs.map(([key, value]) => value && value.length ? h("div", h("b", key, ": "), value) : ""));

// A fact in one sentence, with the words it rests on.
function card(f) {
  const words = best(f), same = !out(f, "proposer").length && is(f, "event", "proposal") && fold(words).includes(fold(name(f)));
  const notes = [when(f), is(f, "event") && val(f, "factuality") !== "actual" && concept(val(f, "factuality"))];
  return h("div", {class: "card s-" + signOf(f)}, !same && h("p.say", tell(f)), !is(f, "statement") && words && h("p", link(f, said(f, words))), real(notes).length > 0 && h(N[f].d?.[2] ? "p.by.dash" : "p.by", real(notes).join(" · ")));
}
const listed = (facts) => (facts.length ? [h("ul.plain", facts.map((f) => h("li", link(f, head(f)))))] : []);
const cards = (facts) => facts.map(card);
const bySign = (strokes, s) => uniq(strokes.filter((stroke) => stroke.s === s).map((stroke) => stroke.f));

// One passage: the quote, whose word it is, where it stands; the paragraph on demand; the quotation to take away.
function passage(c, n) {
  const p = cite(c), source = p.source || {lang: "es"}, words = quote(c), via = p.via.filter((a) => !p.by.includes(a)), chars = `${t("chars")} ${p.begin}–${p.end}`;
  const para = h("div.para", {hidden: true, lang: source.lang});
  const open = button(t("open"), () => {
    para.hidden = !para.hidden;
    open.setAttribute("aria-expanded", !para.hidden);
    open.textContent = t(para.hidden ? "open" : "hide");
    const points = [...source.text], until = points.indexOf("\n", p.end);
    fill(para, cut(source, points.lastIndexOf("\n", p.begin - 1) + 1, p.begin), h("mark", cut(source, p.begin, p.end)), cut(source, p.end, until < 0 ? undefined : until));
  }, {"aria-expanded": false});
  const copy = button(t("copy"), () => copyText(`«${words}»${p.by.length ? ` (${t("source")} ${p.by.map(name).join(", ")})` : ""}\n— ${real([source.title, source.publisher, source.date, chars, source.url]).join(", ")}\n${location.href.split("#")[0]}${hashOf({n, p: null, s: null})}`, copy));
  return h("blockquote", {"data-c": c}, h("q", {lang: source.lang}, words),
    h("p.by.who", p.by.length > 0 && [t("source"), " ", links(p.by)], via.length > 0 && [" ", t("via"), " ", links(via)], !p.by.length && !p.via.length && t("newspaper"), p.text !== 0 && source.text && h("span.badge", t("unverified"))),
    source.title && h("p.by", real([source.title, source.publisher, source.date && say(source.day), chars]).join(" · "), source.url && [" · ", h("a", {href: source.url, rel: "noopener noreferrer", target: "_blank"}, t("original"))]),
    h("div.acts", source.text && open, copy), para);
}
async function copyText(text, from) {
  const label = from.textContent;
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch {
    const area = h("textarea.sr");
    area.value = text;
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
  }
  $("#live").textContent = from.textContent = t(done ? "copied" : "copyFailed");
  setTimeout(() => { from.textContent = label; }, 1500);
}

// Both versions of a contested claim, side by side; else who is against, has reservations, is for.
const isDisputed = (n) => D.disputed.includes(n);
const versus = (n) => h("div.versus", [["saysYes", "plus"], ["saysNo", "minus"]].map(([key, s]) => h("div", {class: "card s-" + s}, h("b", {class: "t-" + s}, t(key)),
  bySign(STROKES[n], s).map((f) => h("div", h("p.say", links(out(f, "holder"))), h("p", link(f, said(f, best(f)))))))));
function stances(n) {
  const own = STROKES[n].filter((stroke) => stroke.f !== n);
  if (isDisputed(n)) return [h("h3", t("both")), versus(n), cards(bySign(own, "about"))];
  if (!own.length) return is(n, "proposal") ? h("p.by", t("nobody")) : [];
  return [section("against", cards(bySign(own, "minus"))), section("nuance", cards(bySign(own, "about"))), section("for", cards(bySign(own, "plus")))];
}
// What an actor at one time supports and at another opposes, in the order of the dates.
const contradictions = (a) => uniq(into(a, "holder").flatMap((f) => out(f, "target"))).map((target) => {
  const own = STROKES[target].filter((stroke) => stroke.a === a), [plus, minus] = ["plus", "minus"].map((s) => bySign(own, s));
  return plus.length && minus.length ? h("div.warn", t("contradiction"), ": ", link(target), cards([...plus, ...minus].sort((x, y) => (N[x].d?.[0] || "") < (N[y].d?.[0] || "") ? -1 : 1))) : "";
});
const only = (facts, k) => cards(facts.filter((f) => kind(f) === k));
const BODY = {
  actor: (n) => [contradictions(n), section("proposals", cards(into(n, "proposer"))), ...[["against", "minus"], ["nuance", "about"], ["for", "plus"]].map(([key, s]) => section(key, cards(into(n, "holder").filter((f) => signOf(f) === s)))),
    section("asked", only(into(n, "addressee"), "proposal")), section("statements", cards(into(n, "speaker"))), section("figures", cards(into(n, "claimant"))), section("events", only(into(n, "agent", "participant", "patient"), "event")),
    section("sourceOf", cards(into(n, "attributedTo", "via").filter((f) => !is(f, "statement")))), rows([[t("members"), links(into(n, "memberOf"))]])],
  proposal: (n) => [stances(n), section("parts", listed(into(n, "isPartOf"))), section("instead", listed(into(n, "alternativeTo")))],
  position: (n) => [rows([[t("condition"), val(n, "condition")], [t("reason"), val(n, "reason")]]), out(n, "target").filter(isDisputed).map((x) => [h("h3", t("both")), versus(x)])],
  event: (n) => [section("before", cards(out(n, "cause"))), section("after", cards(into(n, "cause"))), stances(n)],
  statement: (n) => [section("positions", cards(into(n, "expressedIn"))), stances(n)],
  indicator: (n) => [rows([[t("baseline"), val(n, "baseline")]]), isDisputed(n) && h("p.warn", t("disputedFigure")), stances(n)],
  topic: stances,
  place: (n) => section("events", cards(into(n, "place"))),
};
const TITLE = {position: tell, statement: (n) => `«${val(n, "quote") || name(n)}»`, indicator: (n) => val(n, "measure") || name(n)};
const RELATED = ["speaker", "proposer", "addressee", "agent", "patient", "participant", "claimant", "place", "isPartOf", "alternativeTo", "expressedIn", "via", "memberOf", "country"];
// Whose word a passage is and who carried it stands below its words; the rest of what a fact is related to stands above them.
const related = (n, relation) => out(n, relation).filter((a) => relation !== "via" || !cites(n).some((c) => [...cite(c).by, ...cite(c).via].includes(a)));
function evidence(n) {
  if (n < 0) return h("p", t("gone"));
  const who = is(n, "actor"), words = section("quotes", cites(n).map((c) => passage(c, n))), body = BODY[kind(n)](n), f = val(n, "factuality");
  const facts = [who ? concept(N[n].cls || "Actor") : t("one." + kind(n)), who && N[n].cls !== "Country" && (sideOf(n) ? country(sideOf(n)) : t("third")), val(n, "title"), val(n, "eventType") && concept(val(n, "eventType")), f && f !== "actual" && concept(f),
    val(n, "status") && concept(val(n, "status")), val(n, "direct") && t(val(n, "direct") === "true" ? "direct" : "indirect"), when(n), val(n, "dateText") && `«${val(n, "dateText")}»`, vals(n, "topic").map(concept)];
  return [h("p.by", real(facts).join(" · ")), h("h2", {lang: who ? null : langOf(n)}, (TITLE[kind(n)] || name)(n)), N[n].n && h("p.big", say(N[n].n)), vals(n, "alias").length > 0 && h("p.by", t("alias"), ": ", vals(n, "alias").slice(0, 6).join(", ")),
    rows(RELATED.map((relation) => [t("rel." + relation), links(related(n, relation))])), ["proposal", "topic", "actor"].includes(kind(n)) ? [body, words] : [words, body],
    N[n].m != null && h("p.by", t("method"), ": ", D.methods[N[n].m]),
    h("div.acts", button(t("center"), () => go({v: "explore", c: n, d: S.d || 1})), STROKES[n].length > 0 && S.v !== "mesa" && button(t("inTable"), () => go({v: "mesa", m: tableOf(n)})))];
}

// Questions, and the facts that answer them.
const stance = (f, ...wanted) => wanted.includes(val(f, "stance"));
const PRESETS = {
  rejects: (f) => stance(f, "opposes"),
  agree: (f) => val(f, "status") === "accepted" || ((N[f].ty || val(f, "eventType")) === "agree" && val(f, "factuality") === "actual")
    || (stance(f, "supports") && out(f, "target").some((n) => uniq(STROKES[n].filter((x) => x.s === "plus" || x.s === "propose").map((x) => sideOf(x.a))).length > 1)),
  redlines: (f) => stance(f, "opposes", "conditional"),
  disputed: (f) => out(f, "target").some(isDisputed),
  figures: (f) => is(f, "indicator"),
};
const chosen = () => (S.s != null ? D.story[S.s][1] : S.p ? FACTIDS.filter((f) => shown.has(f) && PRESETS[S.p](f)) : []);
const answer = () => [h("h2", t("preset." + S.p)), h("p.by", t(`preset.${S.p}.about`)), !chosen().length ? t(`preset.${S.p}.none`) : S.p === "disputed" ? D.disputed.map((n) => [h("h3", link(n)), versus(n)]) : cards(chosen())];
const brief = () => (D.story.length ? [h("h2", t("brief")), h("p.by", t("briefHint")), D.story.map(([key, facts]) => section(key, cards(facts.slice(0, {"step.disputed": 2, "step.figures": 3}[key] || 1))))] : []);
function tourStep() {
  const [key, facts] = D.story[S.s], end = D.story.length - 1;
  return [h("p.by", t("tourStep", S.s + 1, end + 1)), h("h2", t(key)), cards(facts), h("div.tourbar", button("◂ " + t("previous"), () => go({s: S.s - 1}), {id: "prev", disabled: !S.s}),
    h("span.dots", {"aria-hidden": "true"}, D.story.map((_, i) => h("i", {class: i === S.s && "on"}))), button(S.s < end ? t("next") + " ▸" : t("close"), () => go({s: S.s < end ? S.s + 1 : null}), {id: "next", class: "pbtn go"}))];
}
function drawPanel(focus) {
  const open = S.n != null || S.s != null || S.p;
  panel.className = open ? "needs-js" : "needs-js idle";
  fill(panel, open && h("div.ptop", S.n != null && button("◂ " + t("back"), () => history.back(), {id: "back"}), button("✕ " + t("close"), shut, {id: "close"})), S.s != null ? tourStep() : S.n != null ? evidence(S.n) : open ? answer() : brief());
  panel.hidden = !panel.firstChild;
  panel.scrollTop = 0;
  if (open && focus) panel.focus({preventScroll: true});
}
const shut = () => go({n: null, p: null, s: null});
