"""What is only asked for, offered, wanted or promised: its stretches of text, and the figures in them (convention 19)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.syntax import case
from kg.model import Span

_ASKING: Final = ("request", "offering", "wanting", "promise")
#: Figures up to this are too common to take one up.
_FEW: Final = 10


def offered_values(a: Analysis, contents: list[Span]) -> frozenset[Decimal]:
    """The figures of what is only offered or asked for: "los 480.000" takes one up."""
    return frozenset(
        q.value
        for q in a.quantities
        if q.value is not None
        and q.value > _FEW
        and not q.rule.startswith("definite")
        and any(c.start <= q.span.start < c.end for c in contents)
    )


def asked_for(a: Analysis, frames: tuple[Frame, ...]) -> list[Span]:
    """The stretches that somebody only asks for, offers or wants, whether they make a proposal or not."""
    out = []
    for f in frames:
        head = f.theme if f.theme is not None else f.content
        if f.form == "verb" and f.concept in _ASKING and head is not None and head > f.trigger:
            t = a.trees[f.sentence]
            if f.concept == "offering" and t.tokens[f.trigger].lemma in a.lexicon.classes["estimating"]:
                continue  # "registra siete casos" counts them
            out.append(t.subtree(head))
            # "una rebaja del arancel, del 35 % al 20 %": what it would fall to, wherever the parser hung it
            out += [
                t.subtree(k)
                for k in range(t.right[head], t.right[f.trigger])
                if t.tokens[k].pos in ("NUM", "SYM") and case(t, k) in ("a", "al", "hasta")
            ]
    return out
