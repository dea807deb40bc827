"""Turns: what is said in a dialogue or an interview, where no quotation marks stand.

Three ways of printing: a dash before each turn, with asides between dashes ("—No hay plazos —dice el ministro—. Todavía."); labels for
question and answer ("P.", "**Respuesta.**"); and questions as headings, with the answers as plain paragraphs below them, which only counts
where the answers speak in the first person, because explainers are printed alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.model import Block, Document, Quote, Span

DASHES: Final = "—–"
_OPENING: Final = "“\"«‹‘'”»"
_DASH: Final = re.compile(r"[—–]\s?(?=[¿¡\w«“\"])")
_LABEL: Final = re.compile(
    r"(?P<bold>\*\*|__)?(?P<who>Pregunta|Respuesta|PREGUNTA|RESPUESTA|P|R)(?:(?(bold)[.:]?|[.:])\s?[-–—]*\s?(?(bold)(?:\*\*|__)[.:]?|))"
    r"\s?[-–—]?\s*(?=[¿¡A-ZÁÉÍÓÚÑ«“\"0-9])"
)
_ASIDE: Final = re.compile(r"\s[—–](?=\w)")
_ASIDE_END: Final = re.compile(r"(?<=[\w»”\"…!?])[—–](?=[.,;:?!\s]|$)")
#: So many questions as headings make an interview, and this share of the answers must speak in the first person.
_QUESTIONS: Final = 2
_FIRST_PERSON: Final = 0.5


def is_turn(text: str, quote: Quote) -> bool:
    """Whether a stretch is a turn rather than a quotation between marks."""
    return quote.outer.end == quote.inner.end and text[quote.outer.start] not in _OPENING


def find_turns(document: Document) -> Mapping[int, tuple[Quote, ...]]:
    """The turns of the document's paragraphs by block; a question that an interviewer asks has a block and no turn."""
    text, blocks = document.article.text, document.article.blocks
    asked_by_label = sum(bool(m and m["who"][0] == "P") for m in (_LABEL.match(text, b.start, b.end) for b in blocks))
    found: dict[int, tuple[Quote, ...]] = {}
    answering = False
    dashes = [_DASH.match(text, _before_dash(text, b), b.end) for b in blocks if b.kind == "item"]
    listed = not any(
        d and (text[: _line_end(text, d)].rstrip().endswith("?") or _ASIDE.search(text, d.end(), _line_end(text, d)))
        for d in dashes
    )
    labelled = [b.index for b in blocks if _LABEL.match(text, b.start, b.end)]
    for block in blocks:
        if block.kind == "row":
            continue
        answering = answering and block.index < labelled[-1]  # behind the last answer the newspaper may go on
        label = _LABEL.match(text, block.start, block.end)
        if label is not None and (asked_by_label or label["who"][0] == "R"):
            answering = label["who"][0] == "R" and asked_by_label > 0
            if label["who"][0] == "R":
                found[block.index] = (Quote(Span(block.start, block.end), Span(label.end(), block.end)),)
            continue
        if block.kind == "item" and listed:
            continue  # "– La vicepresidenta: …": the dashes are those of a list
        dash = _DASH.match(text, _before_dash(text, block), block.end)
        if dash is not None:
            turns = tuple(_dashed(text, block, dash))
            if turns:
                found[block.index] = turns
        elif answering and block.kind == "paragraph":
            found[block.index] = (Quote(Span(block.start, block.end), Span(block.start, block.end)),)
        elif block.kind == "heading":
            answering = False
    return found or _under_questions(document)


def _before_dash(text: str, block: Block) -> int:
    """Where a block begins with its dash, which the reading of lists may have cut off."""
    start = block.start
    while start > 0 and text[start - 1] == " ":
        start -= 1
    return start - 1 if start > 0 and text[start - 1] in DASHES else block.start


def _line_end(text: str, dash: re.Match[str]) -> int:
    """The end of the line that a dash opens."""
    end = text.find("\n", dash.end())
    return len(text) if end < 0 else end


def _dashed(text: str, block: Block, dash: re.Match[str]) -> Iterator[Quote]:
    """The pieces of a turn behind a dash, without the asides; none for a mere question, which is an interviewer's."""
    start, outer = dash.end(), dash.start()
    if text[block.start : block.end].rstrip().endswith("?") and _ASIDE.search(text, start, block.end) is None:
        return
    while True:
        aside = _ASIDE.search(text, start, block.end)
        end = aside.start() if aside else block.end
        if re.search(r"\w", text[start:end]):
            yield Quote(Span(outer, end), Span(start, end))
        back = _ASIDE_END.search(text, aside.end(), block.end) if aside else None
        if back is None:
            return
        outer = back.start()
        start = back.end()
        while start < block.end and text[start] in " .,;:":
            start += 1


def _under_questions(document: Document) -> Mapping[int, tuple[Quote, ...]]:
    """The paragraphs under headings that ask, if they answer in the first person."""
    text, blocks = document.article.text, document.article.blocks
    first = {
        s.block for s in document.sentences if any("Person=1" in t.morph and t.pos in ("VERB", "AUX", "PRON") for t in s.tokens)
    }
    answers: list[Block] = []
    questions, asked = 0, False
    for block in blocks:
        if block.kind == "heading":
            asked = text[block.start : block.end].rstrip(" *_").endswith("?")
            questions += asked
        elif asked and block.kind == "paragraph":
            answers.append(block)
    spoken = sum(b.index in first for b in answers)
    if questions < _QUESTIONS or spoken < _FIRST_PERSON * len(answers):
        return {}
    return {b.index: (Quote(Span(b.start, b.end), Span(b.start, b.end)),) for b in answers}
