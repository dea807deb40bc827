"""The day that a chronology puts before an entry: "3 de octubre de 1899. Un tribunal adjudica …", "9 de marzo: Costa Rica entrega …".

Such an entry tells the past in the present tense, and what it tells without a day of its own is of that day. The clock time before an entry
of a live report is no such day: it says when the entry was written.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.intervals import weekday
from kg.extract.syntax import Tree
from kg.extract.time_words import WEEKDAYS
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


def heading_day(a: Analysis, t: Tree) -> TimeValue | None:
    """The day that the heading above an entry gives: "Miércoles", "6:30 a. m. | Qué pasó el domingo"; ``None`` without one."""
    blocks = a.document.article.blocks
    at = t.sentence.block
    while at > 0 and blocks[at].kind in ("paragraph", "item"):
        at -= 1
    heading = blocks[at]
    if heading.kind != "heading":
        return None
    text = a.text[heading.start : heading.end].strip().split("\n")[0].strip(" .:")
    span = Span(heading.start, heading.start + len(text))
    anchor = a.document.article.date
    number = WEEKDAYS.get(text.lower())
    if number is not None and anchor is not None:
        day = weekday(anchor, number, "past")
        return TimeValue(span, day, day, "day", "heading")
    values = [d for d in a.dates_in(span) if d.kind == "date" and d.begin is not None and d.begin == d.end]
    return values[0] if len(values) == 1 else None
