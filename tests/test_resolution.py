"""Who is meant: sentences and the actors they name, with class, country, title and other names.

The cases stand in ``cases/actors_es.csv``, one actor a line; a line without a text goes on with the text above. ``aliases`` (and several
names under ``name``) are separated by bars: the actor must be called by all the aliases, and bear one of the names. A country ``-`` says
that the text tells none; ``absent`` that nobody of that name (and class, where one is given) may be found.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.blocks import blocks
from kg.extract.gazetteer import gazetteer
from kg.extract.lexicon import lexicon
from kg.extract.mentions import find_mentions
from kg.extract.resolution import Resolution, resolve
from kg.identity import fold
from kg.language import parse
from kg.model import Actor, Article

CASES = Path(__file__).parent / "cases" / "actors_es.csv"


@dataclass(frozen=True)
class Case:
    """One line: an actor, and the text that names it."""

    id: str
    countries: tuple[str, ...]
    text: str
    absent: bool
    names: frozenset[str]
    kind: str
    country: str
    title: str
    aliases: frozenset[str]


def _folded(names: str) -> frozenset[str]:
    return frozenset(fold(name) for name in names.split("|") if name)


@functools.cache
def cases() -> tuple[Case, ...]:
    found: list[Case] = []
    with CASES.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            above = found[-1] if not line["text"] else None
            found.append(
                Case(
                    id=above.id if above else line["id"],
                    countries=above.countries if above else tuple(line["countries"].split(";")),
                    text=above.text if above else line["text"],
                    absent=line["absent"] == "no",
                    names=_folded(line["name"]),
                    kind=line["kind"],
                    country=line["country"],
                    title=line["title"],
                    aliases=_folded(line["aliases"]),
                )
            )
    return tuple(found)


def article(text: str, countries: tuple[str, ...], name: str = "prueba") -> Article:
    return Article(id=name, text=text, date=dt.date(2026, 3, 10), countries=countries, blocks=blocks(text))


def resolved(articles: list[Article]) -> list[Resolution]:
    gaz, lex = gazetteer(), lexicon("es")
    return [resolve(document, find_mentions(document, gaz, lex), gaz, lex) for document in parse(articles)]


@functools.cache
def resolutions() -> dict[str, Resolution]:
    """The resolution of every text, all parsed at once."""
    texts = {case.id: article(case.text, case.countries) for case in cases()}
    return dict(zip(texts, resolved(list(texts.values())), strict=True))


def bearers(resolution: Resolution, case: Case) -> list[Actor]:
    """The actors some mention stands for that bear one of the case's names and are of its class."""
    named = {actor for ids in resolution.ids for actor in ids}
    return [
        actor
        for actor in resolution.actors.values()
        if actor.id in named and names_of(actor) & case.names and case.kind in ("", actor.kind)
    ]


def names_of(actor: Actor) -> set[str]:
    return {fold(name) for name in (actor.label, *actor.alt_labels)}


def called(resolution: Resolution, actor: Actor) -> set[str]:
    """What the text calls an actor, taken up by noun alone too."""
    return {fold(m.name) for m, ids in zip(resolution.mentions, resolution.ids, strict=True) if actor.id in ids}


def _name(case: Case) -> str:
    return f"{case.id}:{'no-' if case.absent else ''}{min(case.names).replace(' ', '-')}"


@pytest.mark.parametrize("case", cases(), ids=_name)
def test_an_actor_is_found_with_what_the_text_tells_of_it(case: Case) -> None:
    found = bearers(resolutions()[case.id], case)
    if case.absent:
        assert not found
        return
    assert len(found) == 1, f"{case.names} in {[a.label for a in resolutions()[case.id].actors.values()]}"
    actor = found[0]
    if case.country:
        assert actor.country == (None if case.country == "-" else case.country)
    if case.title:
        assert actor.title == case.title
    assert case.aliases <= names_of(actor) | called(resolutions()[case.id], actor)


def test_every_mention_lies_where_its_tokens_are() -> None:
    for resolution in resolutions().values():
        for index, mention in enumerate(resolution.mentions):
            assert all(resolution.at[(mention.sentence, token)] == index for token in range(mention.first, mention.last))
            assert resolution.of(mention.sentence, mention.first) == resolution.ids[index]


def test_who_a_mention_stands_for_is_among_the_actors() -> None:
    for resolution in resolutions().values():
        assert {actor for ids in resolution.ids for actor in ids} <= set(resolution.actors)


def test_an_office_may_be_told_before_the_name() -> None:
    text = "La mandataria boliviana pidió calma. La presidenta de Bolivia, Fabiola Ortuño, habló después con la prensa."
    found = resolved([article(text, ("BO", "CL"))])[0]
    assert found.ids[0] == found.ids[1]
    assert found.actors[found.ids[0][0]].label == "Fabiola Ortuño"


def test_countries_the_ontology_does_not_know_are_left_out() -> None:
    found = resolved([article("Ambos países firmaron. El Ejecutivo lo celebró.", ("XX", "YY"))])[0]
    assert found.pair == ()
    assert all(ids == () for ids in found.ids)


def test_the_same_text_gives_the_same_actors_in_the_same_order() -> None:
    case = cases()[0]
    first, second = resolved([article(case.text, case.countries), article(case.text, case.countries)])
    assert list(first.actors.items()) == list(second.actors.items())
    assert first.ids == second.ids


def test_the_government_that_is_meant_and_not_named_is_the_ontologys() -> None:
    (found,) = resolved([article("Perú negó la cifra.", ("PE", "CL"))])
    assert found.actors["cr-government"].kind == "Government"
    assert "cr-government" not in found.actors
