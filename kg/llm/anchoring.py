"""Quotes and the places where they stand in an article.

A quote stands where it is exactly, else where the article has the same characters but for white space and quotation marks; the passage
then holds the article's own characters. Nothing else is a quote: no ellipsis, no translation, no other spelling.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from kg.identity import content_words, fold
from kg.model import Passage, Span

_MARKS = frozenset("\"'`´“”„‟‘’‚‛«»‹›＂＇")
LONGEST = 700  # characters: more is no evidence for one fact
STEM = 5  # letters in which a label's word and the article's have to agree: "captura" and "capturaron"


@dataclass(frozen=True)
class Anchors:
    """An article's text, ready to be searched for quotes."""

    text: str

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The text without white space and quotation marks, and where each of its characters stands."""
        kept = [i for i, c in enumerate(self.text) if not _is_loose(c)]
        return "".join(self.text[i] for i in kept), kept

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of the article's words, folded."""
        return frozenset(word[:STEM] for word in fold(self.text).split())

    def find(self, quote: str, near: Span | None = None) -> Span | None:
        """Where a quote stands: exactly, else but for white space and quotation marks; first inside ``near``, else anywhere."""
        words = quote.strip()
        if not words:
            return None
        stretches = (near, Span(0, len(self.text))) if near else (Span(0, len(self.text)),)
        for stretch in stretches:
            found = self._exact(words, stretch) or self._loose(words, stretch)
            if found:
                return found
        return None

    def _exact(self, words: str, stretch: Span) -> Span | None:
        at = self.text.find(words, stretch.start, stretch.end)
        while at >= 0:
            span = Span(at, at + len(words))
            if self._is_whole(span):
                return span
            at = self.text.find(words, at + 1, stretch.end)
        return None

    def _loose(self, words: str, stretch: Span) -> Span | None:
        wanted = "".join(c for c in words if not _is_loose(c))
        if not wanted:
            return None
        bare, places = self._bare
        at = bare.find(wanted)
        while at >= 0:
            span = Span(places[at], places[at + len(wanted) - 1] + 1)
            if stretch.covers(span) and self._is_whole(span):
                return span
            at = bare.find(wanted, at + 1)
        return None

    def _is_whole(self, span: Span) -> bool:
        """Whether a stretch begins and ends where words do."""
        before = span.start > 0 and self.text[span.start - 1].isalnum() and self.text[span.start].isalnum()
        after = span.end < len(self.text) and self.text[span.end].isalnum() and self.text[span.end - 1].isalnum()
        return not before and not after

    def tells(self, text: str, share: float = 0.6) -> bool:
        """Whether at least this share of a text's content words are the article's, by their beginnings."""
        return tells(text, self.stems, share)


def tells(text: str, known: frozenset[str], share: float = 1.0) -> bool:
    """Whether at least this share of a text's content words begin like ``known`` ones."""
    words = [word for word in content_words(text) if len(word) > 2 or word.isdigit()]
    return bool(words) and sum(word[:STEM] in known for word in words) >= share * len(words)


def stems(*texts: str) -> frozenset[str]:
    """The beginnings of the words of some texts, as :meth:`Anchors.tells` compares them."""
    return frozenset(word[:STEM] for text in texts for word in fold(text).split())


def shared(one: Span | Passage, other: Span | Passage) -> float:
    """The share of the shorter one of two stretches that the other one holds too."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / min(one.end - one.start, other.end - other.start)


def is_evidence(quote: str) -> bool:
    """Whether a stretch of text can carry a fact: two words or more, and not half an article."""
    return len(fold(quote).split()) >= 2 and len(quote) <= LONGEST


def _is_loose(character: str) -> bool:
    return character in _MARKS or character.isspace() or unicodedata.category(character) == "Cf"
