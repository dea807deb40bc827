"""Where an event takes place: the name behind "en" in its words that no clause of its own below it claims."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.syntax import Tree

_DEPTH: Final = 12  # arcs between a place and the verb it goes with


def place_of(a: Analysis, t: Tree, f: Frame) -> tuple[str | None, str | None]:
    """Where: the first "en" + name inside the frame's words; a country by id, any other place by name."""
    for i in range(f.first, f.end - 1):
        if t.tokens[i].lower == "en" and t.tokens[i].pos == "ADP" and not elsewhere(t, i, f.trigger):
            j = i + 1
            while j < f.end and t.tokens[j].lower in ("el", "la", "los", "las", "territorio"):
                j += 1
            if j < f.end and t.tokens[j].text[:1].isupper() and t.tokens[j].pos == "PROPN":
                found = a.resolution.of(t.sentence.index, j)
                if found and a.resolution.actors[found[0]].kind == "Country":
                    return found[0], None
                end = j + 1
                while end < f.end and t.tokens[end].pos == "PROPN" and t.tokens[end].text[:1].isupper():
                    end += 1
                return None, a.text[t.tokens[name_start(t, j)].start : t.tokens[end - 1].end]
    return None, None


def name_start(t: Tree, j: int) -> int:
    """Where a place's name begins: with its article, where that is written large ("El Paso", "La Habana")."""
    return j - 1 if j and t.tokens[j - 1].text in ("El", "La", "Los", "Las") else j


def elsewhere(t: Tree, i: int, trigger: int) -> bool:
    """Whether a place hangs on a participle or clause of its own: "soltar a los choferes presos en Esquipulas"."""
    j = t.tokens[i].head
    for _ in range(_DEPTH):
        if j == trigger or t.tokens[j].head == j:
            return False
        apart = t.tokens[j].dep in ("acl", "acl:relcl", "advcl") or (t.tokens[j].dep == "amod" and t.tokens[j].head != trigger)
        if apart and not t.left[j] <= trigger < t.right[j]:
            return True
        j = t.tokens[j].head
    return False
