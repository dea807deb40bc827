"""The stretches of text that are somebody's word, not the newspaper's."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.lexicon import lemmas_of
from kg.extract.said import Attribution, Said
from kg.extract.sources import according, venue
from kg.extract.syntax import Tree, case
from kg.model import Span

#: Marks that "según X" does not reach over. The parser may take two sentences of a quotation for one.
_CLOSING: Final = frozenset(";.?!")


_RELATIVES = frozenset({"que", "quien", "quienes", "cuyo", "cuya", "cuyos", "cuyas", "donde"})


def find_attributions(a: Analysis, said: tuple[Said, ...], frames: tuple[Frame, ...]) -> tuple[Attribution, ...]:
    """The stretches that are somebody's word: statements' words, sentences with "según X", what an accusation or a belief tells."""
    out = [Attribution(s.quote, s.speaker, s.via) for s in said]
    for t in a.trees:
        out += _according(a, t)
    for f in frames:
        if f.form != "verb" or not f.agent:
            continue
        t = a.trees[f.sentence]
        if f.concept in ("saying", "complaint") and (clause := _vouched(a, t, f)) is not None:
            behind = (found for k in range(f.trigger + 1, t.right[f.trigger]) if (found := a.actors(t, k)) and not case(t, k))
            out.append(Attribution(clause, next(behind, f.agent)))
        if f.concept not in ("accuse", "threaten") or a.quote_at(t.tokens[f.trigger].start) is not None:
            continue
        head = f.content if f.content is not None else f.theme if f.theme is not None else _reproach(t, f.trigger)
        if head is not None and head > f.trigger:
            via, _ = venue(a, t, f.trigger)
            out.append(Attribution(t.span(t.left[head], t.right[head]), f.agent, via))
    return tuple(out)


def vouching(a: Analysis) -> frozenset[str]:
    """The verbs by which somebody vouches for the clause before "como": "…, como publicó la Gazeta", "…, como denuncia la OEA"."""
    language = a.document.article.language
    return lemmas_of(language, "saying", "verb") | lemmas_of(language, "complaint", "verb")


def _vouched(a: Analysis, t: Tree, f: Frame) -> Span | None:
    """The clause that somebody vouches for behind it: "niega que haya cuotas, | como denunció la Pastoral"; outlets are told elsewhere."""
    tokens = t.tokens
    opening = next((k for k in range(f.trigger - 1, max(0, f.trigger - 4), -1) if tokens[k].lower == "como"), None)
    if opening is None or opening < 2 or tokens[opening - 1].text != "," or tokens[f.trigger].lemma not in vouching(a):
        return None
    if a.resolution.actors[f.agent[0]].kind == "MediaOutlet":
        return None
    start = next((k + 1 for k in range(opening - 2, -1, -1) if tokens[k].lower == "que" or tokens[k].text in ";:"), 0)
    return t.span(start, opening - 1) if start < opening - 1 else None


def _according(a: Analysis, t: Tree) -> list[Attribution]:
    """What each "según X" of a sentence covers: "eran 15.000, según la policía, y 40.000, según los convocantes"."""
    sources = []
    source = according(a, t)
    while source is not None:
        sources.append(source)
        source = according(a, t, source[3])
    out = []
    for number, (who, via, first, end) in enumerate(sources):
        span = _scope(a, t, first, end)
        nameless = any(x.lower == "según" for x in t.tokens[end:])  # "…, según los convocantes", who are no actor
        if len(sources) > 1 or nameless:
            before = t.tokens[sources[number - 1][3]].start if number else span.start
            after = t.tokens[sources[number + 1][2]].start if number + 1 < len(sources) else span.end
            leads = first == 0 or t.tokens[first - 1].text in (";", ":") or t.tokens[first - 1].lower in ("y", "pero", "mientras")
            start = max(span.start, t.tokens[first].start if leads else before)
            stop = min(span.end, after if leads else t.tokens[end - 1].end)
            span = Span(start, stop) if start < stop else span
        out.append(Attribution(span, who, via))
    return out


def _reproach(t: Tree, verb: int) -> int | None:
    """What somebody is accused of where the parser made it an adjunct: "acusó a la Policía de haber quemado 120 quintales"."""
    for k in t.children(verb, "advcl", "acl", "xcomp", "ccomp"):
        infinitive = "VerbForm=Inf" in t.tokens[k].morph or any("VerbForm=Inf" in t.tokens[x].morph for x in t.children(k, "aux"))
        if k > verb and infinitive and any(t.tokens[m].lower == "de" for m in t.children(k, "mark", "case")):
            return k
    return None


def _scope(a: Analysis, t: Tree, first: int, end: int) -> Span:
    """What "según X" covers: the clause it stands in; the whole sentence when it opens it."""
    tokens = t.tokens
    start, stop = 0, len(tokens)
    for j in range(first - 1, -1, -1):  # back to a semicolon, or to a coordinated clause
        if tokens[j].text in _CLOSING:
            start = j + 1
            break
    for j in range(end, len(tokens)):
        if tokens[j].text in _CLOSING:
            stop = j
            break
    if first > 2 and end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].lower in ("que", "quien", "quienes"):
        stop = end  # "…, según el ministro, que viajó a Lima": the paper tells that
    if first > 2:  # behind: only the clause before it
        for j in range(first - 1, start, -1):
            if tokens[j].lower in ("mientras",) and tokens[j - 1].text == ",":
                start = j
                break
        if end + 1 < stop and tokens[end].text == "," and tokens[end + 1].lower in _RELATIVES:
            stop = end  # "…, según la Cámara, cuyo presidente instó a …"
    if start >= stop:
        return t.span(0, len(tokens))
    return t.span(start, stop)


def attribution_of(attributions: tuple[Attribution, ...], span: Span) -> Attribution | None:
    """Whose word a stretch is: the smallest attributed stretch that covers it, or most of it."""
    best: Attribution | None = None
    for x in attributions:
        shared = min(x.span.end, span.end) - max(x.span.start, span.start)
        if shared >= 0.6 * (span.end - span.start) and (
            best is None or x.span.end - x.span.start < best.span.end - best.span.start
        ):
            best = x
    return best


def said_at(attributions: tuple[Attribution, ...], offset: int) -> Attribution | None:
    """The smallest attributed stretch that covers a character."""
    covering = [x for x in attributions if x.span.start <= offset < x.span.end]
    return min(covering, key=lambda x: x.span.end - x.span.start, default=None)
