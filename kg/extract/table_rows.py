"""Figures in tables: a row "label | value" is read without a parse (K9 of the pattern catalogue)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.dating import UNDATED, dated
from kg.extract.figure_dates import date_of_list
from kg.extract.movement import Words
from kg.extract.nouns import unit_name
from kg.model import Block, Indicator, Quantity, Span, TimeValue

_TRENDS = (
    ("increase", re.compile(r"\b(?:tendencia )?al alza\b", re.I)),
    ("decrease", re.compile(r"\b(?:tendencia )?a la baja\b", re.I)),
)


#: A label is no longer than this, and its figure stands this soon behind it (in characters).
_LABEL: Final = 90
#: What ends so is what a figure is compared with: "un 34 % más que en 2024".
_COMPARED: Final = re.compile(r"\b(?:que|frente a\w*|respecto (?:de|a)\w*)(?: \w+){0,3} $", re.I)
_AT_ONCE: Final = 12


def from_row(a: Analysis, block: Block, words: Words) -> Iterator[Indicator]:
    """A row "label | value": the value side gives number and movement, the label what is measured, when and where."""
    if block.header is None or block.header == block.index or len(block.cells) < 2:
        return
    yield from _labelled(a, block, block.cells[0], Span(block.cells[1].start, block.cells[-1].end), words)


def from_item(a: Analysis, block: Block, words: Words) -> tuple[Indicator, ...]:
    """A list item "label: figure"; nothing for other items."""
    colon = a.text.find(": ", block.start, block.end)
    if block.kind != "item" or not 0 < colon - block.start <= _LABEL:
        return ()
    value = Span(colon + 2, block.end)
    figures = [q for q in a.quantities_in(value) if q.value is not None]
    if not figures or figures[0].span.start - value.start > _AT_ONCE or a.quantities_in(Span(block.start, colon)):
        return ()
    return tuple(_labelled(a, block, Span(block.start, colon), value, words))


def _labelled(a: Analysis, block: Block, label: Span, value: Span, words: Words) -> Iterator[Indicator]:
    """The figures of a value, measured by its label."""
    text = a.text
    dates = [
        d
        for d in a.dates
        if block.start <= d.span.start < block.end and d.kind == "date" and not _COMPARED.search(text, block.start, d.span.start)
    ]
    measure = _label_words(a, label, dates)
    claimant = _table_source(a, block)
    when = dated(a, dates[0], "past") if dates else UNDATED
    if when is UNDATED and block.kind == "item":
        when = date_of_list(a, block)
    quantities = a.quantities_in(value)
    trend = next((c for c, pattern in _TRENDS if pattern.search(text[value.start : value.end])), None)
    if not quantities and not trend:
        return
    row = Span(block.start, block.end)
    country, place_name = _row_place(a, label)
    base = Indicator(
        id="i",
        label=measure,
        evidence=(passage(a, row),),
        measure=measure,
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
        claimant=claimant,
        place=country,
        place_name=place_name,
        rule="indicator-row",
    )
    for number, q in enumerate(quantities):
        after = text[q.span.end : value.end].strip(" |")
        movement = _row_change(text[value.start : q.span.start], after, text[label.start : label.end], words, q)
        unit = q.unit or _row_unit(text[label.start : label.end])
        own = passage(a, row if number == 0 else Span(quantities[number - 1].span.end, value.end))
        extra = re.match(r"(?:menos|más)\s+((?:[\w áéíóúñ]|(?<=[A-Z])\.)+)", after) if number == 0 else None
        yield replace(
            base,
            label=f"{measure}: {text[q.span.start : q.span.end]}",
            evidence=(own,),
            measure=f"{extra.group(1).strip()} ({measure})" if extra and q.unit == "percent" else measure,
            value=abs(q.value) if q.value is not None else None,
            unit=unit,
            comparator=q.comparator,
            change=movement,
            triggers=(text[q.span.start : q.span.end],),
        )
    if not quantities and trend:
        yield replace(
            base,
            unit=_row_unit(text[label.start : label.end]),
            change=trend,
            rule="indicator-row-trend",
            triggers=(text[value.start : value.end].strip(" |"),),
        )


def _label_words(a: Analysis, label: Span, dates: list[TimeValue]) -> str:
    text = list(a.text[label.start : label.end])
    for d in dates:
        for i in range(max(d.span.start, label.start), min(d.span.end, label.end)):
            text[i - label.start] = "\0"
    words = re.sub(r"\s*(?:,|\b(?:en|desde|de|a|durante))?\s*\0+", "", "".join(text)).strip(" ,|")
    words = words[:1].lower() + words[1:] if words[1:2].islower() else words
    return re.sub(r"^(?:reducción|aumento|caída|subida|alza) (?:de la |del |de los |de las |de )", "", words)


def _row_change(before: str, after: str, label: str, words: Words, q: Quantity) -> str:
    if q.value is not None and q.value < 0:
        return "decrease"
    follow = re.match(r"(\w+)", after)
    if follow and follow.group(1) in words.less:
        return "decrease"
    if (follow and follow.group(1) in words.more) or (q.unit == "times" and re.match(r"(?:superior|mayor|más|que)", after)):
        return "increase"
    for part in (before, label if q.unit == "percent" else ""):
        for word in re.findall(r"\w+", part.lower()):
            if word in words.decrease:
                return "decrease"
            if word in words.increase:
                return "increase"
    return "level"


def _row_unit(label: str) -> str | None:
    first = re.match(r"\s*(\w+)", label)
    if first is None:
        return None
    word = first.group(1).lower()
    if word in ("muertos", "muertes", "fallecidos", "víctimas"):
        return "deaths"
    return unit_name(word) if word.endswith("s") else None


def _row_place(a: Analysis, label: Span) -> tuple[str | None, str | None]:
    match = re.search(r"\ben ((?:[A-ZÁÉÍÓÚÑ][\w.]+ ?)+)", a.text[label.start : label.end])
    if match is None:
        return None, None
    hit = a.gazetteer.at(a.text, label.start + match.start(1), tuple(c.lower() for c in a.document.article.countries))
    if hit is not None and a.gazetteer.actors[hit[1][0].actor].kind == "Country" and hit[1][0].kind in ("label", "hidden"):
        country = hit[1][0].actor
        return (country, None) if country in a.resolution.actors else (None, match.group(1).strip())
    return None, match.group(1).strip()


def _table_source(a: Analysis, block: Block) -> tuple[str, ...]:
    """Whose figures a table holds: "Fuente: X" below it, else the first person or body the paragraph above is about."""
    blocks = a.document.article.blocks
    after = block.index + 1
    while after < len(blocks) and blocks[after].kind == "row":
        after += 1
    if after < len(blocks) and a.text[blocks[after].start : blocks[after].start + 7].lower().startswith("fuente"):
        found = _actors_of_block(a, blocks[after].index)
        if found:
            return found[:1]
    before = block.lead_in if block.lead_in is not None else block.index
    while before > 0 and blocks[before].kind == "row":
        before -= 1
    found = _actors_of_block(a, before)
    people = [x for x in found if a.resolution.actors[x].kind in ("Person", "PublicBody", "CivilOrganization")]
    return tuple((people or list(found))[:1])


def _actors_of_block(a: Analysis, index: int) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
        if a.document.sentences[m.sentence].block == index:
            for x in ids:
                out[x] = None
    return tuple(out)
