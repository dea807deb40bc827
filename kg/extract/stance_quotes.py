"""Answers in somebody's own words without a verb of stance: "Ni hablar", "Por supuesto", "Es un disparate", "No hay nada que hablar".

What they answer is what the saying verb names ("dijo sobre el muro"), else what was put forward or told last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.judgements import stance_of_word
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.said import Said
from kg.extract.stance_pronouns import Target
from kg.extract.stance_retorts import NO, YES
from kg.extract.stance_targets import target_of
from kg.extract.syntax import Tree, case, trim
from kg.extract.taking import taken
from kg.model import Position, Span
from kg.vocabulary import plover_type

#: Where the first sentence of an answer ends.
_FIRST: Final = re.compile(r"[.;:!?—–…]")
#: Prepositions with which a verb of saying names what is spoken of.
_ABOUT: Final = frozenset(
    {"sobre", "acerca de", "respecto a", "respecto de", "en alusión a", "en referencia a", "a propósito de"}
)
#: What is not there to do: "no hay nada que rectificar", "no hay razón para disculparse".
_NOTHING: Final = frozenset({"nada", "razón", "razones", "motivo", "motivos", "lugar", "necesidad"})
_REACH: Final = 6
_SHORT: Final = 4  # words in a bare answer
_BEHIND: Final = 14  # tokens from the verb of saying to what is spoken of
_LONGEST: Final = 160


def from_answers(known: Known) -> Iterator[Position]:
    """The positions that direct quotations take by what they are: a no, a yes, a judgement without a subject, nothing to do."""
    for s in known.said:
        if not s.direct or not s.speaker:
            continue
        words = known.a.text[s.quote.start : s.quote.end].strip(" ¡¿“”«»\"'—–-")
        first = _FIRST.split(words, maxsplit=1)[0].strip(" ,")
        t = next((x for x in known.a.trees if x.tokens[0].start <= s.quote.start <= x.tokens[-1].end), None)
        if t is None:
            continue
        at = next((x.i for x in t.tokens if x.start >= s.quote.start and x.pos != "PUNCT"), 0)
        short = len(first.split()) <= _SHORT and not s.rule.startswith("turn")  # in an interview a no answers the question
        if short and NO.match(words):
            yield from _answer(known, s, t, at, "opposes")
        elif short and YES.match(words):
            yield from _answer(known, s, t, at, "supports")
        elif first[:3].lower() in ("es ", "son") or first[:5].lower() == "eso e":
            yield from _judged(known, s, t, at)
        elif words[:2].lower() == "no":
            yield from _nothing_to_do(known, s, t, at)


def _bare(s: Said, t: Tree, at: int, concept: str) -> Frame:
    """A frame for an answer that has no words but itself."""
    words = Valency(concept, "phrase", ("no",))
    return Frame(concept, words, t.sentence.index, at, "verb", at, at + 1, agent=s.speaker, pronoun="lo")


def spoken_of(known: Known, s: Said, t: Tree, f: Frame) -> Target | None:
    """What the saying verb of a statement names as what is spoken of: "…», dijo sobre el muro el ministro"."""
    verb = next((x.i for x in t.tokens if x.text == s.trigger and not s.quote.start <= x.start < s.quote.end), None)
    near = () if verb is None else range(verb + 1, min(verb + _BEHIND, len(t.tokens)))
    theme = next((k for k in near if case(t, k) in _ABOUT and t.tokens[k].pos == "NOUN"), None)
    return None if theme is None else target_of(known, replace(f, pronoun=None), theme)


def _answer(known: Known, s: Said, t: Tree, at: int, stance: str) -> Iterator[Position]:
    """A yes or a no to what was put forward last; a no to what somebody is said to have done denies it."""
    f = _bare(s, t, at, "refusal" if stance == "opposes" else "acceptance")
    named = spoken_of(known, s, t, f)
    target = named or target_of(known, f, None)
    if target is None or (target.fact is None and named is None):
        return
    told = next((e for e in known.events if e.id == target.fact), None)
    if told is not None and (stance == "supports" or plover_type(told.event_type) in ("consult", "request", "reject")):
        return
    if any(i.id == target.fact for i in known.indicators):
        return
    yield from _taken(known, s, "denies" if told is not None else stance, target, t.tokens[at].text)


def _judged(known: Known, s: Said, t: Tree, at: int) -> Iterator[Position]:
    """ "Es un disparate", "Eso es mentira": a judgement whose subject is left out, or only points back."""
    for k in range(at + 1, min(at + _REACH, len(t.tokens))):
        x = t.tokens[k]
        if x.pos in ("NOUN", "ADJ", "PROPN") and x.start < s.quote.end:
            stance = stance_of_word(known, t, k)
            if stance is not None and not any(t.tokens[j].lower in ("no", "nunca") for j in range(at, k)):
                f = _bare(s, t, at, "judging" if stance != "denies" else "denies")
                named = spoken_of(known, s, t, f)
                target = named or target_of(known, f, None)
                if target is not None and (target.fact is not None or named is not None):
                    yield from _taken(known, s, stance, target, x.text)
            return
        if x.pos in ("VERB", "SCONJ"):
            return


def _nothing_to_do(known: Known, s: Said, t: Tree, at: int) -> Iterator[Position]:
    """ "No hay nada que rectificar", "No hay razón para disculparse": who says so will not do it."""
    if at + 1 >= len(t.tokens) or t.tokens[at + 1].lower not in ("hay", "existe", "existen", "tenemos", "veo", "vemos"):
        return
    if not any(x.lower in _NOTHING for x in t.tokens[at + 2 : at + 4]):
        return
    deed = next((k for k in range(at + 3, min(at + 3 + _REACH, len(t.tokens))) if "VerbForm=Inf" in t.tokens[k].morph), None)
    if deed is None or t.tokens[deed].start >= s.quote.end:
        return
    low, high = trim(
        t, deed, max(deed + 1, min(t.right[deed], next((x.i for x in t.tokens if x.end > s.quote.end), len(t.tokens))))
    )
    matter = known.a.text[t.tokens[low].start : t.tokens[high - 1].end][:_LONGEST]
    yield from _taken(known, s, "opposes", Target(matter=matter), t.tokens[at + 1].text)


def _taken(known: Known, s: Said, stance: str, target: Target, trigger: str) -> Iterator[Position]:
    """The position of the statement's speaker, in the words quoted."""
    words = passage(known.a, Span(s.quote.start, s.quote.end), known.attributions, own=s.speaker)
    yield from taken(
        known, s.speaker[:1], stance, target, words, "position-refusal-verb-quoted", (trigger,), about=words.quote[:60]
    )
