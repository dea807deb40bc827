"""Frames: who does what to whom, in the constructions of Spanish, one sentence a row in ``cases/frames_es.csv``."""

from __future__ import annotations

import csv
import functools

import pytest

from conftest import CASES
from kg.article import article_from_text
from kg.extract.analysis import Analysis, analyse
from kg.extract.frames import Frame, find_frames
from kg.language import parse

COLUMNS = ("text", "concept", "trigger", "agent", "patient", "theme", "content", "negated", "tense", "known")


def rows() -> list[dict[str, str]]:
    lines = [line for line in (CASES / "frames_es.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@functools.lru_cache(maxsize=4)
def read(text: str) -> tuple[Analysis, tuple[Frame, ...]]:
    """The analysis and the frames of a text; " || " parts its paragraphs."""
    a = analyse(next(iter(parse([article_from_text(text.replace(" || ", "\n\n"), id="text")]))))
    return a, find_frames(a)


def told(a: Analysis, f: Frame) -> dict[str, str]:
    """A frame in the words of the table's columns."""
    tokens = a.trees[f.sentence].tokens

    def actors(ids: tuple[str, ...]) -> str:
        return "+".join(a.resolution.actors[i].label for i in ids) or "-"

    def word(i: int | None) -> str:
        return "-" if i is None else tokens[i].text

    return {
        "trigger": word(f.trigger),
        "agent": actors(f.agent),
        "patient": actors(f.patient),
        "theme": word(f.theme),
        "content": word(f.content),
        "negated": "yes" if f.negated else "no",
        "tense": f.tense,
    }


def fits(expected: dict[str, str], found: dict[str, str]) -> bool:
    return all(not expected[key] or value in expected[key].split("|") for key, value in found.items())


def marked() -> list[object]:
    """The rows as parameters; those with a known weakness must fail until it is mended."""
    return [
        pytest.param(
            row,
            marks=[pytest.mark.xfail(reason=row["known"], strict=True)] if row["known"] else [],
            id=f"{row['concept']}: {row['text'][:50]}",
        )
        for row in rows()
    ]


def test_the_table_has_its_columns_and_enough_rows() -> None:
    assert len(rows()) >= 60
    assert all(tuple(row) == COLUMNS for row in rows())
    assert sum(bool(row["known"]) for row in rows()) <= len(rows()) // 10


@pytest.mark.parametrize("row", marked())
def test_a_construction_gives_its_roles(row: dict[str, str]) -> None:
    a, frames = read(row["text"])
    found = [told(a, f) for f in frames if f.concept == row["concept"]]
    assert any(fits(row, one) for one in found), found


@pytest.mark.parametrize("row", rows())
def test_evidence_holds_the_trigger_and_stays_in_the_sentence(row: dict[str, str]) -> None:
    a, frames = read(row["text"])
    for f in frames:
        assert 0 <= f.first <= f.trigger < f.end <= len(a.trees[f.sentence].tokens)


# ---------------------------------------------------------------------------------------------------------------- what frames leave out


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Chile se limitó a recordar el tratado.", "limit"),
        ("Chile se encuentra en una situación difícil.", "meeting"),
    ],
)
def test_another_verb_with_the_same_letters_is_silent(text: str, concept: str) -> None:
    assert concept not in {f.concept for f in read(text)[1]}


def test_frames_come_in_the_order_of_the_text() -> None:
    _, frames = read("Chile cerró la frontera. Bolivia exigió una disculpa y Perú ofreció mediar.")
    places = [(f.sentence, f.trigger) for f in frames]
    assert places == sorted(places)


def test_evidence_leaves_out_attribution_and_asides() -> None:
    a, frames = read("Según Bolivia, Chile cerró la frontera, donde esperaban cien camiones.")
    f = next(f for f in frames if f.concept == "closure")
    t = a.trees[f.sentence]
    assert " ".join(x.text for x in t.tokens[f.first : f.end]) == "Chile cerró la frontera"


def test_a_carried_over_subject_says_so() -> None:
    _, frames = read("Bolivia rechazó el plan. Exigió una disculpa.")
    first, second = (next(f for f in frames if f.concept == c) for c in ("refusal", "request"))
    assert not first.inferred
    assert second.inferred
