"""Statements and attributed stretches of text, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.analysis import Analysis
from kg.model import Span

#: frames that introduce words: their clause gives a statement; the rest only marks a quoted stretch as its agent's
COMMUNICATION = frozenset(
    {
        "saying",
        "claiming",
        "confirming",
        "denies",
        "affirms",
        "doubts",
        "supports",
        "opposes",
        "accuse",
        "request",
        "offering",
        "refusal",
        "threaten",
        "acceptance",
        "wanting",
        "agree",
        "promise",
        "complaint",
        "protest-note",
    }
)

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. ``quote`` is its words, ``evidence`` the words with their cue; ``date`` the characters of the cue's clause."""

    speaker: tuple[str, ...]
    quote: Span
    direct: bool
    evidence: Span
    cue: Span | None
    addressee: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    rule: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text that is somebody's word, not the newspaper's."""

    span: Span
    source: tuple[str, ...]
    via: tuple[str, ...] = ()


def block_of(a: Analysis, offset: int) -> int:
    return next((b.index for b in a.document.article.blocks if b.start <= offset < b.end), -1)
