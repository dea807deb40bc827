"""The body of an article → its blocks: headings, paragraphs, list items, table rows.

News text as people paste it is not clean Markdown: a paragraph is one line, a heading a short bare line, a table may lack the row
of dashes, and text from an e-mail is wrapped. The order below is the order of the reading, and each step takes what the steps
before it left:

1. lines, without Markdown's marks for headings, quotes and bold lines (offsets always point into the untouched body);
2. tables, list items with their continuation lines, Markdown headings (``#`` or underlined);
3. wrapped lines joined to one paragraph, where the line breaks are those of a fixed width;
4. bare headings among what is left (:func:`_is_heading`);
5. lead-ins: what introduces a list, a table or, by a final colon, the paragraph after it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Block, BlockKind, Span

WRAP_WIDTH = 140  # a line longer than this was not broken by a program that wraps text
WRAP_SHARE = 0.2  # of the line breaks in wrapped text at least this many stand before a small letter, in mid-sentence
HEADING_LENGTH = 120
HEADING_WORDS = 20

_LINE = re.compile(r"[^\n]+")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_HASHES = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_BULLET = re.compile(r"[-*+•·▪◦‣][ \t]+(?=\S)|\(?(?:\d{1,2}|[a-z])[.)][ \t]+(?=\S)")
_DASH = re.compile(r"[–—][ \t]+(?=\S)")  # a list when several follow each other, else a turn in a dialogue
_RULE = re.compile(r"([-*_=])(?:[ \t]*\1){2,}")
_UNDERLINE = re.compile(r"=+|-{2,}")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.*\S)\1")
_IGNORED = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[[^\]]+\]:\s+\S+.*|<!--.*-->|(`{3}|~{3}).*|</?[a-z][^>]*>")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_FINAL = re.compile(r"[.!…;,]['\"”»’)\]]*$|[.!?…]['\"”»’)\]]+$")
_OPENING_QUOTE = "\"'“«‘„"
_CLOSING_QUOTE = re.compile(r"[\"”»]$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the body: ``start``/``end`` without its marks and surrounding white space, ``indent`` in columns."""

    start: int
    end: int
    text: str
    indent: int
    gap: bool  # an empty line, or the top, stands before it
    mark: BlockKind | None = None  # what its marks make it
    row: bool = False
    rule: bool = False
    dash: int = 0  # the length of a leading "— "
    bold: bool = False


@dataclass(slots=True)
class _Draft:
    kind: BlockKind
    start: int
    end: int
    indent: int = 0
    lines: int = 1
    bold: bool = False
    cells: tuple[Span, ...] = ()
    header: int | None = None


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in order. No two overlap, and everything but marks and white space lies in one of them."""
    drafts = list(_drafts(text))
    for draft, after in itertools.pairwise(drafts):
        alone = draft.kind == "paragraph" and draft.lines == 1 and after.kind != "row"
        if alone and (draft.bold or _is_heading(text[draft.start : draft.end])):
            draft.kind = "heading"
    return tuple(
        Block(i, draft.kind, draft.start, draft.end, _lead_in(text, drafts, i), draft.header, draft.cells)
        for i, draft in enumerate(drafts)
    )


def _is_heading(line: str) -> bool:
    """Is a line that stands by itself a heading? Short, begins like one, and has no final punctuation but a question mark.

    A line that ends with a colon introduces what follows and stays a paragraph; so does a bare quotation.
    """
    if len(line) > HEADING_LENGTH or len(line.split()) > HEADING_WORDS or line[0].islower() or line.endswith(":"):
        return False
    if line[0] in _OPENING_QUOTE and _CLOSING_QUOTE.search(line):
        return False
    if line.endswith("?"):
        return line.startswith("¿") or ": ¿" in line
    return not _FINAL.search(line)


def _lead_in(text: str, drafts: list[_Draft], i: int) -> int | None:
    """The block that introduces block ``i``: for an item the one above its list, or the item that it is nested in."""
    this = drafts[i]
    before = i - 1
    if this.kind == "row":
        while before >= 0 and drafts[before].kind == "row":
            before -= 1
    elif this.kind == "item":
        while before >= 0 and drafts[before].kind == "item" and drafts[before].indent >= this.indent:
            before -= 1
    elif before < 0 or not text[drafts[before].start : drafts[before].end].endswith(":"):
        return None
    if before < 0 or drafts[before].kind == "row" or (this.kind == "row" and drafts[before].kind == "item"):
        return None
    return before


def _drafts(text: str) -> Iterator[_Draft]:
    """Blocks without headings told from paragraphs; rows know their header by index."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    index = 0
    i = 0
    while i < len(lines):
        table = _table(lines, i)
        if table:
            for draft in _rows(lines[i:table], index):
                index += 1
                yield draft
            i = table
            continue
        block, i = _block(lines, i, width)
        if block:
            index += 1
            yield block


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold words, with what their Markdown marks say of them."""
    last = 0
    fenced = comment = False
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        gap = text.count("\n", last, match.start()) > 1 or last == 0
        if not stripped:
            continue
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        if stripped.startswith("<!--"):
            comment = True
        skip = fenced or comment or _IGNORED.fullmatch(stripped)
        if "-->" in stripped:
            comment = False
        if skip:
            continue
        last = match.end()
        start = match.start() + len(raw) - len(raw.lstrip())
        indent = len(raw[: start - match.start()].expandtabs(4))
        yield _line(start, stripped, indent, gap)


def _line(start: int, stripped: str, indent: int, gap: bool) -> _Line:
    """One line read: its marks are cut off its two ends, the offsets follow."""
    quoted = _QUOTED.match(stripped)
    if quoted and quoted.end() < len(stripped):
        start, stripped = start + quoted.end(), stripped[quoted.end() :]
    if _RULE.fullmatch(stripped) or _UNDERLINE.fullmatch(stripped):
        return _Line(start, start + len(stripped), stripped, indent, gap, rule=True)
    if stripped.startswith("|") or ("|" in stripped and _TABLE_RULE.fullmatch(stripped)):
        return _Line(start, start + len(stripped), stripped, indent, gap, row=True)
    mark: BlockKind | None = None
    bold = False
    hashes = _HASHES.fullmatch(stripped)
    bullet = _BULLET.match(stripped)
    if hashes and hashes.group(2):
        mark = "heading"
        start, stripped = start + hashes.start(2), hashes.group(2)
    elif bullet:
        mark = "item"
        start, stripped = start + bullet.end(), stripped[bullet.end() :]
    whole = _BOLD.fullmatch(stripped)
    if whole and whole.group(1) not in whole.group(2):
        bold = True
        start, stripped = start + whole.start(2), whole.group(2)
    dash = _DASH.match(stripped)
    return _Line(start, start + len(stripped), stripped, indent, gap, mark, dash=dash.end() if dash else 0, bold=bold)


def _block(lines: list[_Line], i: int, width: int) -> tuple[_Draft | None, int]:
    """The block that begins at line ``i`` and the index of the line after it."""
    line = lines[i]
    if line.rule:
        return None, i + 1
    if line.mark == "heading":
        return _Draft("heading", line.start, line.end), i + 1
    underlined = i + 1 < len(lines) and lines[i + 1].rule and not lines[i + 1].gap and _UNDERLINE.fullmatch(lines[i + 1].text)
    if underlined and not line.mark:
        return _Draft("heading", line.start, line.end), i + 2
    dashes = line.dash and any(0 <= k < len(lines) and lines[k].dash for k in (i - 1, i + 1))
    if line.mark == "item" or dashes:
        end = i + 1
        while end < len(lines) and _continues_item(line, lines[end - 1], lines[end]):
            end += 1
        return _Draft("item", line.start + (line.dash if dashes else 0), lines[end - 1].end, line.indent), end
    end = i + 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end], width):
        end += 1
    bold = line.bold and not line.text.endswith((":", "."))
    return _Draft("paragraph", line.start, lines[end - 1].end, lines=end - i, bold=bold), end


def _plain(line: _Line) -> bool:
    return not (line.mark or line.row or line.rule or line.dash or line.bold)


def _continues_item(first: _Line, before: _Line, line: _Line) -> bool:
    """Does ``line`` go on with the list item ``first``? It is indented under it, or goes on in mid-sentence, without a mark."""
    return _plain(line) and not line.gap and (line.indent > first.indent or _broken(before, line))


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text was wrapped, 0 where it was not: then lines break in mid-sentence again and again."""
    pairs = [(line, after) for line, after in itertools.pairwise(lines) if not after.gap and _plain(after)]
    width = max((len(line.text) for line in lines if _plain(line)), default=0)
    broken = sum(_broken(line, after) for line, after in pairs)
    return width if width <= WRAP_WIDTH and broken > WRAP_SHARE * len(pairs) else 0


def _goes_on(line: _Line, after: _Line, width: int) -> bool:
    """Is ``after`` the same paragraph as ``line``? It is where the sentence breaks, or where its first word had no room left."""
    full = width and len(line.text) + 1 + len(after.text.split(None, 1)[0]) > width
    return not after.gap and _plain(after) and bool(full or _broken(line, after))


def _broken(line: _Line, after: _Line) -> bool:
    """Does ``after`` go on in the middle of the sentence that ``line`` began?"""
    return after.text[0].islower() and not line.text.endswith((":", "?")) and not _FINAL.search(line.text)


def _table(lines: list[_Line], i: int) -> int:
    """The index after the table that begins at line ``i``; 0 where none does."""
    after = i + 1 < len(lines) and lines[i + 1]
    ruled = after and not after.gap and "|" in after.text and _TABLE_RULE.fullmatch(after.text)
    headed = ruled and "|" in lines[i].text
    if not lines[i].row and not headed:
        return 0
    end = i + 1
    while end < len(lines) and not lines[end].gap and (lines[end].row or (headed and "|" in lines[end].text)):
        end += 1
    return end


def _rows(lines: list[_Line], index: int) -> Iterator[_Draft]:
    """The rows of one table; the first one is the header of the others. A table of one row has none."""
    rows = [line for line in lines if not _TABLE_RULE.fullmatch(line.text)]
    for n, line in enumerate(rows):
        cells = tuple(_cells(line))
        yield _Draft("row", line.start, line.end, cells=cells, header=index if n else None)


def _cells(line: _Line) -> Iterator[Span]:
    """The cells between the bars, without surrounding white space; an empty one is an empty span, so that columns stay in step."""
    borders = [m.start() for m in _CELL_BORDER.finditer(line.text)]
    starts = [0, *(b + 1 for b in borders)]
    ends = [*borders, len(line.text)]
    pieces = list(zip(starts, ends, strict=True))
    if borders and borders[0] == 0:
        pieces = pieces[1:]
    if borders and borders[-1] == len(line.text) - 1 and len(pieces) > 1:
        pieces = pieces[:-1]
    for start, end in pieces:
        cell = line.text[start:end]
        begin = start + len(cell) - len(cell.lstrip()) if cell.strip() else start
        yield Span(line.start + begin, line.start + begin + len(cell.strip()))
