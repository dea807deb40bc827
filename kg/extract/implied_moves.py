"""Moves that no word of the lexicon tells by itself: "el Gobierno no quiere.", "Lima hizo lo mismo", "«Si no firman, dragamos nosotros»".

The first refuses what was just asked, the second does again what was just told, the third threatens in somebody's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.context import passage
from kg.extract.dating import date_of
from kg.extract.derived_events import event_label
from kg.extract.frames import Frame
from kg.extract.happenings import MOVES
from kg.extract.lexicon import Valency
from kg.extract.offered import Offered, other_side, same_side, state_of
from kg.extract.retelling import Told
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, clause_span, finite_morph, is_finite, is_verb, negated, tense, trim
from kg.extract.words import word_list
from kg.model import Event, Passage
from kg.vocabulary import event_types, plover_type

_DEED: Final = Valency("deed", "verb", ("",))
_DATIVES: Final = frozenset({"le", "les"})
#: What is no refusal to deny somebody: "le negó toda importancia", "les negó la acusación".
_NOT_REFUSED: Final = frozenset(
    word_list(
        "razón importancia valor validez mérito acusación versión hecho existencia extremo información todo algo nada cargo"
    )
)
#: Between "si no" and its verb stand fewer tokens than this.
_NEAR: Final = 8
#: What an answer says that will not be done: "nadie va a fijarle fechas", "no hay nada que rectificar", "no esperaremos".
_WILL_NOT: Final = re.compile(
    r"(?:^|\b)(?:no|nadie|nunca|jamás|tampoco)\b[^.;:]{0,40}?(?:\b(?:va|vas|van|vamos|voy) a\b|\w(?:rá|rán|ré|remos)\b)|^no hay nada que\b|"
    r"^(?:ni hablar|de ninguna manera|jamás|imposible)\b",
    re.I,
)
_ANSWERED_WITHIN: Final = 8  # sentences
_BELOW: Final = frozenset({"acl:relcl", "advcl", "acl", "aux"})
#: What somebody will do in vain, or only think: no threat.
_NO_THREAT: Final = frozenset(
    word_list(
        "creer pensar saber ver esperar seguir estar ser tener poder deber confiar perder querer sentir entender decir hablar temer"
    )
)
_STOPS: Final = frozenset({".", ",", ";", ":", "—", "–", "?", "!"})
#: "Lima hizo lo mismo": behind the verb.
_SAME: Final = (("lo", "mismo"), ("lo", "propio"), ("otro", "tanto"))


def as_refusal(t: Tree, f: Frame) -> Frame:
    """The frame as a refusal where it refuses in other words: "no quiere.", "le negó el permiso"; else as it was."""
    if f.form != "verb":
        return f
    lemma = t.tokens[f.trigger].lemma
    if f.concept == "wanting" and lemma == "querer" and f.negated and f.pronoun is None:
        behind = t.tokens[f.trigger + 1] if f.trigger + 1 < len(t.tokens) else None
        if behind is None or behind.text in _STOPS:
            return replace(f, concept="refusal", negated=False, content=None)
    if (
        f.concept == "denies"
        and f.agent
        and f.content is None
        and lemma == "negar"
        and f.theme is not None
        and not f.negated
        and f.patient
    ):
        thing = t.tokens[f.theme]
        to_somebody = any(t.tokens[k].lower in _DATIVES for k in t.kids[f.trigger])
        if to_somebody and thing.pos == "NOUN" and thing.lemma not in _NOT_REFUSED:
            return replace(f, concept="refusal")
    return f


def again(a: Analysis, f: Frame, told: Sequence[Told], attributions: tuple[Attribution, ...], count: int) -> Told | None:
    """What somebody does as it was just told of another, or did before: "Perú cerró el paso y Chile hizo lo mismo", "ya lo había hecho"."""
    t = a.trees[f.sentence]
    if f.form != "verb" or t.tokens[f.trigger].lemma != "hacer" or f.negated or not f.agent or not _for_a_verb(t, f.trigger):
        return None
    before = next(
        (
            x
            for x in reversed(told)
            if x.form == "verb"
            and 0 <= f.sentence - x.sentence <= 1
            and (x.sentence < f.sentence or x.frame.trigger < f.trigger)
            and x.fact.factuality == "actual"
        ),
        None,
    )
    if before is None:
        return None
    when = date_of(a, f, "actual")
    if set(f.agent) & set(before.fact.agent) and (when.begin is None or when.begin == before.fact.start_date):
        return None  # "lo pidió, y lo hizo por carta"
    patient = before.fact.patient
    if set(patient) & set(f.agent):
        patient = before.fact.agent
    first, end = trim(t, f.first, f.end)
    span = t.span(first, end)
    event = replace(
        before.fact,
        id=f"e{count + 1}",
        label=event_label(a, t, f),
        evidence=(passage(a, span, attributions, own=f.agent),),
        agent=f.agent,
        patient=tuple(x for x in patient if x not in f.agent),
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
        place=None,
        place_name=None,
        cause=(),
        rule=f"event-again-{before.fact.event_type}",
        triggers=(t.tokens[f.trigger].text,),
    )
    return Told(event, f.sentence, before.plover, frozenset({f"again{f.sentence}.{f.trigger}"}), "verb", f)


def _for_a_verb(t: Tree, i: int) -> bool:
    """Whether "hacer" stands for a verb said before: with "lo" and nothing behind it, with "lo mismo", as "algo que … había hecho"."""
    tokens = t.tokens
    behind = tuple(x.lower for x in tokens[i + 1 : i + 3])
    if behind in _SAME:
        return True
    bare = (
        i + 1 >= len(tokens)
        or tokens[i + 1].pos in ("ADP", "ADV", "PUNCT", "CCONJ", "NUM", "NOUN")
        or tokens[i + 1].lower == "el"
    )
    if tokens[i].lower == "hacerlo" or any(tokens[k].lower == "lo" and k < i for k in t.kids[i]):
        return bare
    above = t.tokens[i].head
    return bare and tokens[i].dep == "acl:relcl" and tokens[above].lower in ("algo", "cosa")


def quoted_threats(a: Analysis, frames: Iterable[Frame], attributions: tuple[Attribution, ...], count: int) -> Iterator[Told]:
    """«Si no firman, dragamos nosotros»: who says in quotation marks what he will do if somebody does not do something threatens."""
    by_place = {
        (f.sentence, f.trigger): f for f in frames if f.form == "verb" and MOVES.get(f.concept, f.concept) in event_types()
    }
    for t in a.trees:
        if not any(x.lower == "si" for x in t.tokens):
            continue
        found = _own_if_not(a, t)
        if found is None:
            continue
        condition, verb = found
        first, end = _within_quote(a, t, condition, verb)
        span = t.span(first, end)
        source = attribution_of(attributions, span)
        if source is None or not source.source:
            continue
        agent = source.source
        patient = other_side(a, agent)
        f = by_place.get((t.sentence.index, verb))
        words = passage(a, span, attributions, own=agent)
        frame = f or Frame("deed", _DEED, t.sentence.index, verb, "verb", first, end, agent=agent)
        threat = Event(
            id=f"e{count + 1}",
            label=words.quote[:120],
            evidence=(words,),
            event_type="threaten",
            agent=agent,
            patient=patient,
            rule="event-threaten-quoted",
            triggers=(t.tokens[verb].text,),
        )
        kind = MOVES.get(f.concept, f.concept) if f is not None else "other"
        low, high = clause_span(t, verb)
        low = max(low, t.right[condition]) if condition < verb else low
        low, high = trim(t, max(low, first), min(high, end))
        if low >= high or not low <= verb < high:
            continue
        act = t.span(low, high)
        yield Told(threat, t.sentence.index, "threaten", _lemmas(t, first, end), "verb", frame)
        acting = tuple(dict.fromkeys(state_of(a, x) for x in agent))
        deed = Event(
            id=f"e{count + 2}",
            label=a.text[act.start : act.end][:120],
            evidence=(Passage(act.start, act.end, a.text[act.start : act.end], agent, source.via),),
            event_type=kind,
            agent=acting,
            patient=tuple(x for x in patient if plover_type(kind) != "other" and x not in acting),
            factuality="possible",
            rule="event-threatened-quoted",
            triggers=(t.tokens[verb].text,),
        )
        yield Told(deed, t.sentence.index, plover_type(kind), _lemmas(t, low, high), "verb", frame)
        count += 2


def _own_if_not(a: Analysis, t: Tree) -> tuple[int, int] | None:
    """In one quotation, the verb of a negated condition and what "I" or "we" will do without it."""
    tokens = t.tokens
    for k, token in enumerate(tokens):
        quote = a.quote_at(token.start) if token.lower == "si" else None
        if quote is None:
            continue
        condition = next(
            (i for i in range(k + 1, min(k + _NEAR, len(tokens))) if is_verb(tokens[i]) and is_finite(tokens[i])), None
        )
        if condition is None or "Person=1" in tokens[condition].morph or not any(x.lower == "no" for x in tokens[k:condition]):
            continue
        for i in (*range(condition + 1, len(tokens)), *range(k)):
            if a.quote_at(tokens[i].start) is not quote or tokens[i].pos != "VERB":
                continue
            own = (
                "Person=1" in finite_morph(t, i)
                and tense(t, i) in ("future", "present", "conditional")
                and tokens[i].dep not in _BELOW
            )
            if own and not negated(t, i) and tokens[i].lemma not in _NO_THREAT:
                return condition, i
    return None


def _within_quote(a: Analysis, t: Tree, *inside: int) -> tuple[int, int]:
    """The tokens of a sentence that stand in the quotation of ``inside``."""
    quote = a.quote_at(t.tokens[inside[0]].start)
    held = [k for k, x in enumerate(t.tokens) if a.quote_at(x.start) is quote]
    return trim(t, held[0], held[-1] + 1)


def _lemmas(t: Tree, first: int, end: int) -> frozenset[str]:
    return frozenset(x.lemma[:6] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB"))


def answered_no(
    a: Analysis,
    frames: Iterable[Frame],
    offered: Sequence[Offered],
    told: Sequence[Told],
    attributions: tuple[Attribution, ...],
    count: int,
) -> Iterator[Told]:
    """«No hay nada que rectificar», contestó la ministra: who answers what was asked of him with what will not be done refuses it."""
    replies = a.lexicon.classes["countering"]
    refused = {(x.sentence, actor) for x in told if x.plover in ("reject", "agree") for actor in x.fact.agent}
    for f in frames:
        t = a.trees[f.sentence]
        answers = f.concept == "countering" and f.form == "verb" and t.tokens[f.trigger].lemma in replies and not f.negated
        if not answers or not f.agent or f.tense not in ("past", "present") or (f.sentence, f.agent[0]) in refused:
            continue
        words = _answer(a, t, f)
        asked = next((o for o in reversed(offered) if _asked_of(a, f, o)), None) if words is not None else None
        if words is None or asked is None or _WILL_NOT.search(words) is None:
            continue
        span = t.span(*trim(t, 0, len(t.tokens)))
        when = date_of(a, f, "actual")
        evidence = passage(a, span, attributions, own=f.agent)
        event = Event(
            id=f"e{count + 1}",
            label=evidence.quote[:120],
            evidence=(Passage(evidence.start, evidence.end, evidence.quote, (), evidence.via),),
            event_type="refusal",
            agent=f.agent,
            patient=tuple(x for x in asked.fact.proposer if x not in f.agent),
            start_date=when.begin,
            end_date=when.end,
            date_text=when.text,
            rule="event-answered-no",
            triggers=(t.tokens[f.trigger].text,),
        )
        refused.add((f.sentence, f.agent[0]))
        count += 1
        yield Told(event, f.sentence, "reject", frozenset({f"no{f.sentence}.{f.trigger}"}), "verb", f)


def _answer(a: Analysis, t: Tree, f: Frame) -> str | None:
    """The words of an answer: the quotation of its sentence, the clause behind "que", what stands behind a colon."""
    quotes = [q for q in a.quotes_in(t.span(0, len(t.tokens))) if q.depth == 0]
    if quotes:
        return a.text[quotes[0].inner.start : quotes[0].inner.end]
    behind = next((k for k in range(f.trigger + 1, len(t.tokens)) if t.tokens[k].text == ":" or t.tokens[k].lower == "que"), None)
    return None if behind is None else a.text[t.tokens[behind].end : t.tokens[-1].end].strip()


def _asked_of(a: Analysis, f: Frame, o: Offered) -> bool:
    """Whether a proposal was put to who answers, not long before."""
    if not 0 <= f.sentence - o.sentence <= _ANSWERED_WITHIN or set(o.fact.proposer) & set(f.agent):
        return False
    return any(same_side(a, x, y) for x in f.agent for y in o.fact.addressee)
