"""The day that a chronology puts before an entry: "3 de octubre de 1899. Un tribunal adjudica …", "9 de marzo: Costa Rica entrega …".

Such an entry tells the past in the present tense, and what it tells without a day of its own is of that day. The clock time before an entry
of a live report is no such day: it says when the entry was written.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import Tree
from kg.model import Span, TimeValue

_OPENING: Final = 4  # characters of a bullet or a quotation mark that may stand before the day
_AFTER: Final = frozenset(".:|–—")
#: Words that move a sentence of the entry to another day.
_MOVING: Final = frozenset({"después", "antes", "luego", "desde", "hasta", "posteriormente", "entonces", "antecedente"})


def dateline(a: Analysis, t: Tree) -> TimeValue | None:
    """The day before the entry that the sentence belongs to, ``None`` where the sentence stands in no such entry."""
    block = a.document.article.blocks[t.sentence.block]
    first = a.first_of_block.get(t.sentence.block, t.sentence.index)
    if block.kind not in ("paragraph", "item") or t.sentence.index - first > 2:
        return None
    if any(x.lower in _MOVING for x in t.tokens):
        return None
    for value in a.dates_in(Span(block.start, min(block.end, block.start + 60))):
        if value.kind != "date" or value.span.start - block.start > _OPENING:
            continue
        behind = a.text[value.span.end : value.span.end + 2].strip()[:1]
        return value if behind in _AFTER else None
    return None
