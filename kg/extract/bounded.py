"""Comparators that are verbs: "roza los 5.000 millones", "las colas pasaban ayer de cinco kilómetros", "no llegó a 3.000 toneladas"."""

from __future__ import annotations

from typing import Final

from kg.extract.counted import Comparator
from kg.extract.syntax import Tree, case, is_verb, negated

_VERBS: Final[dict[str, Comparator]] = {
    "rozar": "almost", "acariciar": "almost", "rondar": "about", "bordear": "about", "frisar": "about", "superar": "more",
    "rebasar": "more", "exceder": "more", "sobrepasar": "more",
}  # fmt: skip
#: What these do not do, the figure stays below.
_NOT_REACHING: Final = frozenset({"superar", "rebasar", "exceder", "sobrepasar", "pasar", "llegar", "alcanzar"})
#: The prepositions that such a verb may want before its figure.
_CASES: Final = {"pasar": ("de",), "llegar": ("a",), "exceder": ("", "de")}


def bounded(t: Tree, token: int) -> Comparator | None:
    """The comparator that the verb over a figure is; ``None`` where it is none."""
    verb = t.tokens[token].head
    if (
        verb == token
        or verb > token
        or not is_verb(t.tokens[verb])
        or t.tokens[token].dep not in ("obj", "obl", "obl:arg", "xcomp", "ccomp")
    ):
        return None
    lemma = t.tokens[verb].lemma
    if case(t, token) not in _CASES.get(lemma, ("", "a")):
        return None
    if lemma == "pasar" and any(k > token and case(t, k) == "a" for k in (*t.kids[verb], *t.kids[token])):
        return None  # "pasó de 30 a 90 días"
    if negated(t, verb):
        return "less" if lemma in _NOT_REACHING else None
    return "more" if lemma == "pasar" else _VERBS.get(lemma)
