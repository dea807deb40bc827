"""Claims that answer each other: who denies that the delay had to do with the attack, and who confirms that it was owed to the attack.

One matter, told in other words by the one who affirms it and the one who denies it, is one node, so that the two stand side by side.
Only claims about a cause are brought together, where both explain the same kind of happening, within a few sentences (``br:causing``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.model import Position, Span

_REACH: Final = 3  # sentences
_FOR: Final = frozenset({"affirms"})
_AGAINST: Final = frozenset({"denies", "doubts"})


def with_one_matter(a: Analysis, positions: tuple[Position, ...]) -> tuple[Position, ...]:
    """The positions; who affirms or denies a claim about a cause that somebody else has just denied or affirmed gets its matter."""
    told = [_told(a, p) for p in positions]
    out = list(positions)
    for j, p in enumerate(positions):
        mine = told[j]
        for i in range(len(positions)):
            other, theirs = out[i], told[i]
            if mine is None or theirs is None or i == j or other.holder == p.holder or mine[0] < theirs[0]:
                continue
            near = mine[0] - theirs[0] <= _REACH and p.evidence[0].start > other.evidence[0].start
            if near and mine[1] & theirs[1] and {p.stance, other.stance} & _FOR and {p.stance, other.stance} & _AGAINST:
                out[j] = replace(p, matter=other.matter)
                break
    return tuple(out)


def _told(a: Analysis, p: Position) -> tuple[int, frozenset[str]] | None:
    """The sentence of a claim about a cause, and the kinds of happening that it explains; None for any other position."""
    if p.matter is None or p.stance not in _FOR | _AGAINST:
        return None
    start = a.text.find(p.matter, p.evidence[0].start, p.evidence[0].end + len(p.matter))
    t = next((t for t in a.trees if t.sentence.start <= p.evidence[0].start < t.sentence.end), None)
    if t is None or start < 0:
        return None
    words = Span(start, start + len(p.matter))
    inside = [x for x in t.tokens if words.start <= x.start < words.end]
    causing = next((x for x in inside if x.lemma in a.lexicon.classes["causing"]), None)
    if causing is None:
        return None
    # what is explained stands before: "el retraso se debía a …"
    kinds = (
        v.concept
        for x in inside
        if x.pos == "NOUN" and x.i < causing.i
        for v in a.lexicon.nouns.get(x.lemma, ())
        if len(v.words) == 1
    )
    return t.sentence.index, frozenset(kinds)
