"""What an accusation tells in the paper's own words: "acusó al capitán de cortar redes" → the cutting, as the accuser has it.

A quoted reproach is somebody's words and no event (convention 11 of the annotation format); neither is a state ("lo acusó de ser …").
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.dating import date_of
from kg.extract.frames import Frame
from kg.extract.happenings import MOVES
from kg.extract.participants import sides
from kg.extract.retelling import Told
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, clause_span, trim
from kg.extract.words import word_list
from kg.model import Event, Passage
from kg.vocabulary import event_types, plover_type

_ACCUSING: Final = frozenset(
    word_list("acusar culpar responsabilizar señalar imputar inculpar sindicar reprochar recriminar incriminar denunciar")
)
#: What somebody is accused of being, wanting or thinking is no deed.
_STATES: Final = frozenset(
    word_list(
        "ser estar tener querer pretender buscar intentar tratar mentir creer pensar parecer desear poder deber saber conocer"
    )
)
_REACH: Final = 24  # tokens between the accusation and the deed


def accused_act(
    a: Analysis, f: Frame, accusation: Told, attributions: tuple[Attribution, ...], frames: tuple[Frame, ...], count: int
) -> Told | None:
    """The deed that verb frame ``f`` accuses somebody of, as an event by the accused on the word of the accuser; ``None`` without one."""
    t = a.trees[f.sentence]
    if t.tokens[f.trigger].lemma not in _ACCUSING or accusation.fact.factuality != "actual":
        return None
    found = _deed(t, f.trigger)
    if found is None:
        return None
    start, verb = found
    if t.tokens[verb].lemma in _STATES or a.quote_at(t.tokens[start].start) != a.quote_at(t.tokens[f.trigger].start):
        return None
    _, end = clause_span(t, verb)
    end = next((k for k in range(verb + 1, end) if t.tokens[k].text in ",;:" and _relative(t, k + 1)), end)
    first, end = trim(t, start, max(end, verb + 1))
    types = event_types()
    inner = next(
        (x for x in frames if x.sentence == f.sentence and x.trigger == verb and MOVES.get(x.concept, x.concept) in types), None
    )
    kind = MOVES.get(inner.concept, inner.concept) if inner is not None else "other"
    when = date_of(a, replace(inner or f, trigger=verb, first=first, end=end, content=None), "actual")
    words = passage(a, t.span(first, end), attributions)
    agent, by = accusation.fact.patient, accusation.fact.agent
    done_to = () if inner is None else sides(a, inner, kind, plover_type(kind), agent, inner.patient)[1]
    patient = tuple(p for p in done_to if p not in agent and (p not in by or not (inner and inner.patient)))
    event = Event(
        id=f"e{count + 1}",
        label=words.quote[:120],
        evidence=(Passage(words.start, words.end, words.quote, by or words.attributed_to, words.via),),
        event_type=kind,
        agent=agent,
        patient=patient,
        factuality="actual",
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
        rule=f"event-accused-{kind}",
        triggers=(t.tokens[verb].text,),
    )
    theme = frozenset(x.lemma[:6] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB", "PROPN"))
    return Told(event, f.sentence, plover_type(kind), theme, "verb", replace(inner or f, trigger=verb))


def _deed(t: Tree, i: int) -> tuple[int, int] | None:
    """Where the infinitive behind "de" or "por" begins, and its verb: "de golpear", "de haberles vendido"."""
    tokens = t.tokens
    for k in range(i + 1, min(len(tokens) - 1, i + _REACH)):
        if tokens[k].text in ".;:":
            return None
        if tokens[k].lower not in ("de", "por"):
            continue
        start = k + 1
        if tokens[start].lower.startswith("haber"):
            for verb in range(start + 1, min(len(tokens), start + 4)):
                if "VerbForm=Part" in tokens[verb].morph:
                    return start, verb
        elif tokens[start].pos == "VERB" and "VerbForm=Inf" in tokens[start].morph:
            return start, start
    return None


def _relative(t: Tree, k: int) -> bool:
    return k < len(t.tokens) and t.tokens[k].lower in (
        "que",
        "quien",
        "quienes",
        "cosa",
        "algo",
        "lo",
        "extremo",
        "aunque",
        "pero",
    )
