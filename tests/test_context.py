"""What surrounds a frame: whether it happened, when, and whose words its evidence is."""

from __future__ import annotations

import csv
import datetime as dt
import functools

import pytest

from conftest import CASES
from kg.article import article_from_text
from kg.extract.analysis import Analysis, analyse
from kg.extract.context import compared, factuality, passage
from kg.extract.dating import UNDATED, date_of
from kg.extract.frames import Frame, find_frames
from kg.language import parse
from kg.model import Span

MONDAY = dt.date(2026, 3, 16)


@functools.lru_cache(maxsize=8)
def read(text: str) -> tuple[Analysis, tuple[Frame, ...]]:
    article = article_from_text(f"---\ndate: {MONDAY}\n---\n{text}", id="text")
    a = analyse(next(iter(parse([article]))))
    return a, find_frames(a)


def frame(text: str, concept: str) -> tuple[Analysis, Frame]:
    a, frames = read(text)
    return a, next(f for f in frames if f.concept == concept)


def rows() -> list[object]:
    lines = [x for x in (CASES / "factuality_es.csv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    return [
        pytest.param(
            row["text"],
            row["concept"],
            row["factuality"],
            marks=[pytest.mark.xfail(reason=row["known"], strict=True)] if row["known"] else [],
        )
        for row in csv.DictReader(lines)
    ]


@pytest.mark.parametrize(("text", "concept", "expected"), rows())
def test_whether_it_happened(text: str, concept: str, expected: str) -> None:
    a, f = frame(text, concept)
    assert factuality(a, f) == expected


@pytest.mark.parametrize(
    ("text", "concept", "begin", "end", "words"),
    [
        ("Perú cerró la frontera el 3 de marzo de 2026.", "closure", "2026-03-03", "2026-03-03", "el 3 de marzo de 2026"),
        ("El 3 de enero, Perú cerró la frontera.", "closure", "2026-01-03", "2026-01-03", "El 3 de enero"),
        ("Perú cerró la frontera el 3 de diciembre.", "closure", "2025-12-03", "2025-12-03", "el 3 de diciembre"),
        ("Perú cerrará la frontera el 3 de enero.", "closure", "2027-01-03", "2027-01-03", "el 3 de enero"),
        ("Perú cerró la frontera en 2024.", "closure", "2024-01-01", "2024-12-31", "en 2024"),
        ("La frontera, cerrada por Perú en 2018, abrió ayer.", "closure", "2018-01-01", "2018-12-31", "en 2018"),
        ("Perú cerró ayer la frontera.", "closure", "2026-03-15", "2026-03-15", "ayer"),
        ("Chile dijo ayer que Perú cerró la frontera el 3 de marzo.", "saying", "2026-03-15", "2026-03-15", "ayer"),
        ("Chile dijo ayer que Perú cerró la frontera el 3 de marzo.", "closure", "2026-03-03", "2026-03-03", "el 3 de marzo"),
        ("La reunión prevista para el 5 de abril preocupa a Chile.", "meeting", "2026-04-05", "2026-04-05", "para el 5 de abril"),
    ],
)
def test_the_day_is_the_clauses_own(text: str, concept: str, begin: str, end: str, words: str) -> None:
    a, f = frame(text, concept)
    when = date_of(a, f, factuality(a, f))
    assert (str(when.begin), str(when.end), when.text) == (begin, end, words)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Perú cerró la frontera.", "closure"),
        ("Perú cerró la frontera que Chile abrió en 2019.", "closure"),
    ],
)
def test_no_day_is_taken_from_another_clause(text: str, concept: str) -> None:
    a, f = frame(text, concept)
    assert date_of(a, f, "actual") == UNDATED


def test_what_only_measures_something_else_is_told_as_compared() -> None:
    a, f = frame("El plan va más allá de lo que México aceptó.", "acceptance")
    assert compared(a.trees[f.sentence], f.trigger)
    a, f = frame("México aceptó el plan.", "acceptance")
    assert not compared(a.trees[f.sentence], f.trigger)


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        (", Perú cerró la frontera,", "Perú cerró la frontera"),
        ("— Perú cerró la frontera.", "Perú cerró la frontera"),
        ("Llegó a EE.UU.", "Llegó a EE.UU."),
    ],
)
def test_evidence_is_cut_at_loose_marks(words: str, quote: str) -> None:
    a, _ = read(f"Ayer{words}" if words.startswith(",") else words)
    start = a.text.index(words)
    found = passage(a, Span(start, start + len(words)))
    assert found.quote == quote == a.text[found.start : found.end]
    assert found.attributed_to == ()
