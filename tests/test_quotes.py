"""Quotation marks: pairs, nesting, apostrophes, paragraphs, marks without a partner."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.extract.quotes import find_quotes

HERE = Path(__file__).parent


def _cases() -> list[tuple[str, list[str]]]:
    lines = (HERE / "cases" / "quotes_es.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line.replace("\\n", "\n") for line in lines[1:])
    next(rows)
    return [(text, quotes.split(" || ") if quotes else []) for text, quotes in rows]


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_quotes_of_a_text(text: str, expected: list[str]) -> None:
    found = [f"{quote.depth}:{text[quote.inner.start : quote.inner.end]}" for quote in find_quotes(text)]
    assert found == expected


def test_offsets_are_those_of_the_whole_text_and_the_stretch_bounds_the_search() -> None:
    text = "“Uno”, dijo. “Dos”, añadió. “Tres”, cerró."
    (quote,) = find_quotes(text, 12, 27)
    assert (quote.outer, quote.inner) == ((13, 18), (14, 17))
    assert text[quote.outer.start : quote.outer.end] == "“Dos”"


def test_the_first_article_has_sixteen_outer_quotes_and_a_nested_one() -> None:
    body = (HERE / "gold" / "2026-01-16-mexico-eeuu-tropas.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    quotes = find_quotes(body)
    assert sum(quote.depth == 0 for quote in quotes) == 16
    assert [body[q.inner.start : q.inner.end] for q in quotes if q.depth] == [
        "eso no, eso no está sobre la mesa, pero seguimos colaborando en el marco de nuestra soberanía"
    ]


def test_no_text_at_all() -> None:
    assert find_quotes("") == ()
    assert find_quotes("«") == ()
