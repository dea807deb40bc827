"""The words of a stretch of text, as the grammars of dates, numbers and quantities read them.

A word is a run of letters (with an apostrophe inside), a number with its separators, a numeric date, or a single mark; a line break is
a word of its own, so that no grammar reads across it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PADDING: Final = 8
_WORD: Final = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d)|\d+(?:[.,’']\d+)*(?:\.?[ºª°])?|\n|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order: ``low`` in lower case, ``starts``/``ends`` their absolute offsets in ``text``. Each list ends with
    :data:`PADDING` empty words, so that a grammar may look a few words ahead without asking where the text ends."""

    text: str
    low: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.low) - PADDING

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= index < len(self) and self.text[self.starts[index]].isupper()

    def opens_sentence(self, index: int) -> bool:
        """Whether nothing but opening marks stands between the word and the sentence's (or line's) beginning."""
        while index > 0 and self.low[index - 1] in _OPENING:
            index -= 1
        return index == 0 or self.low[index - 1] in _SENTENCE_END


_OPENING: Final = frozenset("“«\"‘'(¿¡—–-|")
_SENTENCE_END: Final = frozenset(".!?…:;\n”»")


@lru_cache(maxsize=64)
def split_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of ``text[start:end]`` with absolute offsets. Dates and quantities read the same stretches: nobody may change the lists."""
    stop = len(text) if end is None else min(end, len(text))
    stretch = text[start:stop]
    lower = stretch.lower()
    if len(lower) != len(stretch):  # a few letters become two in lower case
        lower = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in stretch)
    spans = [match.span() for match in _WORD.finditer(lower)]
    low = [lower[first:last] for first, last in spans] + [""] * PADDING
    starts = [start + first for first, _ in spans] + [stop] * PADDING
    ends = [start + last for _, last in spans] + [stop] * PADDING
    return Words(text, low, starts, ends)


def word_list(text: str) -> list[str]:
    """The words of a table written as one string."""
    return text.split()
