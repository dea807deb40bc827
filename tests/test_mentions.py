"""Where the text names somebody: sentences whose mentions stand in brackets with their kind, ``[person:Julio Arancibia]``.

The cases stand in ``cases/mentions_es.csv``. A sentence has exactly the mentions that its brackets say; the article before a name is in
brackets only where it belongs to the mention.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.blocks import blocks
from kg.extract.gazetteer import gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Mention, find_mentions
from kg.language import parse
from kg.model import Article

CASES = Path(__file__).parent / "cases" / "mentions_es.csv"
_BRACKETS = re.compile(r"\[(\w+):([^]]+)\]")


@dataclass(frozen=True)
class Case:
    id: str
    countries: tuple[str, ...]
    text: str
    marked: tuple[tuple[str, str], ...]  # kind and words


def _case(line: dict[str, str]) -> Case:
    marked = tuple((m[1], m[2]) for m in _BRACKETS.finditer(line["text"]))
    return Case(line["id"], tuple(line["countries"].split(";")), _BRACKETS.sub(r"\2", line["text"]), marked)


@functools.cache
def cases() -> tuple[Case, ...]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return tuple(_case(line) for line in csv.DictReader(lines))


@functools.cache
def found() -> dict[str, tuple[Mention, ...]]:
    """The mentions of every sentence, all parsed at once."""
    articles = [
        Article(id=case.id, text=case.text, date=dt.date(2026, 3, 10), countries=case.countries, blocks=blocks(case.text))
        for case in cases()
    ]
    gaz, lex = gazetteer(), lexicon("es")
    return {document.article.id: find_mentions(document, gaz, lex) for document in parse(articles)}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_sentence_has_the_mentions_in_brackets(case: Case) -> None:
    assert tuple((m.kind, case.text[m.span.start : m.span.end]) for m in found()[case.id]) == case.marked


def test_mentions_stand_in_order_and_do_not_overlap() -> None:
    for mentions in found().values():
        for before, after in itertools.pairwise(mentions):
            assert (before.sentence, before.last) <= (after.sentence, after.first)
            assert before.span.end <= after.span.start


def test_the_name_is_what_the_words_are_without_office_and_acronym() -> None:
    assert [m.name for m in found()["office-and-name"]] == ["Julio Arancibia"]
    assert [m.title for m in found()["office-and-name"]] == ["ministro chileno de Obras Públicas"]
    body = found()["body-and-acronym"][0]
    assert (body.name, body.title) == ("Instituto Nacional de Migración", "INM")


@pytest.mark.parametrize("publisher", ["Agencia Meridia", None])
def test_an_agency_is_no_part_of_the_name_behind_its_own(publisher: str | None) -> None:
    text = "«No hay acuerdo», contó a Meridia Edson Vela, presidente de los armadores."
    article = Article(id="casa", text=text, publisher=publisher, countries=("pe", "co"), blocks=blocks(text))
    document = next(iter(parse([article])))
    people = [m.name for m in find_mentions(document, gazetteer(), lexicon("es")) if m.kind == "person"]
    assert ("Edson Vela" in people) == (publisher is not None)
