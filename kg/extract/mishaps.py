"""In what people died or were hurt, where the clause of their number leaves it to the words before: "soldados muertos | en el asalto"."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.lexicon import MISHAP
from kg.extract.sizes import genitive
from kg.extract.syntax import Tree
from kg.model import Quantity

_VICTIMS: Final = re.compile(r"\b(?:muert|herid|lesionad|fallecid|ahogad|víctima|bajas\b)")
#: Clauses that say it themselves.
_SAID: Final = re.compile(r" (?:en|por|durante|tras|a causa|que) ")
#: So many sentences back the event is looked for.
_BACK: Final = 3


def in_mishap(a: Analysis, t: Tree, q: Quantity, phrase: str) -> str:
    """``phrase`` with the event nearest before the figure, if it counts victims and does not tell where: "muertos en el incendio"."""
    if _VICTIMS.search(phrase) is None or _SAID.search(f"{phrase} ") is not None:
        return phrase
    nouns = a.lexicon.classes[MISHAP]
    at = t.sentence.index
    for tree in [t, *reversed(a.trees[max(0, at - _BACK) : at])]:
        for i in range(len(tree.tokens) - 1, -1, -1):
            x = tree.tokens[i]
            if x.pos == "NOUN" and x.lemma in nouns and (x.start < q.span.start or tree is t):
                words = genitive(a, tree, q, i).split(" que ")[0].removeprefix("de ")
                words = f"el {words[2:]}" if words.startswith("l ") else words
                return f"{phrase} en {words}".replace("en del ", "en el ")
    return phrase
