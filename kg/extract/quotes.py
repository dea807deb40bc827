"""Stretches between quotation marks, found on the text alone by a typed stack.

A mark opens or closes by its shape where the shape says so (“ ” « » ‹ › ‘ ’) and by its neighbours where it does not (" and ').
A closing mark closes the nearest open mark of its family and drops whatever stood open above it; straight and curly marks of
one family (double or single) may close each other, because editors mix them. Single marks never reach across double ones.
Paragraphs (lines) are read one by one, so that a forgotten mark spoils one paragraph at most. Dialogue with dashes is not a
quotation here.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.model import Quote, Span

_MARKS: Final = re.compile("[“”«»\"‹›‘’']")
_OPENS: Final = {"“": "double", "«": "angle", "‹": "small angle", "‘": "single"}
_CLOSES: Final = {"”": "double", "»": "angle", "›": "small angle", "’": "single"}
_STRAIGHT: Final = {'"': "double", "'": "single"}
_CURLY_CLOSE: Final = {"double": "”", "single": "’"}
_AFTER_CLOSE: Final = frozenset(".,;:!?…)]}-–—/|”»›’\"'*_")
_BEFORE_OPEN: Final = frozenset("([{¿¡-–—/|“«‹‘\"'*_:")


class _Open(NamedTuple):
    family: str
    position: int
    mark: str


def find_quotes(text: str, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
    """The stretches between quotation marks in ``text[start:end]``.

    Args:
        text: the article's body.
        start: where to begin, in code points of ``text``.
        end: where to stop (exclusive); the end of ``text`` when ``None``.

    Returns:
        Quotes ordered by where they start, an outer one before those inside it. Offsets are absolute in ``text``. ``depth``
        counts the quotes around a quote. An opening mark without its closing one gives nothing, except where the next paragraph
        begins with a typed mark of the same family (a quotation over several paragraphs): then it runs to its paragraph's end,
        and ``outer`` has no closing mark.
    """
    stop = len(text) if end is None else min(end, len(text))
    lines: list[Span] = []
    begin = start
    while begin < stop:
        newline = text.find("\n", begin, stop)
        line_end = stop if newline < 0 else newline
        if text[begin:line_end].strip():
            lines.append(Span(begin, line_end))
        begin = line_end + 1
    outers: list[tuple[Span, Span]] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        outers.extend(_scan_line(text, line, following))
    outers.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    quotes: list[Quote] = []
    around: list[Span] = []
    for outer, inner in outers:
        while around and around[-1].end <= outer.start:
            around.pop()
        quotes.append(Quote(outer, inner, len(around)))
        around.append(outer)
    return tuple(quotes)


def _scan_line(text: str, line: Span, following: Span | None) -> list[tuple[Span, Span]]:
    """The (outer, inner) spans of one paragraph, in the order in which they close."""
    found: list[tuple[Span, Span]] = []
    stack: list[_Open] = []
    first = line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
    for match in _MARKS.finditer(text, line.start, line.end):
        position, mark = match.start(), match.group()
        before = text[position - 1] if position > line.start else " "
        after = text[position + 1] if position + 1 < line.end else " "
        family = _OPENS.get(mark) or _CLOSES.get(mark) or _STRAIGHT[mark]
        if family == "single" and mark != "‘" and before.isalnum() and after.isalnum():
            continue  # an apostrophe: d'Ivoire, O’Higgins
        at = None if mark in _OPENS else _partner(stack, family)
        starts_word = not after.isspace() and after not in _AFTER_CLOSE and (before.isspace() or before in _BEFORE_OPEN)
        if mark in _CLOSES:
            # A closing mark at a paragraph's beginning takes up a quotation of the paragraph before.
            opens = at is None and starts_word and position == first
            closes = at is not None
        else:
            opens = mark in _OPENS or starts_word
            closes = at is not None and not opens and not before.isspace()
        if opens:
            stack.append(_Open(family, position, mark))
        elif closes and at is not None:
            opening = stack[at]
            if mark in _STRAIGHT and opening.mark in _OPENS and _curly_comes(text, family, position + 1, line.end):
                continue  # inches, minutes: the curly mark that closes is still to come
            del stack[at:]
            if position > opening.position + 1:
                found.append((Span(opening.position, position + 1), Span(opening.position + 1, position)))
    if stack and following is not None and stack[0].mark in "“”«»":
        head = text[following.start : following.end].lstrip()[:1]
        if _OPENS.get(head, _CLOSES.get(head)) == stack[0].family:
            stop = line.start + len(text[line.start : line.end].rstrip())
            found.append((Span(stack[0].position, stop), Span(stack[0].position + 1, stop)))
    return found


def _partner(stack: list[_Open], family: str) -> int | None:
    """The index of the nearest open mark of ``family``; a single mark looks no further than the nearest double one."""
    for index in range(len(stack) - 1, -1, -1):
        if stack[index].family == family:
            return index
        if family == "single" and stack[index].family in ("double", "angle"):
            return None
    return None


def _curly_comes(text: str, family: str, start: int, end: int) -> bool:
    """Whether the curly closing mark of ``family`` follows before a new curly opening one."""
    closing = text.find(_CURLY_CLOSE[family], start, end)
    if family == "single":
        while closing >= 0 and text[closing - 1].isalnum() and text[closing + 1 : closing + 2].isalnum():
            closing = text.find("’", closing + 1, end)
    opening = text.find("“" if family == "double" else "‘", start, end)
    return closing >= 0 and (opening < 0 or closing < opening)
