"""Time expressions: the days they denote from a publication day, the tense of the verb, what is no date, anaphora, speed."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from kg.extract.dates import find_dates, resolve_tense
from kg.model import TimeValue

HERE = Path(__file__).parent


def _rows() -> list[dict[str, str]]:
    lines = (HERE / "cases" / "dates_es.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines[1:]))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _written(text: str, value: TimeValue) -> str:
    kind = "" if value.kind == "date" else f" {value.kind}"
    return f"{text[value.span.start : value.span.end]}={value.begin or ''}/{value.end or ''}{kind}"


def _first_body(name: str) -> str:
    return (HERE / "gold" / f"{name}.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["text"])
def test_dates_of_a_text(row: dict[str, str]) -> None:
    anchor = _day(row["anchor"])
    tense = {"past": "past", "future": "future", "": None}[row["tense"]]
    values = [resolve_tense(value, tense, anchor) for value in find_dates(row["text"], anchor)]  # type: ignore[arg-type]
    assert [_written(row["text"], value) for value in values] == (row["dates"].split(" || ") if row["dates"] else [])


def test_offsets_are_those_of_the_whole_text_and_anaphora_look_back() -> None:
    text = "Suspendidas desde octubre.\nEl día 9 de ese mes zarpó."
    (value,) = find_dates(text, dt.date(2026, 2, 12), start=27)
    assert text[value.span.start : value.span.end] == "El día 9 de ese mes"
    assert value.begin == value.end == dt.date(2025, 10, 9)


def test_a_stretch_is_read_alone() -> None:
    text = "El lunes habló y el martes calló."
    (value,) = find_dates(text, dt.date(2025, 9, 24), 0, 15)
    assert value.begin == dt.date(2025, 9, 22)


@pytest.mark.parametrize(
    ("text", "tense", "day"),
    [
        ("el martes", "past", "2026-02-10"),
        ("el martes", "future", "2026-02-17"),
        ("el jueves", "past", "2026-02-12"),
        ("este lunes", "future", "2026-02-16"),
        ("este viernes", "past", "2026-02-06"),
        ("este viernes", None, "2026-02-13"),
        ("el próximo martes", "past", "2026-02-17"),
        ("el martes pasado", "future", "2026-02-10"),
        ("el 9 de octubre", "past", "2025-10-09"),
        ("el 9 de octubre", "future", "2026-10-09"),
        ("el 9 de octubre", None, "2025-10-09"),
        ("el 20 de febrero", "past", "2026-02-20"),
        ("el día 20", "past", "2026-01-20"),
        ("el día 20", "future", "2026-02-20"),
        ("el 9 de octubre de 2025", "future", "2025-10-09"),
    ],
)
def test_the_tense_places_a_day(text: str, tense: str | None, day: str) -> None:
    anchor = dt.date(2026, 2, 12)  # a Thursday
    (value,) = find_dates(f"Ocurre {text}.", anchor)
    assert resolve_tense(value, tense, anchor).begin == dt.date.fromisoformat(day)  # type: ignore[arg-type]


def test_an_open_end_stays_open_when_the_tense_moves_it() -> None:
    anchor = dt.date(2026, 2, 12)
    (value,) = find_dates("Suspendidas desde octubre.", anchor)
    moved = resolve_tense(value, "future", anchor)
    assert (moved.begin, moved.end) == (dt.date(2026, 10, 1), None)


def test_the_end_of_february_follows_the_year() -> None:
    anchor = dt.date(2024, 1, 20)
    (value,) = find_dates("Ocurre a finales de febrero.", anchor)
    assert value.end == dt.date(2024, 2, 29)
    assert resolve_tense(value, "past", anchor).end == dt.date(2023, 2, 28)


def test_seasons_need_a_hemisphere() -> None:
    anchor = dt.date(2026, 4, 24)
    (north,) = find_dates("En el verano de 2025 cayó.", anchor, hemisphere="north")
    (south,) = find_dates("En el verano de 2025 cayó.", anchor, hemisphere="south")
    (unknown,) = find_dates("El verano pasado cayó.", anchor)
    assert (north.begin, north.end) == (dt.date(2025, 6, 1), dt.date(2025, 8, 31))
    assert (south.begin, south.end) == (dt.date(2024, 12, 1), dt.date(2025, 2, 28))
    assert (unknown.begin, unknown.end) == (None, None)


def test_the_other_side_of_a_comparison_is_marked() -> None:
    anchor = dt.date(2026, 2, 12)
    text = "Llegaron en 2025 un 62 % menos que el año anterior, frente a 2023, y más que en el mismo período de 2024."
    rules = [value.rule for value in find_dates(text, anchor)]
    assert rules == ["year", "compared:anaphor", "compared:year", "compared:year"]


def test_precision_and_inference_are_told() -> None:
    anchor = dt.date(2026, 1, 16)
    values = find_dates("En 2025, el 3 de enero, a finales de mayo de 2024, en el siglo XIX.", anchor)
    assert [(value.granularity, value.inferred) for value in values] == [
        ("year", False),
        ("day", True),
        ("week", False),
        ("century", False),
    ]
