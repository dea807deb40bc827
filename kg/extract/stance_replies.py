"""Answers that name what is to be done and not what was asked: "Portugal reclamó agua; Madrid se negó a revisar los caudales".

Who was asked for something, and right after that refuses or sets a condition in words that no other fact holds, answers it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import Final

from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.offered import Offered, is_private, same_side
from kg.extract.stance_conditions import TO_DO_SO
from kg.model import Position

#: Rules of positions that may be such an answer.
_ANSWERS: Final = ("position-refusal-verb", "position-condition", "position-wanting-verb", "position-tolerating-verb")
#: Sentences back to what is answered.
_NEAR: Final = 3
_FAR: Final = 20


def to_what_was_asked(known: Known, positions: list[Position]) -> list[Position]:
    """The positions, those that answer what their holder was just asked with it as target instead of a matter in words."""
    if not known.offered:
        return positions
    starts = [t.tokens[0].start for t in known.a.trees]
    taken = {(p.holder, p.target): p.stance for p in positions if p.target is not None}
    out = []
    for p in positions:
        open_ = p.target is None and p.target_actor is None and p.stance in ("opposes", "conditional")
        if open_ and p.rule.startswith(_ANSWERS) and _of_doing(known, p):
            spoken = frozenset(fact for holder, fact in taken if holder == p.holder)
            start, reach = p.evidence[0].start, _NEAR - (p.stance == "conditional")
            sentence = bisect_right(starts, start) - 1
            asked = asked_of(known, p.holder, start, sentence, reach=reach, matter=p.matter or "", spoken=spoken)
            if asked is not None and taken.get((p.holder, asked.fact.id)) != p.stance:
                p = replace(p, target=asked.fact.id, matter=None)
        if p.matter != TO_DO_SO:
            out.append(p)
    return out


def _of_doing(known: Known, p: Position) -> bool:
    """Whether the matter is something the holder would do himself, or his own words: "se negó a revisar …", "se rehusó: «No somos …»"."""
    matter = p.matter or ""
    if p.rule == "position-condition" or re.match(r"\w+(?:ar|er|ir)(?:l[aeo]s?|se)*\b", matter):
        return True
    text, start = known.a.text, p.evidence[0].start
    at, said = text.find(matter[:40], start), text.find(p.triggers[0], start)
    if not 0 <= at <= p.evidence[0].end or said < 0 or known.a.quote_at(said) is not None:
        return False
    return known.a.quote_at(at) is not None or text[:at].rstrip().endswith(":")


def asked_of(
    known: Known,
    holder: str,
    start: int,
    sentence: int,
    *,
    reach: int = 2,
    matter: str = "",
    spoken: frozenset[str] = frozenset(),
) -> Offered | None:
    """What was put to ``holder`` last, before character ``start`` in its ``sentence`` or up to ``reach`` before.

    Of several, what he has ``spoken`` of already, or what shares words with ``matter``.
    """
    private = is_private(known.a, holder)  # a guild is asked less often than a state
    near = [
        o
        for o in known.offered
        if 0 <= sentence - o.sentence <= (_FAR if holder in o.fact.addressee and private else reach)
        and o.fact.evidence[0].end <= start + 1
        and not any(same_side(known.a, x, holder) for x in o.fact.proposer)
    ]
    if not near:
        return None
    said = matter.lower().split()
    shared = [sum(any(w.startswith(x) for w in said) for x in o.words) for o in near]  # the stems of its content words
    last = near[max(range(len(near)), key=lambda k: (near[k].fact.id in spoken, shared[k], k))]
    whole = next((o for o in near if o.fact.id == last.fact.part_of), last)
    return whole if _put_to(known, whole, holder) else None


def _put_to(known: Known, o: Offered, holder: str) -> bool:
    """Whether a proposal is addressed to somebody, or to the state that he speaks for."""
    if holder in o.fact.addressee:
        return True
    country = country_of(known.a, holder)
    return (
        country is not None and not is_private(known.a, holder) and country in {country_of(known.a, x) for x in o.fact.addressee}
    )
