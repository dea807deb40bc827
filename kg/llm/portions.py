"""A long article in portions that are asked for one after the other: whole blocks, no longer than asked, cut where a sentence ends.

A heading goes with what follows it, a list item or row with the words that introduce it as long as there is room.
"""

from __future__ import annotations

from kg.model import Document, Span


def portions(document: Document, limit: int) -> tuple[Span, ...]:
    """The portions of an article in order; together they hold all of its blocks. ``limit`` is in characters."""
    found: list[Span] = []
    for piece, sticky in _pieces(document, limit):
        if found and (piece.end - found[-1].start <= limit):
            found[-1] = Span(found[-1].start, piece.end)
        elif found and sticky and found[-1].end - sticky < limit and sticky > found[-1].start and piece.end - sticky <= limit:
            found[-1] = Span(found[-1].start, _end_before(document, sticky))  # the heading moves on with its paragraph
            found.append(Span(sticky, piece.end))
        else:
            found.append(piece)
    return tuple(found)


def halves(document: Document, portion: Span) -> tuple[Span, Span] | None:
    """A portion in two, cut between blocks or else between sentences, as near to its middle as can be; ``None`` for one sentence."""
    middle = (portion.start + portion.end) // 2
    edges = [(b.start, b.end) for b in document.article.blocks if b.start >= portion.start and b.end <= portion.end]
    if len(edges) < 2:
        edges = [(s.start, s.end) for s in document.sentences if s.start >= portion.start and s.end <= portion.end]
    if len(edges) < 2:
        return None
    cut = min(range(1, len(edges)), key=lambda k: (abs(edges[k][0] - middle), k))
    return Span(portion.start, edges[cut - 1][1]), Span(edges[cut][0], portion.end)


def _pieces(document: Document, limit: int) -> list[tuple[Span, int]]:
    """Blocks, long ones by sentences; with each the start of the heading right before it, or 0."""
    out: list[tuple[Span, int]] = []
    heading = 0
    for block in document.article.blocks:
        if block.end - block.start <= limit:
            out.append((Span(block.start, block.end), heading))
        else:
            out += [(Span(s.start, s.end), 0) for s in document.sentences if s.block == block.index]
        heading = block.start if block.kind == "heading" else 0
    return out


def _end_before(document: Document, start: int) -> int:
    return max(b.end for b in document.article.blocks if b.end <= start)
