"""Stances told beside a name: "la senadora Rubio, contraria al túnel, …", "el gobernador, partidario de la obra, …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.lexicon import Valency
from kg.extract.stance_targets import target_of
from kg.extract.taking import taken
from kg.extract.triggers import masculine
from kg.extract.verb_frames import behind_wording
from kg.model import Position

#: Adjectives and nouns of leaning, in the masculine singular.
_LEANINGS: Final = {
    **dict.fromkeys(("partidario", "favorable", "defensor", "proclive", "valedor"), "supports"),
    **dict.fromkeys(("contrario", "reacio", "opuesto", "detractor", "crítico", "opositor", "renuente"), "opposes"),
    **dict.fromkeys(("escéptico", "receloso", "reticente"), "doubts"),
}
_SIDES: Final = {
    ("en", "contra"): "opposes",
    ("en", "desacuerdo"): "opposes",
    ("a", "favor"): "supports",
}
_PREPOSITIONS: Final = ("a", "de", "con", "ante", "sobre")


def from_appositions(known: Known) -> Iterator[Position]:
    """The positions that a leaning right behind a name and a comma tells of who is named."""
    a = known.a
    for t in a.trees:
        if a.document.article.blocks[t.sentence.block].kind == "heading":
            continue
        for i in range(2, len(t.tokens) - 2):
            if t.tokens[i - 1].text != ",":
                continue
            side = _SIDES.get((t.tokens[i].lower, t.tokens[i + 1].lower))  # "…, en contra del túnel, …"
            stance = side or _LEANINGS.get(t.tokens[i].lemma) or _LEANINGS.get(masculine(t.tokens[i].lower))
            holders = a.resolution.of(t.sentence.index, i - 2)
            if stance is None or not holders:
                continue
            words = Valency(stance, "verb", (t.tokens[i].lemma,), complements=tuple((p, "THEME") for p in _PREPOSITIONS))
            theme, content = behind_wording(t, i + (2 if side else 1), words)
            head = theme if content is None else content
            if head is None:
                continue
            end = next((k for k in range(head, len(t.tokens)) if t.tokens[k].text in (",", ";", ".", ")")), len(t.tokens))
            f = Frame(stance, words, t.sentence.index, i, "verb", i, end, agent=holders, theme=head)
            words_told = passage(a, t.span(i, end), known.attributions, own=holders)
            target, about = target_of(known, f, head), t.tokens[head].text
            yield from taken(known, holders, stance, target, words_told, "position-apposition", (t.tokens[i].text,), about=about)
