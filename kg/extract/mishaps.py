"""In what people died or were hurt, where the clause of their number leaves it to the words before: "soldados muertos | en el asalto"."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.lexicon import HINDRANCE, MISHAP
from kg.extract.sizes import genitive
from kg.extract.syntax import Tree
from kg.model import Quantity

VICTIMS: Final = re.compile(r"\b(?:muert|herid|lesionad|fallecid|ahogad|víctima|bajas\b)")
#: Losses that have a cause.
_HARM: Final = re.compile(r"^(?:pérdidas?|perjuicios?|daños?)(?: (?:diari|semanal|mensual|anual|económic|millonari)\w*)?$")
#: Clauses that say it themselves.
_SAID: Final = re.compile(r" (?:en|por|durante|tras|a causa|que) ")
#: So many sentences back the event is looked for.
_BACK: Final = 3


def in_mishap(a: Analysis, t: Tree, q: Quantity, phrase: str) -> str:
    """``phrase`` with the event nearest before the figure, if it counts victims and does not tell where: "muertos en el incendio"."""
    if VICTIMS.search(phrase) is None or _SAID.search(f"{phrase} ") is not None:
        return phrase
    return _with_event(a, t, q, phrase, a.lexicon.classes[MISHAP], "en")


def harmed_by(a: Analysis, t: Tree, q: Quantity, phrase: str) -> str:
    """Bare losses with what caused them, told right before: "pérdidas | por el cierre del paso"."""
    if _HARM.match(phrase) is None:
        return phrase
    return _with_event(a, t, q, phrase, a.lexicon.classes[HINDRANCE], "por")


def _with_event(a: Analysis, t: Tree, q: Quantity, phrase: str, nouns: frozenset[str], link: str) -> str:
    """``phrase`` with the event of one of these nouns that stands nearest before the figure."""
    at = t.sentence.index
    for tree in [t, *reversed(a.trees[max(0, at - _BACK) : at])]:
        for i in range(len(tree.tokens) - 1, -1, -1):
            x = tree.tokens[i]
            if x.pos == "NOUN" and x.lemma in nouns and (x.start < q.span.start or tree is t):
                words = genitive(a, tree, q, i).split(" que ")[0].removeprefix("de ")
                words = f"el {words[4:]}" if words.startswith("del ") else words
                return f"{phrase} {link} {' '.join(words.split()[:7])}"
    return phrase
