"""What ordinals and numbers pick from what was put forward: "la primera condición", "lo segundo", "los dos primeros", "ambas"."""

from __future__ import annotations

from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.offered import Offered

_ORDINAL: Final = {
    **dict.fromkeys(("primero", "primer", "primera"), 0),
    **dict.fromkeys(("segundo", "segunda"), 1),
    **dict.fromkeys(("tercero", "tercer", "tercera"), 2),
    **dict.fromkeys(("cuarto", "cuarta"), 3),
    **dict.fromkeys(("quinto", "quinta"), 4),
    **dict.fromkeys(("último", "última"), -1),
}
_NUMBER: Final = {"dos": 2, "ambos": 2, "ambas": 2, "tres": 3, "cuatro": 4}
_SHORT: Final = 5  # words in a phrase that only counts
_REACH: Final = 2  # sentences back to what one sentence put forward


def is_ordinal(word: str) -> bool:
    """Whether a word picks one of several: "primero", "última"."""
    return word in _ORDINAL


def position_of(word: str) -> int | None:
    """Which of several an ordinal picks, from 0, or -1 for the last; None for another word."""
    return _ORDINAL.get(word)


def picked(known: Known, f: Frame, head: int, first: int, end: int) -> str | None:
    """The proposal that an ordinal in the phrase of ``head`` (tokens ``first`` to ``end``) picks."""
    tokens = known.tree(f).tokens
    ordinal = next((_ORDINAL[x.lower] for x in tokens[first:end] if x.lower in _ORDINAL), None)
    if ordinal is None or not (known.takes_up(tokens[head].lemma) or tokens[head].lower in _ORDINAL):
        return None
    several = _siblings(known, f)
    return several[ordinal].fact.id if -len(several) <= ordinal < len(several) else None


def counted(known: Known, f: Frame, head: int) -> tuple[str, ...]:
    """The several proposals that a plural counts: "los dos primeros", "las dos cosas", "ambas propuestas"; none for a singular."""
    t = known.tree(f)
    words = {x.lower for x in t.tokens[t.left[head] : t.right[head]]} if t.right[head] - t.left[head] <= _SHORT else set()
    plural = {w for w in words if w.rstrip("s") in _ORDINAL and w.endswith("s")}
    number = next((_NUMBER[w] for w in words if w in _NUMBER), None)
    general = known.takes_up(t.tokens[head].lemma) or t.tokens[head].lemma in ("cosa", "ambos") or bool(plural)
    several = _siblings(known, f)
    if number is None or not general or len(several) < number:
        return ()
    if not plural:
        return tuple(o.fact.id for o in several) if len(several) == number else ()
    first = not any(w.startswith("últim") for w in plural)
    return tuple(o.fact.id for o in (several[:number] if first else several[-number:]))


def _deeds(known: Known, o: Offered) -> int:
    """How many things one proposal puts forward side by side: "plantea fumigar los camiones y abrir un laboratorio"."""
    t = known.a.trees[o.sentence]
    first = next((k for k in range(o.first, o.end) if "VerbForm=Inf" in t.tokens[k].morph), None)
    if first is None or first - o.first > 1:
        return 1
    return 1 + sum(t.tokens[k].dep == "conj" and "VerbForm=Inf" in t.tokens[k].morph and k < o.end for k in t.kids[first])


def _siblings(known: Known, f: Frame) -> list[Offered]:
    """What ordinals count in: the parts of the list told last, or the proposals that one sentence shortly before put forward."""
    before = known.before(f)
    parts = [o for o in before if o.fact.part_of]
    lists = [[o for o in parts if o.fact.part_of == parts[-1].fact.part_of]] if parts else []
    for s in range(f.sentence - 1, f.sentence - _REACH - 1, -1):
        beside = [
            o for o in before if o.sentence == s and not o.fact.part_of and not known.own(f, o) for _ in range(_deeds(known, o))
        ]
        if len(beside) > 1 and not (lists and lists[0][-1].sentence > s):
            lists.insert(0, beside)
            break
    return lists[0] if lists else []
