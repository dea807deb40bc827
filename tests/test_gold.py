"""Annotations as extractions: first answers, places, matters, quotes in the text; and what is wrong with a broken file."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.article import read_article
from kg.errors import InputError
from kg.gold import load_gold
from kg.model import Article, Event, Extraction, Indicator, Position, Proposal, Statement

GOLD = Path(__file__).parent / "gold"

ARTICLE = Article(id="nota", text="Lisboa pidió agua. Madrid lo niega: “Es falso”. Lisboa pidió agua.")
ACTORS: list[dict[str, Any]] = [
    {"id": "gobierno-pt", "name": "Lisboa", "aliases": ["Gobierno de Portugal"], "type": "Government", "country": "PT"},
    {"id": "portugal", "name": "Portugal", "aliases": [], "type": "Country", "country": "PT"},
    {"id": "madrid", "name": "Madrid", "aliases": [], "type": "Government", "country": "ES", "memberOf": None},
    {"id": "fuentes", "name": "dos fuentes", "aliases": [], "type": "Group", "country": None, "memberOf": "madrid"},
]
REQUEST = {
    "id": "p1",
    "label": "agua",
    "proposer": ["gobierno-pt|portugal"],
    "addressee": [],
    "status": "proposed",
    "evidence": ["pidió agua"],
}


def load(tmp_path: Path, **lists: Any) -> Extraction:
    path = tmp_path / "nota.gold.json"
    path.write_text(json.dumps({"actors": ACTORS, **lists}), encoding="utf-8")
    return load_gold(ARTICLE, path)


def test_the_annotation_of_an_article_becomes_an_extraction() -> None:
    found = load_gold(read_article(GOLD / "espana-marruecos-pesca.md"), GOLD / "espana-marruecos-pesca.gold.json")
    facts = {fact.id: fact for fact in found.facts}
    meeting, quote, figure, stance, ask = (facts[name] for name in ("e1", "q1", "i1", "s1", "p1"))
    assert isinstance(meeting, Event)
    assert (meeting.agent, meeting.place_name, meeting.start_date) == (("es", "ma"), "Rabat", dt.date(2026, 2, 12))
    assert isinstance(quote, Statement)
    assert isinstance(figure, Indicator)
    assert isinstance(ask, Proposal)
    assert (ask.proposer, ask.addressee, ask.status) == (("ma",), ("es",), "pending")
    assert isinstance(stance, Position)
    assert (stance.holder, stance.stance, stance.target) == ("es", "supports", "p1")
    actors = {actor.id: actor for actor in found.actors}
    assert actors["es"].iso == "ES"
    assert actors["es-government"].country == "es"
    assert actors["alvaro-montenegro"].member_of == "es-government"
    assert "espana-marruecos-pesca-los-armadores" in actors


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.gold.json")), ids=lambda path: path.name.removesuffix(".gold.json"))
def test_every_annotation_of_the_project_can_be_loaded(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    found = load_gold(read_article(path.with_name(path.name.removesuffix(".gold.json") + ".md")), path)
    assert sorted(fact.id for fact in found.facts) == sorted(
        row["id"] for kind, rows in gold.items() if kind != "actors" for row in rows
    )
    assert len(found.actors) == len(gold["actors"])


def test_the_first_of_several_answers_is_taken(tmp_path: Path) -> None:
    (fact,) = load(tmp_path, proposals=[REQUEST]).facts
    assert isinstance(fact, Proposal)
    assert fact.proposer == ("pt-government",)


def test_a_quote_is_found_wherever_it_stands(tmp_path: Path) -> None:
    (fact,) = load(tmp_path, proposals=[REQUEST]).facts
    assert [(p.start, p.end) for p in fact.evidence] == [(7, 17), (55, 65)]


def test_a_matter_is_a_target_without_a_node(tmp_path: Path) -> None:
    row = {"id": "s1", "holder": ["madrid"], "target": ["text:el pacto"], "stance": "denies", "evidence": ["Madrid lo niega"]}
    (fact,) = load(tmp_path, positions=[row]).facts
    assert isinstance(fact, Position)
    assert (fact.target, fact.target_actor, fact.matter) == (None, None, "el pacto")


def test_an_actor_can_be_a_target(tmp_path: Path) -> None:
    row = {"id": "s1", "holder": ["madrid"], "target": ["portugal"], "stance": "opposes", "evidence": ["Madrid lo niega"]}
    (fact,) = load(tmp_path, positions=[row]).facts
    assert isinstance(fact, Position)
    assert (fact.target, fact.target_actor, fact.matter) == (None, "pt", None)


def test_a_figure_may_lack_its_number_and_its_unit(tmp_path: Path) -> None:
    row = {"id": "i1", "measure": "agua", "value": None, "unit": None, "comparator": "exact", "change": "increase", "evidence": ["agua"],
           "place": ["text:Lisboa"], "claimant": []}  # fmt: skip
    whole = {**row, "id": "i2", "value": 17.5, "unit": "people|soldado", "place": ["portugal"]}
    first, second = load(tmp_path, indicators=[row, whole]).facts
    assert isinstance(first, Indicator)
    assert isinstance(second, Indicator)
    assert (first.value, first.unit, first.place, first.place_name) == (None, None, None, "Lisboa")
    assert (second.value, second.unit, second.place, second.place_name) == (Decimal("17.5"), "people", "pt", None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"evidence": ["pidió vino"]}, "p1: 'pidió vino' is not in nota; expected exact words"),
        ({"evidence": [""]}, "p1: '' is not in nota; expected exact words"),
        ({"proposer": ["nadie"]}, "p1: 'nadie' is no id of the file"),
        ({"startDate": "2026-02-30"}, "p1: startDate '2026-02-30' is no date; expected YYYY-MM-DD"),
        ({"partOf": "p9"}, "p1: 'p9' is no id of the file"),
    ],
)
def test_a_broken_annotation_says_where(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path, proposals=[{**REQUEST, **change}])
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "nota.gold.json"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"actors": [', "line 1: "),
        (b"\xff{}", "byte 0: not UTF-8"),
        (b"[]", "no list of actors"),
        (None, "No such file or directory; expected"),
    ],
)
def test_a_file_that_is_no_annotation_is_refused(tmp_path: Path, data: bytes | None, message: str) -> None:
    path = tmp_path / "x.gold.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        load_gold(ARTICLE, path)
