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
from kg.extract.words import split_words, word_list
from kg.model import Span, TimeValue

_OPENING: Final = 4  # characters of a bullet or a quotation mark that may stand before the day
_AFTER: Final = frozenset(".:|–—")
#: Words of the line above a list of days to come.
_AHEAD: Final = frozenset(
    word_list(
        "viene vienen próximo próxima próximos próximas agenda calendario sigue siguientes pendientes citas adelante futuro"
    )
)
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
    return _opening_day(a, t.sentence.block)


def is_agenda(a: Analysis, t: Tree) -> bool:
    """Whether the entry that the sentence belongs to stands in a list of days to come: under "Lo que viene", "Próximas citas"."""
    blocks = a.document.article.blocks
    at = t.sentence.block
    while at >= 0 and blocks[at].kind in ("paragraph", "item") and (at == t.sentence.block or _opening_day(a, at) is not None):
        at -= 1
    return at >= 0 and not _AHEAD.isdisjoint(split_words(a.text, blocks[at].start, blocks[at].end).low)


def _opening_day(a: Analysis, block: int) -> TimeValue | None:
    """The day that a block opens with, before a colon, a stop or a dash."""
    b = a.document.article.blocks[block]
    for value in a.dates_in(Span(b.start, min(b.end, b.start + 60))):
        if value.kind == "date" and value.span.start - b.start <= _OPENING:
            return value if a.text[value.span.end : value.span.end + 2].strip()[:1] in _AFTER else None
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
