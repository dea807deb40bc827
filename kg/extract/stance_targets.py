"""What a stance is about: a fact that the article tells, an actor, or a matter in its own words."""

from __future__ import annotations

import re

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.offered import Offered, content_lemmas
from kg.extract.syntax import Tree, trim
from kg.model import Event, Indicator
from kg.vocabulary import plover_type


def _last_told(
    a: Analysis, t: Tree, f: Frame, before: list[Offered], events: tuple[Event, ...], indicators: tuple[Indicator, ...]
) -> str | None:
    """What "lo niega" means: the fact told last before it, in the same sentence or the two before."""
    limit = t.tokens[f.trigger].start
    floor = a.trees[max(0, f.sentence - 2)].tokens[0].start
    facts = [*(o.fact for o in before), *events, *indicators]
    near = [(e.end, x.id) for x in facts for e in x.evidence if floor <= e.start and e.end <= limit]
    return max(near)[1] if near else None


_TAKES_UP = {
    "propuesta",
    "oferta",
    "plan",
    "iniciativa",
    "idea",
    "petición",
    "solicitud",
    "exigencia",
    "reclamo",
    "fórmula",
    "alternativa",
    "medida",
    "cláusula",
    "punto",
    "pedido",
    "planteamiento",
    "posibilidad",
    "opción",
    "demanda",
    "condición",
    "obligación",
}

_ASIDE = {
    "extremo",
    "acusación",
    "posibilidad",
    "medida",
    "requisito",
    "fórmula",
    "idea",
    "opción",
    "hecho",
    "versión",
    "decisión",
    "propuesta",
    "lo",
    "condición",
    "exigencia",
    "oferta",
}

_FIGURE = {"cifra", "dato", "número", "porcentaje", "cantidad", "monto", "cálculo", "estimación"}

_ORDINAL = {
    "primero": 0,
    "primer": 0,
    "primera": 0,
    "segundo": 1,
    "segunda": 1,
    "tercero": 2,
    "tercer": 2,
    "tercera": 2,
    "cuarto": 3,
    "cuarta": 3,
    "quinto": 4,
    "quinta": 4,
    "último": -1,
    "última": -1,
}


def target_of(
    a: Analysis,
    f: Frame,
    head: int | None,
    offered: tuple[Offered, ...],
    events: tuple[Event, ...],
    indicators: tuple[Indicator, ...],
) -> tuple[str | None, str | None, str | None]:
    """What a stance is about: a fact's id, a matter in words, or an actor."""
    t = a.trees[f.sentence]
    before = [o for o in offered if (o.sentence, o.first) <= (f.sentence, f.trigger)]
    if head is None:
        if f.pronoun is not None or f.form == "phrase" or not f.patient:
            reach = 12 if f.form == "phrase" else 3
            near = [
                o
                for o in before
                if f.sentence - o.sentence <= reach and not (_countries(a, o.fact.proposer) & _countries(a, f.agent))
            ]
            if f.form == "phrase":
                near = [o for o in near if o.fact.part_of is None]
            if f.concept in ("denies", "confirming", "doubts", "judging") or not near:
                told = _last_told(a, t, f, before, events, indicators if f.concept in ("denies", "confirming", "doubts") else ())
                if told is not None:
                    return told, None, None
            return (
                (near[-1].fact.id, None, None)
                if near
                else (None, None, f.patient[0])
                if f.patient and f.concept in ("supports", "opposes")
                else (None, None, None)
            )
        if f.patient and f.concept in ("supports", "opposes"):
            return None, None, f.patient[0]
        return None, None, None
    token = t.tokens[head]
    first, end = trim(t, *_stretch(t, head, f))
    text = a.text[t.tokens[first].start : t.tokens[end - 1].end]
    if text.lower().startswith("que "):
        text = text[4:]
    demonstrative = any(
        t.tokens[k].lower in ("esa", "ese", "esta", "este", "esas", "esos", "estas", "estos", "dicha", "dicho", "la", "el", "tal")
        for k in t.kids[head]
    )
    ordinal = next((_ORDINAL[x.lower] for x in t.tokens[first:end] if x.lower in _ORDINAL), None)
    if ordinal is not None and (token.lemma in _TAKES_UP or token.lower in _ORDINAL):
        parts = [o for o in before if o.fact.part_of]
        if parts:
            siblings = [o for o in parts if o.fact.part_of == parts[-1].fact.part_of]
            if -len(siblings) <= ordinal < len(siblings):
                return siblings[ordinal].fact.id, None, None
    if token.lemma in _FIGURE and indicators:
        near_figures = [i for i in indicators if i.evidence[0].end < t.tokens[f.trigger].start]
        claimed = [i for i in near_figures if i.claimant and not set(i.claimant) & set(f.agent)]
        if near_figures:
            return (claimed or near_figures)[-1].id, None, None
    if token.lower in _AGREED or token.lemma in _AGREED:
        agreed = event_of_noun(a, t, head, f, events)
        if agreed is not None:
            return agreed, None, None
    words = content_lemmas(t, first, end)
    best, score = None, 0.0
    own = _countries(a, f.agent) | set(f.agent)
    for o in offered:
        mine = bool((_countries(a, o.fact.proposer) | set(o.fact.proposer)) & own)
        if mine and f.concept in ("opposes", "refusal", "denies", "doubts", "acceptance", "wanting", "tolerating"):
            continue  # nobody refuses or accepts what the own side put forward
        if o.frame is not None and o.frame.sentence == f.sentence and o.frame.trigger == f.trigger:
            continue
        shared = len(words & o.words) / max(1, min(len(words), len(o.words)))
        if shared > score and shared >= 0.5 and len(words & o.words) >= min(2, len(words)):
            best, score = o, shared
    if best is not None and f.concept not in ("claiming", "confirming", "affirms"):
        return best.fact.id, None, None
    if token.lemma in _ASIDE and t.tokens[f.trigger].head == head:  # "…, extremo que X niega"
        here = [o for o in before if o.sentence == f.sentence]
        if here:
            return here[-1].fact.id, None, None
        aside = [e for e in events if t.tokens[0].start <= e.evidence[0].start < t.tokens[f.trigger].start]
        if aside:
            return aside[-1].id, None, None
    named = event_of_noun(a, t, head, f, events)
    if named is not None and f.concept not in ("claiming", "affirms"):
        return named, None, None
    if token.lemma in _TAKES_UP and demonstrative and before and f.concept not in ("claiming", "affirms"):
        country = _countries(a, f.agent)
        theirs = [o for o in before if not (_countries(a, o.fact.proposer) & country)]
        if not theirs:
            return None, text, None
        wholes = [o for o in theirs if any(x.fact.part_of == o.fact.id for x in before)]
        if "Number=Plur" in token.morph and wholes:
            return wholes[-1].fact.id, None, None
        return theirs[-1].fact.id, None, None
    if f.concept in ("denies", "confirming", "supports", "opposes", "doubts"):
        for e in reversed(events):
            lemmas = {x[:6] for x in re.findall(r"\w{4,}", e.label.lower())}
            if words and len(words & lemmas) >= max(2, 0.6 * len(words)):
                return e.id, None, None
    somebody = bool(f.patient) and (
        a.resolution.actors[f.patient[0]].kind != "Group" or a.resolution.actors[f.patient[0]].country is not None
    )
    if (
        somebody
        and f.concept in ("supports", "opposes")
        and token.i in {i for i in range(len(t.tokens)) if a.resolution.of(f.sentence, i)}
    ):
        return None, None, f.patient[0]
    if not re.search(r"\w{3,}", text) or token.pos == "PRON":
        return (before[-1].fact.id, None, None) if before and f.sentence - before[-1].sentence <= 2 else (None, None, None)
    return None, text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + "…", None


_AGREED = {"acordado", "pactado", "acuerdo", "pacto", "convenio", "memorando", "memorándum", "convenido", "firmado"}


def event_of_noun(a: Analysis, t: Tree, head: int, f: Frame, events: tuple[Event, ...]) -> str | None:
    """The last event that a definite noun takes up by its kind: "la amenaza", "lo acordado", "el cierre"."""
    token = t.tokens[head]
    if not any(
        t.tokens[k].lower in ("el", "la", "los", "las", "lo", "esa", "ese", "esta", "este", "dicha", "dicho")
        for k in t.kids[head]
    ):
        return None
    told = [e for e in events if e.evidence[0].end <= t.tokens[f.trigger].start]
    if token.lemma in _AGREED or token.lower in _AGREED:
        agreed = [e for e in told if plover_type(e.event_type) == "agree" and e.factuality in ("actual", "planned")]
        return agreed[-1].id if agreed else None
    if any(t.tokens[k].dep == "nmod" and k > head for k in t.kids[head]):
        return None  # "las negociaciones del Tratado" brings its own matter
    kinds = {
        v.concept
        for v in a.lexicon.nouns.get(token.lemma, ())
        if v.concept not in ("offering", "refusal", "acceptance", "supports", "opposes", "doubts")
    }
    same = [e for e in told if e.event_type in kinds]
    return same[-1].id if same else None


def _stretch(t: Tree, head: int, f: Frame) -> tuple[int, int]:
    left, right = t.left[head], t.right[head]
    if left <= f.trigger < head:
        left = f.trigger + 1
    elif head < f.trigger < right:
        right = next((t.left[k] for k in t.kids[head] if t.left[k] <= f.trigger < t.right[k] and head < t.left[k]), f.trigger)
    for k in t.kids[head]:
        if k > head and t.tokens[k].dep in ("acl:relcl", "advcl", "parataxis") and t.tokens[t.left[k]].text == ",":
            right = min(right, t.left[k])
    for i in range(head + 1, right):
        if t.tokens[i].text == ";":
            right = i
            break
    if right <= left:
        return head, head + 1
    while left < right - 1 and t.tokens[left].lower in ("a", "al", "de", "del", "en", "sobre", "que"):
        left += 1
    return left, right


def _countries(a: Analysis, actors: tuple[str, ...]) -> set[str]:
    known = [a.resolution.actors[x] for x in actors]
    return {k.id if k.kind == "Country" else k.country for k in known} - {None}  # type: ignore[return-value]
