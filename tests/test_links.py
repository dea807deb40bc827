"""Facts that answer each other: counter-offers with what they stand against, claims of one matter in other words."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.article import article_from_text
from kg.build import extract
from kg.model import Extraction, Position, Proposal


def read(text: str) -> Extraction:
    article = article_from_text(f"---\ndate: 2026-03-10\ncountries: [CL, PE]\n---\n{text}\n", id="nota")
    assert article.date == dt.date(2026, 3, 10)
    return extract(article)


def proposals(found: Extraction) -> list[Proposal]:
    return [fact for fact in found.facts if isinstance(fact, Proposal)]


@pytest.mark.parametrize(
    "answer",
    [
        "Perú propuso en su lugar un registro común de barcos.",
        "Lima presentó una contraoferta: ofreció un registro común de barcos.",
        "## La alternativa peruana\n\nPerú ofrece un registro común de barcos.",
    ],
)
def test_a_counter_offer_stands_against_what_the_other_side_asked(answer: str) -> None:
    first, *rest = proposals(read(f"Chile pidió a Perú el cierre de la caleta de Vila Vila.\n\n{answer}"))
    assert "cierre" in first.label
    assert first.alternative_to is None
    assert first.id in {p.alternative_to for p in rest}


@pytest.mark.parametrize(
    "text",
    [
        # nobody calls it an alternative
        "Chile pidió a Perú el cierre de la caleta de Vila Vila. Perú propuso un registro común de barcos.",
        # the same side
        "Chile pidió a Perú el cierre de la caleta de Vila Vila. Santiago propuso en su lugar un registro común de barcos.",
        # somebody else was asked
        "Chile pidió a Bolivia el cierre de la caleta. Perú propuso en su lugar un registro común de barcos.",
    ],
)
def test_two_proposals_are_no_alternatives_by_themselves(text: str) -> None:
    found = proposals(read(text))
    assert len(found) == 2
    assert {p.alternative_to for p in found} == {None}


def matters(found: Extraction) -> dict[tuple[str, str], str | None]:
    return {(f.holder, f.stance): f.matter for f in found.facts if isinstance(f, Position) and f.stance in ("affirms", "denies")}


def test_who_denies_a_cause_and_who_confirms_it_speak_of_one_matter() -> None:
    found = matters(
        read(
            "El canciller chileno, Pablo Rivas, negó que el aplazamiento estuviera relacionado con el naufragio. El senador peruano "
            "Luis Quispe confirmó que el retraso se debía al naufragio."
        )
    )
    assert len(found) == 2
    assert len(set(found.values())) == 1


def test_claims_of_different_happenings_stay_apart() -> None:
    found = matters(
        read(
            "El canciller chileno, Pablo Rivas, negó que el aplazamiento estuviera relacionado con el naufragio. El senador peruano "
            "Luis Quispe confirmó que la captura se debía al naufragio."
        )
    )
    assert len(found) == 2
    assert len(set(found.values())) == 2
